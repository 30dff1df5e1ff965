package dev.waybill.server;

import dev.waybill.collect.EventSink;
import dev.waybill.dedup.DedupIndex;
import dev.waybill.identity.Report;
import dev.waybill.identity.ReportLog;
import dev.waybill.log.EventLog;
import dev.waybill.log.FileLog;
import dev.waybill.log.LogItem;
import dev.waybill.log.LogReader;
import dev.waybill.log.LogRecord;
import dev.waybill.log.LogUnavailableException;
import dev.waybill.log.Retention;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;

/// The log of each pipeline. Opening is for one thread, the rest safe for all.
final class PipelineLogs implements EventSink, AutoCloseable {
    private static final long SEGMENT_BYTES = 64L << 20;

    /// A report from longer before an event is never joined to it: the longest identityWait, and half as much for
    /// times that stand in the wrong order.
    private static final long JOINED_MILLIS = Duration.ofMinutes(15).toMillis();

    private final Store store;
    private final Map<String, FileLog> logs = new ConcurrentSkipListMap<>();
    private final Map<String, FileLog> reports = new ConcurrentSkipListMap<>();
    /// Reports are no events: each has an id of its own, and nobody asks for it again.
    private final DedupIndex noDuplicates = new DedupIndex(Duration.ZERO, 1);

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
        FileLog opened = open(pipeline, store.data().log(pipeline), minNextSequence, store.duplicates());
        reports.put(
                pipeline, open(pipeline + " (identity reports)", store.data().identity(pipeline), 0, noDuplicates));
        logs.put(pipeline, opened);
        return opened;
    }

    private FileLog open(String name, Path directory, long minNextSequence, DedupIndex ids) throws IOException {
        return FileLog.open(
                new FileLog.Options(
                        name, directory, SEGMENT_BYTES, store.force(), minNextSequence, store.metrics()::damaged),
                store.gate(),
                ids);
    }

    /// What browsers reported to that pipeline, which must be open.
    ReportLog reports(String pipeline) {
        return new ReportLog(reportLog(pipeline));
    }

    private FileLog reportLog(String pipeline) {
        FileLog log = reports.get(pipeline);
        if (log == null) {
            throw new IllegalStateException("The identity reports of pipeline " + pipeline + " are not open.");
        }
        return log;
    }

    /// Keeps a report, durably before it returns.
    void append(String pipeline, Report report) throws LogUnavailableException {
        if (!reports.containsKey(pipeline)) {
            throw notYet();
        }
        reports(pipeline).append(report);
    }

    /// When the oldest event of all pipelines was received, in milliseconds of the epoch; Long.MAX_VALUE when there is
    /// none.
    long oldestReceivedAt() {
        return logs.values().stream().mapToLong(FileLog::oldestReceivedAt).min().orElse(Long.MAX_VALUE);
    }

    /// A pipeline's reports, and which of them may still be joined to events that a lane has to decide, or to events
    /// that are yet to come.
    ///
    /// @param neededEvent the lowest sequence of an event that a lane needs; the log's end when there is none
    Retention.Kept keptReports(String pipeline, long neededEvent) {
        FileLog told = reportLog(pipeline);
        long earliest =
                Math.min(receivedAt(pipeline, neededEvent), store.clock().millis());
        return new Retention.Kept(told, told.sequenceAt(earliest - JOINED_MILLIS));
    }

    /// When that event was received, or the first readable one behind it, in milliseconds of the epoch; Long.MAX_VALUE
    /// when there is none.
    private long receivedAt(String pipeline, long sequence) {
        EventLog log = logs.get(pipeline);
        if (log == null || sequence >= log.end()) {
            return Long.MAX_VALUE;
        }
        try (LogReader reader = log.reader(sequence)) {
            for (LogItem item = reader.next(); item != null; item = reader.next()) {
                if (item instanceof LogItem.Entry entry) {
                    return entry.record().receivedAt();
                }
            }
        }
        return Long.MAX_VALUE;
    }

    private static LogUnavailableException notYet() {
        return new LogUnavailableException(
                "The pipeline was added a moment ago and its log is not open yet; try again.");
    }

    @Override
    public long append(String pipeline, List<LogRecord> records) throws LogUnavailableException {
        EventLog log = logs.get(pipeline);
        if (log == null) {
            throw notYet();
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
        reports.values().forEach(FileLog::close);
    }
}
