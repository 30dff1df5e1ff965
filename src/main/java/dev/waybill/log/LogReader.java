package dev.waybill.log;

import org.jspecify.annotations.Nullable;

/// Reads a log in order. Belongs to one thread.
public interface LogReader extends AutoCloseable {
    /// The next item, or null when the durable end is reached; a later call may find more. Sequences that retention
    /// dropped before they were read are skipped: compare [LogItem#sequence()] with what was expected.
    @Nullable
    LogItem next();

    /// The sequence that [#next()] will look at.
    long position();

    @Override
    void close();
}
