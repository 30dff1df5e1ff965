package dev.waybill.bench;

import dev.waybill.bench.Figure.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Collecting: single events, batches and identity reports, answered once they are durable, beside a bare echo of the
/// event's body.
final class CollectBench {
    private static final int ROUNDS = 5;
    private static final int CONNECTIONS = 64;
    private static final Duration WARM_UP = Duration.ofSeconds(7);
    private static final Duration ROUND = Duration.ofSeconds(3);

    private final Progress progress;
    private final RequestTemplate single = RequestTemplate.single("/v1/track", Server.WRITE_KEY, OrderCompleted.JSON);
    private final RequestTemplate batch = RequestTemplate.batch(Server.WRITE_KEY, OrderCompleted.JSON, 50);
    private long nextNumber = 1;

    CollectBench(Progress progress) {
        this.progress = progress;
    }

    List<Figure> run(Path directory) throws IOException, InterruptedException {
        progress.measuring("collecting");
        Path portFile = directory.resolve("echo.port");
        try (Child echo = Child.start(
                        directory.resolve("echo.log"), EchoServer.class.getName(), List.of(portFile.toString()));
                Server server = Server.start(directory.resolve("collect"), Map.of())) {
            echo.await(() -> Files.exists(portFile), Duration.ofSeconds(30));
            int echoPort = Integer.parseInt(Files.readString(portFile));
            List<Figure> figures = new ArrayList<>(measure(echo, echoPort, server));
            figures.addAll(new IdentityBench(progress).run(server));
            return figures;
        }
    }

    private List<Figure> measure(Child echo, int echoPort, Server server) throws IOException {
        round(echo, echoPort, single, WARM_UP);
        round(server.child(), server.port(), single, WARM_UP);
        double[] rate = new double[ROUNDS];
        double[] p50 = new double[ROUNDS];
        double[] p99 = new double[ROUNDS];
        double[] cpu = new double[ROUNDS];
        double[] echoRate = new double[ROUNDS];
        double[] echoCpu = new double[ROUNDS];
        double[] ratio = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            Measured bare = round(echo, echoPort, single, ROUND);
            Measured durable = round(server.child(), server.port(), single, ROUND);
            rate[i] = durable.load().eventsPerSecond();
            p50[i] = durable.load().latency().millis(0.5);
            p99[i] = durable.load().latency().millis(0.99);
            cpu[i] = durable.cpuMicrosPerRequest();
            echoRate[i] = bare.load().requestsPerSecond();
            echoCpu[i] = bare.cpuMicrosPerRequest();
            ratio[i] = cpu[i] / echoCpu[i];
        }
        return List.of(
                Figure.of("collect, single events, fsync, 64 connections", "events/s", Target.atLeast(13_000), rate),
                Figure.of("  answer, p50", "ms", null, p50),
                Figure.of("  answer, p99", "ms", Target.atMost(20), p99),
                Figure.of("  CPU", "µs/request", null, cpu),
                Figure.of("  a bare echo of the same body", "requests/s", null, echoRate),
                Figure.of("  CPU of the echo", "µs/request", null, echoCpu),
                Figure.of("  CPU as a multiple of the echo's", "×", Target.atMost(1.8), ratio),
                batches(server));
    }

    private Figure batches(Server server) throws IOException {
        round(server.child(), server.port(), batch, Duration.ofSeconds(3));
        double[] rate = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            rate[i] = round(server.child(), server.port(), batch, Duration.ofSeconds(2))
                    .load()
                    .eventsPerSecond();
        }
        return Figure.of("collect, batches of 50, fsync", "events/s", Target.atLeast(60_000), rate);
    }

    private Measured round(Child process, int port, RequestTemplate request, Duration time) throws IOException {
        int connections = request == batch ? 16 : CONNECTIONS;
        Measured measured =
                Measured.of(process, Load.fast(port, connections, request, time).from(nextNumber));
        nextNumber = measured.load().nextNumber();
        progress.checked("collecting", measured.load());
        return measured;
    }
}
