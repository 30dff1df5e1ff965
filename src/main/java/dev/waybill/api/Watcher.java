package dev.waybill.api;

import dev.waybill.journal.Entry;
import dev.waybill.journal.LaneKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// One who watches outcomes. Lanes put in, the connection's thread takes out; neither waits for the other. Only
/// positions are kept, at most [#CAPACITY] of them: what doesn't fit is counted, and lost to this watcher.
final class Watcher {
    static final int CAPACITY = 2_000;

    private final EventFilter filter;
    private final ConcurrentLinkedQueue<Ended> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();
    private final CountDownLatch end = new CountDownLatch(1);

    /// An event that has ended in a lane.
    ///
    /// @param beats how often it was looked at before its outcome was durable
    record Ended(LaneKey lane, long sequence, int beats) {
        Ended later() {
            return new Ended(lane, sequence, beats + 1);
        }
    }

    Watcher(EventFilter filter) {
        this.filter = filter;
    }

    EventFilter filter() {
        return filter;
    }

    /// Called by lanes.
    void offer(LaneKey lane, Entry.Decided entry) {
        if (entry.count() > 1 || !filter.mayMatch(lane, entry)) {
            return;
        }
        if (size.incrementAndGet() > CAPACITY) {
            size.decrementAndGet();
            dropped.incrementAndGet();
        } else {
            queue.add(new Ended(lane, entry.first(), 0));
        }
    }

    /// Waits a while, and returns whether to go on.
    boolean goesOn(long millis) {
        try {
            return !end.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Everything that is there now, oldest first.
    List<Ended> take() {
        List<Ended> taken = new ArrayList<>();
        while (taken.size() < CAPACITY) {
            Ended next = queue.poll();
            if (next == null) {
                break;
            }
            taken.add(next);
        }
        size.addAndGet(-taken.size());
        return taken;
    }

    /// How many were lost since the last call.
    long dropped() {
        return dropped.getAndSet(0);
    }

    void end() {
        end.countDown();
    }
}
