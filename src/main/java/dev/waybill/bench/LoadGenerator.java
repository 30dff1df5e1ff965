package dev.waybill.bench;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Sends a [Load] from the calling thread alone: measured, one selector over all connections costs half of what a
/// thread for each does, about 7 µs of CPU a request, and so leaves the cores to what is measured.
///
/// On a schedule, a request's latency counts from when it was due, not from when a connection was free to send
/// it: a server that stalls can't hide it by slowing the generator down.
public final class LoadGenerator {
    private final Load load;
    private final ArrayDeque<LoadConnection> idle = new ArrayDeque<>();
    private final Histogram latency = new Histogram();
    private long nextNumber;
    private long started;
    private long sent;
    private long inFlight;
    private long accepted;
    private long refused;
    private long broken;
    private int open;
    private @Nullable String firstRefusal;

    private LoadGenerator(Load load) {
        this.load = load;
        this.nextNumber = load.firstNumber();
    }

    /// Sends it and waits for the last answer, for at most ten seconds after the load's time is up.
    ///
    /// @throws IOException when not even one connection can be made
    public static LoadResult send(Load load) throws IOException {
        return new LoadGenerator(load).run();
    }

    private LoadResult run() throws IOException {
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < load.connections(); i++) {
                idle.add(new LoadConnection(selector, load));
            }
            open = load.connections();
            started = System.nanoTime();
            long end = started + load.time().toNanos();
            long last = started;
            while (open > 0) {
                long now = System.nanoTime();
                if (now < end && !Thread.currentThread().isInterrupted()) {
                    start(now);
                }
                boolean over = now >= end
                        || sent >= load.requests()
                        || Thread.currentThread().isInterrupted();
                if (over && (inFlight == 0 || now > end + Duration.ofSeconds(10).toNanos())) {
                    break;
                }
                if (waiting()) {
                    selector.select(this::ready, 1);
                } else {
                    selector.select(this::ready, 100);
                }
                last = System.nanoTime();
            }
            broken += inFlight;
            selector.keys().forEach(LoadGenerator::close);
            long events = accepted * load.request().events();
            Duration took = Duration.ofNanos(Math.max(1, last - started));
            return new LoadResult(accepted, refused, broken, events, nextNumber, took, latency, firstRefusal);
        }
    }

    /// Whether a free connection waits for its schedule or the gate rather than for an answer.
    private boolean waiting() {
        return !idle.isEmpty() && sent < load.requests();
    }

    private void start(long now) {
        boolean scheduled = Double.isFinite(load.perSecond());
        while (!idle.isEmpty() && sent < load.requests() && load.gate().test(nextNumber)) {
            long due = scheduled ? started + (long) (sent * 1e9 / load.perSecond()) : now;
            if (due > now) {
                return;
            }
            LoadConnection connection = idle.remove();
            load.events().sending(nextNumber, load.request().events(), due);
            inFlight++;
            sent++;
            long number = nextNumber;
            nextNumber += load.request().events();
            try {
                connection.send(number, due);
            } catch (IOException e) {
                lose(connection);
            }
        }
    }

    private void ready(SelectionKey key) {
        LoadConnection connection = (LoadConnection) key.attachment();
        try {
            if (connection.answered()) {
                finish(connection);
            }
        } catch (IOException e) {
            if (connection.busy()) {
                lose(connection);
            } else {
                idle.remove(connection);
                open--;
                connection.close();
            }
        }
    }

    private void finish(LoadConnection connection) {
        inFlight--;
        if (connection.status() / 100 == 2) {
            accepted++;
            latency.record(System.nanoTime() - connection.due());
            load.events().accepted(connection.number(), load.request().events());
        } else {
            refused++;
            firstRefusal = firstRefusal == null ? connection.answer() : firstRefusal;
        }
        connection.free();
        idle.add(connection);
    }

    private void lose(LoadConnection connection) {
        inFlight--;
        broken++;
        open--;
        connection.close();
    }

    private static void close(SelectionKey key) {
        ((LoadConnection) key.attachment()).close();
    }
}
