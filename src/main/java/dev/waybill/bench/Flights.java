package dev.waybill.bench;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/// Follows numbered events from the moment they were due to be sent to their arrival at the sink, for the latest
/// million. Written by the generator's thread and the sink's.
final class Flights implements Load.Observer, Sink.Arrivals {
    private static final int KEPT = 1 << 20;

    private final AtomicLongArray due = new AtomicLongArray(KEPT);
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong arrived = new AtomicLong();
    private volatile Histogram latency = new Histogram();

    @Override
    public void sending(long firstNumber, int events, long whenDue) {
        for (int i = 0; i < events; i++) {
            due.setRelease((int) (firstNumber + i) & (KEPT - 1), whenDue);
        }
    }

    @Override
    public void accepted(long firstNumber, int events) {
        accepted.addAndGet(events);
    }

    /// Only an event's first arrival counts: what a destination gets twice was not delivered twice as fast.
    @Override
    public void arrived(long number) {
        long whenDue = due.getAndSet((int) number & (KEPT - 1), 0);
        if (whenDue != 0) {
            latency.record(System.nanoTime() - whenDue);
            arrived.incrementAndGet();
        }
    }

    /// Events that arrived, since this was made.
    long arrivals() {
        return arrived.get();
    }

    /// Events that were acknowledged and have not arrived.
    long underWay() {
        return accepted.get() - arrived.get();
    }

    /// Starts a new histogram and returns the one so far. Few arrivals at that moment may be counted in either.
    Histogram takeLatency() {
        Histogram taken = latency;
        latency = new Histogram();
        return taken;
    }
}
