package dev.waybill.lane;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts outcomes that were written down but are not durable yet, and wakes the lane when it waits for them. Counting
/// is safe for threads: the journal's writer counts down.
final class Durables {
    /// Outcomes of any kind that may wait for the disk at once: bounds the journal's queue, whatever comes in.
    private static final int MAX_RECORDED = 8_192;

    private final LinkedBlockingQueue<Runnable> signals;
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger recorded = new AtomicInteger();
    private volatile boolean laneWaits;

    Durables(LinkedBlockingQueue<Runnable> signals) {
        this.signals = signals;
    }

    /// An outcome is on its way to the disk. Run the result when it is durable.
    ///
    /// @param wasSent whether a crash before that would repeat a request
    Runnable recording(boolean wasSent) {
        recorded.incrementAndGet();
        if (wasSent) {
            sent.incrementAndGet();
        }
        return () -> {
            recorded.decrementAndGet();
            if (wasSent) {
                sent.decrementAndGet();
            }
            if (laneWaits) {
                laneWaits = false;
                signals.add(Durables::wake);
            }
        };
    }

    private static void wake() {}

    /// Whether another request would make more than `maxInFlight` that a crash could repeat. When it says so the lane
    /// will be woken.
    boolean full(int onWire, int maxInFlight) {
        if (onWire + sent.get() < maxInFlight) {
            return false;
        }
        laneWaits = true;
        return onWire + sent.get() >= maxInFlight;
    }

    /// Whether so much waits for the disk that nothing more may be decided. When it says so the lane will be woken.
    boolean full() {
        if (recorded.get() < MAX_RECORDED) {
            return false;
        }
        laneWaits = true;
        return recorded.get() >= MAX_RECORDED;
    }

    /// Whether every outcome is durable. When it says no the lane will be woken as they become so.
    boolean settled() {
        if (recorded.get() == 0) {
            return true;
        }
        laneWaits = true;
        return recorded.get() == 0;
    }
}
