package dev.waybill.bench;

import dev.waybill.bench.Figure.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Memory with five million events waiting, against the same server's with none: both while it collects and
/// delivers.
final class BacklogBench {
    static final long EVENTS = 5_000_000;
    private static final long DISK_BYTES = EVENTS * 2_000;
    private static final Duration BUSY = Duration.ofSeconds(10);

    private final Progress progress;

    BacklogBench(Progress progress) {
        this.progress = progress;
    }

    /// The figures; none, and a word about it, when the disk has no room for that many events.
    List<Figure> run(Path directory) throws IOException, InterruptedException {
        if (Files.getFileStore(directory).getUsableSpace() < DISK_BYTES) {
            progress.trouble("a backlog of five million events is not measured: it takes %d GB in %s"
                    .formatted(DISK_BYTES / 1_000_000_000, directory));
            return List.of();
        }
        progress.measuring("memory with a backlog of five million events");
        try (Route route = Route.start(directory.resolve("backlog"))) {
            route.fill(300_000, Duration.ofSeconds(30));
            route.sustained(BUSY);
            route.drained(0, Duration.ofMinutes(2));
            double without = route.server().child().residentMegabytes();
            route.server().lane(Route.INTEGRATION, "pause");
            LoadResult filled = progress.checked("filling the log", route.fill(EVENTS, Duration.ofMinutes(5)));
            route.server().lane(Route.INTEGRATION, "resume");
            route.atRate(1_000, BUSY);
            double with = route.server().child().residentMegabytes();
            long waiting = route.server().pending(Route.INTEGRATION);
            if (waiting < filled.events() / 2) {
                progress.trouble("the backlog was only %,d events when memory was read".formatted(waiting));
            }
            return List.of(
                    Figure.of("batches of 50 while a backlog grows", "events/s", null, filled.eventsPerSecond()),
                    Figure.of("memory (RSS) without a backlog", "MB", null, without),
                    Figure.of("memory (RSS) with %,d events waiting".formatted(waiting), "MB", null, with),
                    Figure.of("  of that without", "%", Target.atMost(110), with / without * 100));
        }
    }
}
