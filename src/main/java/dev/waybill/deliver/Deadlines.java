package dev.waybill.deliver;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Cuts attempts off at their deadline, for all senders of the process. No client bounds an answer that comes one byte
/// at a time, so this does.
///
/// Nearly every attempt ends long before its deadline, so adding and removing must be cheap and firing need not be
/// exact: what runs is a set, and one daemon thread looks through it every [#GRANULARITY] while there is anything in
/// it. An attempt is cut up to that much late. Safe for threads.
final class Deadlines {
    private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);

    static final Duration GRANULARITY = Duration.ofMillis(20);

    /// The one of the process; its thread starts with the first attempt.
    static final Deadlines SHARED = new Deadlines();

    private final Set<Timed> running = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean idle = new AtomicBoolean();
    private final Thread watch =
            Thread.ofPlatform().daemon().name("waybill-deadlines").start(this::watch);

    /// Something that ends at a time.
    interface Timed {
        /// On the clock of [System#nanoTime()].
        long deadline();

        /// Ends it. May come after it has ended, and more than once; must not block.
        void cut();
    }

    void add(Timed attempt) {
        running.add(attempt);
        if (idle.get() && idle.compareAndSet(true, false)) {
            LockSupport.unpark(watch);
        }
    }

    void remove(Timed attempt) {
        running.remove(attempt);
    }

    private void watch() {
        while (true) {
            if (running.isEmpty()) {
                rest();
            } else {
                LockSupport.parkNanos(GRANULARITY.toNanos());
            }
            long now = System.nanoTime();
            for (Timed attempt : running) {
                if (now - attempt.deadline() >= 0) {
                    cut(attempt);
                }
            }
        }
    }

    private static void cut(Timed attempt) {
        try {
            attempt.cut();
        } catch (RuntimeException e) {
            // Without this thread no attempt of any lane would end.
            LOG.warn("An attempt could not be cut off at its deadline.", e);
        }
    }

    private void rest() {
        idle.set(true);
        while (idle.get() && running.isEmpty()) {
            LockSupport.park();
        }
        idle.set(false);
    }
}
