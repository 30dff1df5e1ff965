package dev.waybill.sandbox;

import java.io.InterruptedIOException;
import java.io.Serial;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/// The fault in force, and what it does to each request. Safe for threads.
final class FaultPoint {
    /// The longest a hanging connection is held.
    static final Duration LONGEST_HANG = Duration.ofMinutes(5);

    private final DoubleSupplier chance;
    private volatile InForce inForce = new InForce(Fault.NONE);

    /// @param chance gives numbers from 0 to below 1, from any thread
    FaultPoint(DoubleSupplier chance) {
        this.chance = chance;
    }

    /// Puts another fault in force; requests that hang under the old one are cut.
    void set(Fault fault) {
        InForce old = inForce;
        inForce = new InForce(fault);
        old.over.countDown();
    }

    /// Waits out the delay or the hang, and says what the fault makes of this request; null for nothing.
    ///
    /// @throws CutException when the connection is to be closed without an answer
    /// @throws InterruptedIOException when the server stops meanwhile
    @Nullable
    Fault befall(Fault.Target endpoint) throws CutException, InterruptedIOException {
        InForce now = inForce;
        Fault fault = now.fault;
        if (!fault.target().covers(endpoint) || chance.getAsDouble() >= fault.share()) {
            return null;
        }
        waitAtMost(Duration.ofMillis(fault.delayMs()), now.over);
        if (fault.hang()) {
            waitAtMost(LONGEST_HANG, now.over);
            throw new CutException();
        }
        if (fault.reset()) {
            throw new CutException();
        }
        return fault.status() == null ? null : fault;
    }

    private static void waitAtMost(Duration time, CountDownLatch over) throws InterruptedIOException {
        try {
            boolean _ = over.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while a fault held the request");
        }
    }

    /// The connection is to be closed without an answer.
    static final class CutException extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;
    }

    private static final class InForce {
        private final Fault fault;
        private final CountDownLatch over = new CountDownLatch(1);

        private InForce(Fault fault) {
            this.fault = fault;
        }
    }
}
