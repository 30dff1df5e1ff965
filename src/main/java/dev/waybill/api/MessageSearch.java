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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Finds the events of one messageId. The index of duplicates knows where a recent one stands first: from there on its
/// repeats are looked for. What that index has forgotten is looked for from there back, unless it knew one. Bounded in
/// time; belongs to one thread.
final class MessageSearch {
    static final Duration LONGEST = Duration.ofSeconds(3);
    private static final long MAX_SCANNED = 500_000;
    private static final int CHUNK = 4096;
    private static final int MAX_FOUND = 50;
    /// Clocks may have been set back by this much, and no event is overlooked for it.
    private static final long MARGIN_MILLIS = Duration.ofHours(1).toMillis();

    private final String messageId;
    private final DedupIndex duplicates;
    private final long maxNanos;
    private final long now;
    private final List<Occurrence> found = new ArrayList<>();
    private final long started = System.nanoTime();
    private long scanned;
    private long oldest = Long.MAX_VALUE;
    private boolean complete = true;

    /// One event of that messageId.
    ///
    /// @param lanes those of its pipeline
    record Occurrence(String pipeline, List<LaneView> lanes, long sequence, LogRecord record) {}

    /// @param within how long it may take, more or less
    /// @param now milliseconds of the epoch
    MessageSearch(String messageId, DedupIndex duplicates, Duration within, long now) {
        this.messageId = messageId;
        this.duplicates = duplicates;
        this.maxNanos = within.toNanos();
        this.now = now;
    }

    /// Looks into the logs of pipelines; called once.
    ///
    /// @param pipelines each with all of its lanes, at least one
    void in(Map<String, List<LaneView>> pipelines) {
        // All that are known before any is read on: a large log must not use up the time of another's hit.
        Map<String, Long> hits = new LinkedHashMap<>();
        pipelines.forEach((pipeline, lanes) -> first(pipeline, lanes).ifPresent(first -> {
            hits.put(pipeline, first);
            look(pipeline, lanes, first, first + 1);
        }));
        hits.forEach((pipeline, first) -> forwards(pipeline, pipelines.getOrDefault(pipeline, List.of()), first + 1));
        if (found.isEmpty()) {
            pipelines.forEach(this::backwards);
        }
    }

    private OptionalLong first(String pipeline, List<LaneView> lanes) {
        // As if asked about an event of long ago: whatever is remembered counts.
        OptionalLong first = duplicates.firstSequence(MessageHash.of(pipeline, messageId), 0);
        return first.isPresent() && first.getAsLong() >= lanes.getFirst().log().first() ? first : OptionalLong.empty();
    }

    private void forwards(String pipeline, List<LaneView> lanes, long first) {
        long end = lanes.getFirst().log().end();
        for (long start = first; start < end; start += CHUNK) {
            if (exhausted()) {
                return;
            }
            look(pipeline, lanes, start, Math.min(end, start + CHUNK));
        }
    }

    private void backwards(String pipeline, List<LaneView> lanes) {
        EventLog log = lanes.getFirst().log();
        long low = log.first();
        long forgotten = now - duplicates.effectiveWindowSeconds(now) * 1000;
        for (long end = log.sequenceAt(forgotten + MARGIN_MILLIS); end > low; end -= CHUNK) {
            if (exhausted()) {
                return;
            }
            look(pipeline, lanes, Math.max(low, end - CHUNK), end);
        }
    }

    private boolean exhausted() {
        boolean over = scanned >= MAX_SCANNED || found.size() >= MAX_FOUND || System.nanoTime() - started > maxNanos;
        complete &= !over;
        return over;
    }

    private void look(String pipeline, List<LaneView> lanes, long start, long end) {
        try (LogReader reader = lanes.getFirst().log().reader(start)) {
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
