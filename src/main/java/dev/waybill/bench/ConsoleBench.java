package dev.waybill.bench;

import dev.waybill.bench.Figure.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How long the console's questions take with a million events in the log, while as many come in and go out as a busy
/// site makes.
final class ConsoleBench {
    static final long EVENTS = 1_000_000;
    private static final double PER_SECOND = 100_000 / 60.0;
    private static final int ROUNDS = 3;
    private static final int TIMES = 40;
    private static final Target WANTED = Target.atMost(200);
    private static final long DISK_BYTES = EVENTS * 2_000;
    private static final String OLD = "%016x".formatted(1_000);

    /// What a page asks.
    ///
    /// @param what a person does there
    private record Question(String what, String path) {}

    private static final List<Question> QUESTIONS = List.of(
            new Question("overview", "/api/overview?window=hour"),
            new Question("overview, the hour's chart", "/api/ledger/series?minutes=60&names=false"),
            new Question("overview, the month's chart", "/api/ledger/series?days=30&names=false"),
            new Question("overview, names without a mapping", "/api/events/names?pipeline=bench&integration=fast"),
            new Question("events, the newest 50", "/api/events?limit=50&within=150"),
            new Question("events, by a name that most have", "/api/events?event=Order%20Completed&limit=50&within=150"),
            new Question("events, by a name that none has", "/api/events?event=Nothing&limit=50&within=150"),
            new Question(
                    "events, by outcome and user", "/api/events?outcome=filtered&userId=nobody&limit=50&within=150"),
            new Question("events, by a property", "/api/events?q=order_id:4711&limit=50&within=150"),
            new Question("an event's trace, an old one's", "/api/events/bench-" + OLD + "?within=150"),
            new Question("an event's trace, of an unknown one", "/api/events/bench-none?within=150"),
            new Question("mappings, fields really seen", "/api/events/fields?pipeline=bench&event=Order%20Completed"),
            new Question("dead letters", "/api/dead-letters?limit=50"),
            new Question(
                    "confirm with Kargo, daily counts", "/api/ledger/series?pipeline=bench&integration=fast&days=14"),
            new Question("pipelines", "/api/pipelines"),
            new Question("integrations", "/api/integrations"),
            new Question("replays", "/api/replays"),
            new Question("audit", "/api/audit?limit=100"));

    private final Progress progress;

    ConsoleBench(Progress progress) {
        this.progress = progress;
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

    private static List<Figure> asked(Server server) throws IOException, InterruptedException {
        double[][] p95 = new double[QUESTIONS.size()][ROUNDS];
        ask(server);
        for (int round = 0; round < ROUNDS; round++) {
            List<Histogram> taken = ask(server);
            for (int i = 0; i < p95.length; i++) {
                p95[i][round] = taken.get(i).millis(0.95);
            }
        }
        List<Figure> figures = new ArrayList<>();
        for (int i = 0; i < p95.length; i++) {
            figures.add(Figure.of("console: " + QUESTIONS.get(i).what() + ", p95", "ms", WANTED, p95[i]));
        }
        return figures;
    }

    /// One question after another, so that none of them is asked twice in a row.
    private static List<Histogram> ask(Server server) throws IOException, InterruptedException {
        List<Histogram> taken = QUESTIONS.stream().map(_ -> new Histogram()).toList();
        for (int time = 0; time < TIMES; time++) {
            for (int i = 0; i < taken.size(); i++) {
                taken.get(i).record(server.asked(QUESTIONS.get(i).path()));
            }
        }
        return taken;
    }
}
