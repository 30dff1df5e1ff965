package dev.waybill.log;

import java.util.List;
import java.util.Optional;

/// The events of one pipeline, in the order in which they were acknowledged. [FileLog] keeps them on one machine.
///
/// Threads: every method may be called by any thread; a [LogReader] belongs to one.
public interface EventLog extends AutoCloseable {
    long LATE_MILLIS = 10_000;

    /// Appends the records in order, and returns when they are durable. All of them or none.
    ///
    /// @return the sequence of the first one; the others follow without a gap
    /// @throws LogUnavailableException when they can't be made durable now: nothing may be acknowledged. Some of
    ///     them may be on disk all the same, as after a crash.
    long append(List<LogRecord> records) throws LogUnavailableException;

    /// The oldest sequence still kept; equal to [#end()] when the log is empty.
    long first();

    /// The sequence that the next durable record will have. Readers see everything before it.
    long end();

    /// A reader that starts at the given sequence, or at [#first()] when that is later.
    LogReader reader(long from);

    /// One item by its sequence; empty when it is no longer kept or not yet durable.
    Optional<LogItem> read(long sequence);

    /// The first sequence whose record was received at or after the time; [#end()] when there is none.
    ///
    /// @param time milliseconds of the epoch
    long sequenceAt(long time);

    /// A sequence that everything received before the time is below, and not much else. An event is dated before it
    /// waits
    /// for its turn to be written, so that one of a moment earlier may stand behind: within ten seconds, unless the
    /// clock was set back.
    ///
    /// @param time milliseconds of the epoch
    default long endBefore(long time) {
        return time > Long.MAX_VALUE - LATE_MILLIS ? end() : sequenceAt(time + LATE_MILLIS);
    }

    /// Waits until [#end()] is beyond the sequence, at most that long. Returns whether it is.
    boolean awaitBeyond(long sequence, long timeoutMillis) throws InterruptedException;

    /// The size on disk, in bytes.
    long bytes();

    @Override
    void close();
}
