package dev.waybill.api;

import dev.waybill.dedup.DedupIndex;
import dev.waybill.dedup.MessageHash;
import dev.waybill.lane.LaneView;
import dev.waybill.log.EventLog;
import dev.waybill.log.LogItem;
import dev.waybill.log.LogReader;
import dev.waybill.log.LogRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Finds every event of one messageId. The index of duplicates knows where a recent one stands first: from there on its
/// repeats are looked for. An older one is looked for from the log's end back. Bounded; belongs to one thread.
final class MessageSearch {
    private static final long MAX_SCANNED = 500_000;
    private static final long MAX_NANOS = Duration.ofSeconds(3).toNanos();
    private static final int CHUNK = 4096;
    private static final int MAX_FOUND = 50;

    private final String messageId;
    private final DedupIndex duplicates;
    private final List<Occurrence> found = new ArrayList<>();
    private final long started = System.nanoTime();
    private long scanned;
    private long oldest = Long.MAX_VALUE;
    private boolean complete = true;

    /// One event of that messageId.
    ///
    /// @param lanes those of its pipeline
    record Occurrence(String pipeline, List<LaneView> lanes, long sequence, LogRecord record) {}

    MessageSearch(String messageId, DedupIndex duplicates) {
        this.messageId = messageId;
        this.duplicates = duplicates;
    }

    /// @param lanes all of the pipeline, at least one
    void in(String pipeline, List<LaneView> lanes) {
        EventLog log = lanes.getFirst().log();
        // As if asked about an event of long ago: whatever is remembered counts.
        OptionalLong first = duplicates.firstSequence(MessageHash.of(pipeline, messageId), 0);
        if (first.isPresent() && first.getAsLong() >= log.first()) {
            forwards(pipeline, lanes, log, first.getAsLong());
        } else {
            backwards(pipeline, lanes, log);
        }
    }

    private void forwards(String pipeline, List<LaneView> lanes, EventLog log, long first) {
        long end = log.end();
        for (long start = first; start < end; start += CHUNK) {
            if (exhausted()) {
                return;
            }
            look(pipeline, lanes, log, start, Math.min(end, start + CHUNK));
        }
    }

    private void backwards(String pipeline, List<LaneView> lanes, EventLog log) {
        long low = log.first();
        for (long end = log.end(); end > low; end -= CHUNK) {
            if (exhausted()) {
                return;
            }
            look(pipeline, lanes, log, Math.max(low, end - CHUNK), end);
        }
    }

    private boolean exhausted() {
        boolean over = scanned >= MAX_SCANNED || found.size() >= MAX_FOUND || System.nanoTime() - started > MAX_NANOS;
        complete &= !over;
        return over;
    }

    private void look(String pipeline, List<LaneView> lanes, EventLog log, long start, long end) {
        try (LogReader reader = log.reader(start)) {
            for (LogItem item = reader.next(); item != null && item.sequence() < end; item = reader.next()) {
                scanned++;
                if (item instanceof LogItem.Entry(long sequence, LogRecord record)) {
                    oldest = Math.min(oldest, record.receivedAt());
                    if (record.header().messageId().equals(messageId) && found.size() < MAX_FOUND) {
                        found.add(new Occurrence(pipeline, lanes, sequence, record));
                    }
                }
            }
        }
    }

    /// In the order of receiving.
    List<Occurrence> found() {
        return found.stream()
                .sorted(Comparator.<Occurrence>comparingLong(
                                occurrence -> occurrence.record().receivedAt())
                        .thenComparing(Occurrence::pipeline)
                        .thenComparingLong(Occurrence::sequence))
                .toList();
    }

    /// Whether every event was looked at that could be one.
    boolean complete() {
        return complete;
    }

    long scanned() {
        return scanned;
    }

    /// When the oldest event was received that was looked at, milliseconds of the epoch.
    Optional<Long> oldest() {
        return scanned == 0 || oldest == Long.MAX_VALUE ? Optional.empty() : Optional.of(oldest);
    }
}
