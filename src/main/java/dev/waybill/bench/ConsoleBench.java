package dev.waybill.bench;

import dev.waybill.bench.Figure.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How long the console's questions take with a million events in the log, while as many come in and go out as a busy
/// site makes.
final class ConsoleBench {
    static final long EVENTS = 1_000_000;
    private static final double PER_SECOND = 100_000 / 60.0;
    private static final int ROUNDS = 3;
    private static final int QUESTIONS = 40;
    private static final Target WANTED = Target.atMost(200);
    private static final long DISK_BYTES = EVENTS * 2_000;
    private static final String OLD = "%016x".formatted(1_000);

    /// What the pages ask, by what a person does there.
    private static final Map<String, String> PAGES = pages();

    private final Progress progress;

    ConsoleBench(Progress progress) {
        this.progress = progress;
    }

    private static Map<String, String> pages() {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("overview", "/api/overview?window=hour");
        pages.put("overview, the hour's chart", "/api/ledger/series?minutes=60&names=false");
        pages.put("overview, the month's chart", "/api/ledger/series?days=30&names=false");
        pages.put("overview, names without a mapping", "/api/events/names?pipeline=bench&integration=fast");
        pages.put("events, the newest 50", "/api/events?limit=50&within=150");
        pages.put("events, by a name that most have", "/api/events?event=Order%20Completed&limit=50&within=150");
        pages.put("events, by a name that none has", "/api/events?event=Nothing&limit=50&within=150");
        pages.put("events, by outcome and user", "/api/events?outcome=filtered&userId=nobody&limit=50&within=150");
        pages.put("events, by a property", "/api/events?q=order_id:4711&limit=50&within=150");
        pages.put("an event's trace, an old one's", "/api/events/bench-" + OLD + "?within=150");
        pages.put("an event's trace, of an unknown one", "/api/events/bench-none?within=150");
        pages.put("mappings, fields really seen", "/api/events/fields?pipeline=bench&event=Order%20Completed");
        pages.put("dead letters", "/api/dead-letters?limit=50");
        pages.put("confirm with Kargo, daily counts", "/api/ledger/series?pipeline=bench&integration=fast&days=14");
        pages.put("pipelines", "/api/pipelines");
        pages.put("integrations", "/api/integrations");
        pages.put("replays", "/api/replays");
        pages.put("audit", "/api/audit?limit=100");
        return pages;
    }

    /// The figures; none, and a word about it, when the disk has no room for that many events.
    List<Figure> run(Path directory) throws IOException, InterruptedException {
        if (Files.getFileStore(directory).getUsableSpace() < DISK_BYTES) {
            progress.trouble("the console is not measured: a million events take %d GB in %s"
                    .formatted(DISK_BYTES / 1_000_000_000, directory));
            return List.of();
        }
        progress.measuring("the console with a million events");
        try (Route route = Route.start(directory.resolve("console"))) {
            progress.checked("filling the log", route.fill(EVENTS, Duration.ofMinutes(3)));
            route.drained(0, Duration.ofMinutes(5));
            Thread flow = Thread.ofPlatform().name("bench-flow").start(() -> flow(route));
            try {
                return asked(route.server());
            } finally {
                flow.interrupt();
                flow.join();
            }
        }
    }

    /// Until interrupted.
    private void flow(Route route) {
        try {
            progress.checked(
                    "the flow beside the console",
                    route.atRate(PER_SECOND, Duration.ofMinutes(15)).load());
        } catch (IOException e) {
            progress.trouble("the flow beside the console ended: " + e.getMessage());
        }
    }

    private List<Figure> asked(Server server) throws IOException, InterruptedException {
        List<String> pages = List.copyOf(PAGES.keySet());
        double[][] p95 = new double[pages.size()][ROUNDS];
        ask(server, pages);
        for (int round = 0; round < ROUNDS; round++) {
            List<Histogram> taken = ask(server, pages);
            for (int i = 0; i < pages.size(); i++) {
                p95[i][round] = taken.get(i).millis(0.95);
            }
        }
        List<Figure> figures = new ArrayList<>();
        for (int i = 0; i < pages.size(); i++) {
            figures.add(Figure.of("console: " + pages.get(i) + ", p95", "ms", WANTED, p95[i]));
        }
        return figures;
    }

    /// One page after another, so that none of them is asked twice in a row.
    private static List<Histogram> ask(Server server, List<String> pages) throws IOException, InterruptedException {
        List<Histogram> taken = pages.stream().map(_ -> new Histogram()).toList();
        for (int question = 0; question < QUESTIONS; question++) {
            for (int i = 0; i < pages.size(); i++) {
                taken.get(i).record(server.asked(PAGES.getOrDefault(pages.get(i), "")));
            }
        }
        return taken;
    }
}
