package dev.waybill.server;

import dev.waybill.collect.EventSink;
import dev.waybill.log.EventLog;
import dev.waybill.log.FileLog;
import dev.waybill.log.LogRecord;
import dev.waybill.log.LogUnavailableException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;

/// The log of each pipeline. Opening is for one thread, the rest safe for all.
final class PipelineLogs implements EventSink, AutoCloseable {
    private static final long SEGMENT_BYTES = 64L << 20;

    private final Store store;
    private final Map<String, FileLog> logs = new ConcurrentSkipListMap<>();

    PipelineLogs(Store store) {
        this.store = store;
    }

    /// Opens a pipeline's log, once.
    ///
    /// @param minNextSequence one more than the highest sequence that any journal of the pipeline knows
    FileLog open(String pipeline, long minNextSequence) throws IOException {
        FileLog known = logs.get(pipeline);
        if (known != null) {
            return known;
        }
        FileLog opened = FileLog.open(
                new FileLog.Options(
                        pipeline,
                        store.data().log(pipeline),
                        SEGMENT_BYTES,
                        store.force(),
                        minNextSequence,
                        store.metrics()::damaged),
                store.gate(),
                store.duplicates());
        logs.put(pipeline, opened);
        return opened;
    }

    @Override
    public long append(String pipeline, List<LogRecord> records) throws LogUnavailableException {
        EventLog log = logs.get(pipeline);
        if (log == null) {
            throw new LogUnavailableException(
                    "The pipeline was added a moment ago and its log is not open yet; try again.");
        }
        long start = System.nanoTime();
        long first = log.append(records);
        store.metrics().appended((System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1));
        return first;
    }

    Collection<FileLog> all() {
        return logs.values();
    }

    Map<String, FileLog> byPipeline() {
        return logs;
    }

    @Override
    public void close() {
        logs.values().forEach(FileLog::close);
    }
}
