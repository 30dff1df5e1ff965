package dev.waybill.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Cuts reads that take too long. A socket's own time-out starts anew with each byte, so a sender that drips would hold
/// a connection for ever.
///
/// One daemon thread looks every 100 ms and interrupts the readers that are late; Java closes a socket whose reader is
/// interrupted. Safe for threads.
final class Deadlines {
    private static final Duration STEP = Duration.ofMillis(100);
    private static final Deadlines SHARED = new Deadlines();

    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();

    private Deadlines() {
        Thread.ofPlatform().daemon().name("waybill-deadlines").start(this::run);
    }

    /// Watches the calling thread until the watch is closed.
    static Watch watch(Duration limit) {
        Watch watch = new Watch(Thread.currentThread(), System.nanoTime() + limit.toNanos());
        SHARED.watches.add(watch);
        return watch;
    }

    private void run() {
        while (true) {
            try {
                Thread.sleep(STEP);
            } catch (InterruptedException _) {
                return;
            }
            long now = System.nanoTime();
            watches.forEach(watch -> watch.check(now));
        }
    }

    static final class Watch implements AutoCloseable {
        private final Thread reader;
        private final long deadline;
        private boolean closed;
        private boolean cut;

        private Watch(Thread reader, long deadline) {
            this.reader = reader;
            this.deadline = deadline;
        }

        private synchronized void check(long now) {
            if (!closed && !cut && now - deadline >= 0) {
                cut = true;
                reader.interrupt();
            }
        }

        synchronized boolean wasCut() {
            return cut;
        }

        @Override
        public void close() {
            SHARED.watches.remove(this);
            synchronized (this) {
                closed = true;
                if (cut) {
                    // The interrupt was ours: it must not reach whatever the thread does next.
                    Thread.interrupted();
                }
            }
        }
    }
}
