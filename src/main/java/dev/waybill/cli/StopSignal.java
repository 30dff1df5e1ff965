package dev.waybill.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// SIGTERM or SIGINT, as a verb that runs until then sees it: asked to stop, it stops in order and the process ends
/// with
/// exit status 0. Left alone, the JVM would end with 143 or 130, which reads as a failure.
final class StopSignal implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);

    private StopSignal() {}

    /// Takes the signals from now on. [#close] says that the work has stopped.
    static StopSignal listen() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(signal::stop, "stop"));
        return signal;
    }

    private void stop() {
        if (done.getCount() == 0) {
            // The work ended by itself and the verb has its own exit status.
            return;
        }
        asked.countDown();
        try {
            if (done.await(GRACE.toNanos(), TimeUnit.NANOSECONDS)) {
                Runtime.getRuntime().halt(0);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    void await() throws InterruptedException {
        asked.await();
    }

    /// Waits at most that long. Returns whether it was asked to stop.
    boolean await(Duration longest) throws InterruptedException {
        return asked.await(longest.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        done.countDown();
    }
}
