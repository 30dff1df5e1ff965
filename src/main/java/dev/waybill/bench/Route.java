package dev.waybill.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The whole way of an event: into a server of its own, and out to a sink that tells when it arrives.
final class Route implements AutoCloseable {
    static final String INTEGRATION = "fast";
    private static final int CONNECTIONS = 64;
    /// So few events under way that none waits long, and enough to keep every part busy.
    private static final int WINDOW = 1000;

    private static final RequestTemplate ONE =
            RequestTemplate.single("/v1/track", Server.WRITE_KEY, OrderCompleted.JSON);
    private static final RequestTemplate FIFTY = RequestTemplate.batch(Server.WRITE_KEY, OrderCompleted.JSON, 50);

    private final Flights flights = new Flights();
    private final Sink sink;
    private final Server server;
    private long nextNumber = 1;

    private Route(Path directory, Map<String, String> others) throws IOException, InterruptedException {
        sink = Sink.answering(flights);
        Map<String, String> endpoints = new LinkedHashMap<>(others);
        endpoints.put(INTEGRATION, sink.url());
        server = Server.start(directory, endpoints);
    }

    static Route start(Path directory) throws IOException, InterruptedException {
        return new Route(directory, Map.of());
    }

    /// With one more integration that gets every event too.
    static Route startBeside(Path directory, String integration, String endpoint)
            throws IOException, InterruptedException {
        return new Route(directory, Map.of(integration, endpoint));
    }

    Server server() {
        return server;
    }

    /// What one load made arrive.
    ///
    /// @param perSecond arrivals a second while the load lasted
    /// @param latency from when an event was due to be sent until it arrived
    record Trip(LoadResult load, double perSecond, Histogram latency, double cpuMicrosPerEvent) {}

    /// As many events as the whole way takes: the next is sent only while few are under way.
    Trip sustained(Duration time) throws IOException {
        return trip(Load.fast(server.port(), CONNECTIONS, ONE, time).gated(_ -> flights.underWay() < WINDOW));
    }

    Trip atRate(double perSecond, Duration time) throws IOException {
        return trip(Load.fast(server.port(), CONNECTIONS, ONE, time).perSecond(perSecond));
    }

    private Trip trip(Load load) throws IOException {
        flights.takeLatency();
        long before = flights.arrivals();
        Measured measured = Measured.of(server.child(), load.from(nextNumber).observed(flights));
        nextNumber = measured.load().nextNumber();
        long arrived = flights.arrivals() - before;
        double cpu = measured.cpu().toNanos() / 1e3 / Math.max(1, arrived);
        return new Trip(measured.load(), arrived / measured.load().seconds(), flights.takeLatency(), cpu);
    }

    /// Puts events in as batches, as fast as they are taken.
    LoadResult fill(long events, Duration atMost) throws IOException {
        Load load = Load.fast(server.port(), 16, FIFTY, atMost)
                .atMost(events / FIFTY.events())
                .from(nextNumber)
                .observed(flights);
        LoadResult result = LoadGenerator.send(load);
        nextNumber = result.nextNumber();
        return result;
    }

    /// Waits until no more than some events are under way; false when that takes too long.
    boolean drained(long left, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (flights.underWay() > left) {
            if (System.nanoTime() > end) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
        return true;
    }

    /// Requests that reached the sink, repeats included.
    long sinkRequests() {
        return sink.requests();
    }

    @Override
    public void close() {
        server.close();
        sink.close();
    }
}
