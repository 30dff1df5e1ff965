package dev.waybill.log;

import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the server takes events now. One for all logs and journals of a server: they stand on one disk.
///
/// Threads: any.
public final class IntakeGate {
    private static final Logger LOG = LoggerFactory.getLogger(IntakeGate.class);
    private static final long PROBE_MILLIS = 1000;
    private static final long MEGABYTE = 1_000_000;

    private final long minFreeBytes;
    private final LongSupplier freeBytes;
    private final InstantSource clock;
    private final AtomicLong nextProbe = new AtomicLong(Long.MIN_VALUE);
    private volatile @Nullable String failed;
    private volatile @Nullable String full;
    private volatile @Nullable String low;
    private volatile boolean shutDown;

    /// @param minFreeBytes intake closes while less is free
    /// @param freeBytes asked at most once a second; may throw UncheckedIOException
    public IntakeGate(long minFreeBytes, LongSupplier freeBytes, InstantSource clock) {
        this.minFreeBytes = minFreeBytes;
        this.freeBytes = freeBytes;
        this.clock = clock;
    }

    /// Why nothing may be accepted.
    public enum Cause {
        /// Something durable could not be made so: until a restart.
        FAILED,
        SHUTTING_DOWN,
        /// Too little of the disk is free, or nobody can say how much.
        DISK_LOW,
        LOG_FULL
    }

    /// That nothing may be accepted.
    ///
    /// @param why one line for the sender
    public record Closed(Cause cause, String why) {}

    /// Why nothing may be accepted now, in one line for the sender; empty while intake is open.
    public Optional<String> closed() {
        return closure().map(Closed::why);
    }

    /// As [#closed()], with the cause.
    public Optional<Closed> closure() {
        if (failed != null) {
            return closed(Cause.FAILED, failed);
        }
        if (shutDown) {
            return closed(Cause.SHUTTING_DOWN, "The server is shutting down; try again.");
        }
        probe();
        Optional<Closed> lowDisk = closed(Cause.DISK_LOW, low);
        return lowDisk.isPresent() ? lowDisk : closed(Cause.LOG_FULL, full);
    }

    private static Optional<Closed> closed(Cause cause, @Nullable String why) {
        return Optional.ofNullable(why).map(known -> new Closed(cause, known));
    }

    private void probe() {
        long now = clock.millis();
        long due = nextProbe.get();
        // A clock that was set back must not postpone the probe.
        boolean isDue = now >= due || due - now > PROBE_MILLIS;
        if (!isDue || !nextProbe.compareAndSet(due, now + PROBE_MILLIS)) {
            return;
        }
        String before = low;
        low = lowDisk();
        if (low != null && before == null) {
            LOG.error("Intake is closed: {}", low);
        } else if (low == null && before != null) {
            LOG.info("Intake is open again: enough disk space is free.");
        }
    }

    private @Nullable String lowDisk() {
        try {
            long free = freeBytes.getAsLong();
            return free >= minFreeBytes
                    ? null
                    : "Only %d MB of disk are free, log.minFreeBytes is %d MB; free some space, intake resumes by itself."
                            .formatted(free / MEGABYTE, minFreeBytes / MEGABYTE);
        } catch (UncheckedIOException e) {
            return "The free disk space can't be read (%s); intake resumes when it can.".formatted(e.getMessage());
        }
    }

    /// Closes intake until the server is restarted: something durable could not be made so. The first reason
    /// stays.
    public synchronized void fail(String reason) {
        if (failed == null) {
            failed = reason;
            LOG.error("Intake is closed until a restart: {}", reason);
        }
    }

    /// Closes intake while the logs are full, or opens it again.
    ///
    /// @param reason one line for people, or null when there is space
    void full(@Nullable String reason) {
        String before = full;
        full = reason;
        if (reason != null && before == null) {
            LOG.error("Intake is closed: {}", reason);
        } else if (reason == null && before != null) {
            LOG.info("Intake is open again: the log has space.");
        }
    }

    /// Closes intake for good: the server stops.
    public void shutDown() {
        shutDown = true;
    }
}
