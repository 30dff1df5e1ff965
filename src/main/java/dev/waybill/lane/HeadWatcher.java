package dev.waybill.lane;

import dev.waybill.log.EventLog;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// Tells a lane that stands at the log's end when there is more. One virtual thread; the lane asks, it answers once.
final class HeadWatcher implements AutoCloseable {
    private static final long CHECK_MILLIS = 10_000;

    private final BlockingQueue<Long> asked = new ArrayBlockingQueue<>(1);
    private final Thread thread;
    private boolean waiting;

    HeadWatcher(String lane, EventLog log, LinkedBlockingQueue<Runnable> signals) {
        this.thread = Thread.ofVirtual().name("watch " + lane).start(() -> watch(log, signals));
    }

    private void watch(EventLog log, LinkedBlockingQueue<Runnable> signals) {
        try {
            while (true) {
                long sequence = asked.take();
                while (!log.awaitBeyond(sequence, CHECK_MILLIS)) {
                    // nothing came yet; the wait is cut short so that a closed log ends it
                }
                signals.add(() -> waiting = false);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The lane has seen everything before the sequence and wants to be woken by what comes. For the lane's thread.
    void wakeWhenBeyond(long sequence) {
        if (!waiting) {
            waiting = true;
            asked.add(sequence);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
