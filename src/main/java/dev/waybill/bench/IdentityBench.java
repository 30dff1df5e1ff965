package dev.waybill.bench;

import dev.waybill.bench.Figure.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// What browsers report of identifiers: each report of another browser, answered once it is durable, with the cookies.
final class IdentityBench {
    private static final int ROUNDS = 5;
    private static final int CONNECTIONS = 64;
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration ROUND = Duration.ofSeconds(2);
    private static final String PATH = "/v1/identity/kargo";

    private static final RequestTemplate REPORT = RequestTemplate.fromPage(
            PATH + "?writeKey=" + Server.WRITE_KEY, Server.ORIGIN, """
                    {"anonymousId":"5f0c7e1a-%s","puid":"0d3c6a52-8f1b-4a7e-9c60-5b2e7f41d9aa",\
                    "consent":{"gdprApplies":false,"usp":"1YNN","gpc":false}}""".formatted(RequestTemplate.NUMBER));

    private final Progress progress;
    private long nextNumber = 1;

    IdentityBench(Progress progress) {
        this.progress = progress;
    }

    /// @param server with the kit `kargo`, and [Server#ORIGIN] among the pipeline's origins
    List<Figure> run(Server server) throws IOException {
        progress.measuring("identity reports");
        round(server, WARM_UP);
        double[] rate = new double[ROUNDS];
        double[] p99 = new double[ROUNDS];
        double[] cpu = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            Measured measured = round(server, ROUND);
            rate[i] = measured.load().requestsPerSecond();
            p99[i] = measured.load().latency().millis(0.99);
            cpu[i] = measured.cpuMicrosPerRequest();
        }
        return List.of(
                Figure.of("POST " + PATH + ", fsync, 64 connections", "requests/s", Target.atLeast(8_000), rate),
                Figure.of("  answer, p99", "ms", null, p99),
                Figure.of("  CPU", "µs/request", null, cpu));
    }

    private Measured round(Server server, Duration time) throws IOException {
        Measured measured = Measured.of(
                server.child(),
                Load.fast(server.port(), CONNECTIONS, REPORT, time).from(nextNumber));
        nextNumber = measured.load().nextNumber();
        progress.checked("identity reports", measured.load());
        return measured;
    }
}
