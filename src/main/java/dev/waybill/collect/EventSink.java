package dev.waybill.collect;

import dev.waybill.log.LogRecord;
import dev.waybill.log.LogUnavailableException;
import java.util.List;

/// Where accepted events go: the log of a pipeline. Called by many threads.
@FunctionalInterface
public interface EventSink {
    /// Appends the records and returns when they are durable, all or none.
    ///
    /// @param pipeline the pipeline's name
    /// @return the sequence of the first one
    /// @throws LogUnavailableException when they can't be made durable now: the sender is told to come again
    long append(String pipeline, List<LogRecord> records) throws LogUnavailableException;
}
