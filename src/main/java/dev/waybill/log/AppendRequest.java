package dev.waybill.log;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One append on its way through the writer. The appender parks until the writer says how it went.
final class AppendRequest {
    /// A disk that doesn't answer for so long is given up by the appender, not by the writer.
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    final List<LogRecord> records;
    final List<byte[]> heads;
    /// What the request takes of the queue's room.
    final int charge;
    private final Thread appender = Thread.currentThread();
    private long first;
    private @Nullable String refusal;
    private volatile boolean done;

    AppendRequest(List<LogRecord> records, List<byte[]> heads, int charge) {
        this.records = records;
        this.heads = heads;
        this.charge = charge;
    }

    void durableFrom(long sequence) {
        first = sequence;
        done = true;
        LockSupport.unpark(appender);
    }

    void refused(String reason) {
        refusal = reason;
        done = true;
        LockSupport.unpark(appender);
    }

    /// Waits, even through an interrupt: giving up early could not take the records back.
    ///
    /// @return the sequence of the first record
    long await() throws LogUnavailableException {
        long deadline = System.nanoTime() + PATIENCE;
        boolean interrupted = false;
        while (!done) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                break;
            }
            LockSupport.parkNanos(this, left);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!done) {
            throw new LogUnavailableException("The disk has not answered for 30 s; try again later.");
        }
        if (refusal != null) {
            throw new LogUnavailableException(refusal);
        }
        return first;
    }
}
