package dev.waybill.bench;

import dev.waybill.bench.Figure.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The whole way, HTTP in, fsync, map, HTTP out with a request for each event; and the way out alone, from a full
/// log.
final class EndToEndBench {
    private static final int ROUNDS = 3;
    private static final long DRAINED_PER_ROUND = 30_000;

    private final Progress progress;
    private final Duration sustainedRound;

    /// @param sustainedRound how long each round of the sustained rate lasts
    EndToEndBench(Progress progress, Duration sustainedRound) {
        this.progress = progress;
        this.sustainedRound = sustainedRound;
    }

    List<Figure> run(Path directory) throws IOException, InterruptedException {
        try (Route route = Route.start(directory.resolve("end-to-end"))) {
            progress.measuring("end to end");
            route.sustained(Duration.ofSeconds(8));
            List<Figure> figures = new ArrayList<>(sustained(route));
            Figure rate = figures.getFirst();
            figures.addAll(latency(route, rate.median() / 2));
            progress.measuring("delivery");
            figures.addAll(delivery(route));
            double resident = route.server().child().residentMegabytes();
            figures.add(Figure.of("  memory of the server (RSS) after all this", "MB", Target.atMost(512), resident));
            return figures;
        }
    }

    private List<Figure> sustained(Route route) throws IOException {
        double[] rate = new double[ROUNDS];
        double[] cpu = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            Route.Trip trip = route.sustained(sustainedRound);
            progress.checked("end to end", trip.load());
            rate[i] = trip.perSecond();
            cpu[i] = trip.cpuMicrosPerEvent();
        }
        String name = "end to end, sustained over %d s".formatted(sustainedRound.toSeconds());
        return List.of(
                Figure.of(name, "events/s", Target.atLeast(6_000), rate), Figure.of("  CPU", "µs/event", null, cpu));
    }

    private List<Figure> latency(Route route, double perSecond) throws IOException, InterruptedException {
        double[] p50 = new double[ROUNDS];
        double[] p99 = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            route.drained(0, Duration.ofSeconds(10));
            Route.Trip trip = route.atRate(perSecond, Duration.ofSeconds(4));
            progress.checked("end to end at half the rate", trip.load());
            p50[i] = trip.latency().millis(0.5);
            p99[i] = trip.latency().millis(0.99);
        }
        return List.of(
                Figure.of("  sent → delivered at half that rate, p50", "ms", null, p50),
                Figure.of("  sent → delivered at half that rate, p99", "ms", Target.atMost(50), p99));
    }

    private List<Figure> delivery(Route route) throws IOException, InterruptedException {
        double[] rate = new double[ROUNDS];
        double[] cpu = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            route.drained(0, Duration.ofSeconds(10));
            route.server().lane(Route.INTEGRATION, "pause");
            progress.checked("filling the log", route.fill(DRAINED_PER_ROUND, Duration.ofSeconds(10)));
            Duration cpuBefore = ProcessUsage.cpu(route.server().child().handle());
            long sentBefore = route.sinkRequests();
            long started = System.nanoTime();
            route.server().lane(Route.INTEGRATION, "resume");
            route.drained(DRAINED_PER_ROUND / 20, Duration.ofSeconds(15));
            long sent = Math.max(1, route.sinkRequests() - sentBefore);
            rate[i] = sent * 1e9 / (System.nanoTime() - started);
            Duration used = ProcessUsage.cpu(route.server().child().handle()).minus(cpuBefore);
            cpu[i] = used.toNanos() / 1e3 / sent;
        }
        if (Arrays.stream(rate).anyMatch(each -> each < 10)) {
            progress.trouble("delivery: the lane did not go on when it was resumed");
        }
        return List.of(
                Figure.of("delivery from a full log, one request an event", "events/s", null, rate),
                Figure.of("  CPU", "µs/event", null, cpu));
    }
}
