package dev.waybill.bench;

import dev.waybill.bench.Figure.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// One lane's trouble and its neighbour: the rate of a healthy lane beside one whose destination takes requests
/// and never answers, as a share of its rate alone. Both get every event. Two servers take turns.
final class IsolationBench {
    private static final int ROUNDS = 5;
    private static final Duration WARM_UP = Duration.ofSeconds(6);
    private static final Duration ROUND = Duration.ofSeconds(3);

    private final Progress progress;

    IsolationBench(Progress progress) {
        this.progress = progress;
    }

    List<Figure> run(Path directory) throws IOException, InterruptedException {
        progress.measuring("isolation");
        try (Sink hanging = Sink.hanging();
                Route alone = Route.start(directory.resolve("alone"));
                Route beside = Route.startBeside(directory.resolve("beside"), "stuck", hanging.url())) {
            alone.sustained(WARM_UP);
            beside.sustained(WARM_UP);
            double[] solo = new double[ROUNDS];
            double[] share = new double[ROUNDS];
            for (int i = 0; i < ROUNDS; i++) {
                solo[i] = rate(alone);
                share[i] = rate(beside) / solo[i] * 100;
            }
            if (hanging.requests() == 0) {
                progress.trouble("isolation: nothing was sent to the destination that never answers");
            }
            return List.of(
                    Figure.of("a healthy lane alone", "events/s", null, solo),
                    Figure.of("  beside one that is never answered, of that", "%", Target.atLeast(95), share));
        }
    }

    private double rate(Route route) throws IOException {
        Route.Trip trip = route.sustained(ROUND);
        progress.checked("isolation", trip.load());
        return trip.perSecond();
    }
}
