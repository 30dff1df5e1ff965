package dev.waybill.api;

import dev.waybill.event.Event;
import dev.waybill.journal.Entry;
import dev.waybill.json.JsonPath;
import dev.waybill.json.Projection;
import dev.waybill.lane.LaneView;
import dev.waybill.log.EventLog;
import dev.waybill.log.LogItem;
import dev.waybill.log.LogReader;
import dev.waybill.log.LogRecord;
import dev.waybill.outcome.Reason;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Looks how far the events that came since some time got in a lane: the one that got furthest, the newest of several
/// that got as far. Newest first, bounded, ends at the first that was delivered. Belongs to one thread.
final class FirstEvent {
    private static final Projection NAME = Projection.of(List.of(JsonPath.parse("event")));
    private static final int CHUNK = 500;
    private static final int MAX_SCANNED = 20_000;
    private static final long MAX_NANOS = Duration.ofMillis(500).toNanos();

    private final LaneView lane;
    private final Predicate<LogRecord> waitsForIdentity;
    private final Map<Stage, Long> seen = new EnumMap<>(Stage.class);
    private @Nullable Found best;

    /// How far an event got; the later the further.
    enum Stage {
        /// No event came.
        NONE,
        /// It came before the lane's start or after its removal, and is none of the lane's.
        RECEIVED,
        FILTERED,
        REJECTED,
        /// It waits for an identifier that the browser may still report.
        HELD,
        /// It has no outcome yet.
        PENDING,
        DELIVERED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// An event and how far it got.
    ///
    /// @param record as it was received
    /// @param reason why it was filtered or rejected, else null
    /// @param detail for people, or null
    record Found(
            Stage stage,
            LogRecord record,
            Event event,
            @Nullable Reason reason,
            @Nullable String detail) {}

    /// @param waitsForIdentity whether an event without an outcome is one that waits for an identifier
    FirstEvent(LaneView lane, Predicate<LogRecord> waitsForIdentity) {
        this.lane = lane;
        this.waitsForIdentity = waitsForIdentity;
    }

    /// Looks at what was received at or after that time, in milliseconds of the epoch. Null when nothing was.
    @Nullable
    Found since(long time) {
        EventLog log = lane.log();
        long low = Math.max(log.first(), log.sequenceAt(time));
        long end = log.end();
        long oldest = Math.max(low, end - MAX_SCANNED);
        long started = System.nanoTime();
        while (end > oldest && !isDelivered() && System.nanoTime() - started < MAX_NANOS) {
            long start = Math.max(oldest, end - CHUNK);
            look(log, start, end);
            end = start;
        }
        return best;
    }

    /// How many of those that were looked at got how far.
    Map<Stage, Long> seen() {
        return seen;
    }

    private boolean isDelivered() {
        return best != null && best.stage() == Stage.DELIVERED;
    }

    private void look(EventLog log, long start, long end) {
        LaneHistory history = new LaneHistory(lane, start, end);
        Found furthest = null;
        try (LogReader reader = log.reader(start)) {
            for (LogItem item = reader.next(); item != null && item.sequence() < end; item = reader.next()) {
                if (item instanceof LogItem.Entry(long sequence, LogRecord record)) {
                    Found found = found(history, sequence, record);
                    seen.merge(found.stage(), 1L, Long::sum);
                    // The later in the chunk, the newer.
                    furthest = furthest == null || found.stage().compareTo(furthest.stage()) >= 0 ? found : furthest;
                }
            }
        }
        Found known = best;
        if (furthest != null && (known == null || furthest.stage().compareTo(known.stage()) > 0)) {
            best = furthest;
        }
    }

    private Found found(LaneHistory history, long sequence, LogRecord record) {
        Event event = ReceivedEvent.of(record, NAME);
        if (!history.concerns(sequence)) {
            return new Found(Stage.RECEIVED, record, event, null, null);
        }
        Entry.Decided decided = history.decided(sequence);
        if (decided == null) {
            List<Entry.Attempted> attempts = history.attempts(sequence);
            boolean held = attempts.isEmpty() && waitsForIdentity.test(record);
            return new Found(
                    held ? Stage.HELD : Stage.PENDING,
                    record,
                    event,
                    null,
                    attempts.isEmpty() ? null : attempts.getLast().what());
        }
        Stage stage = switch (decided.outcome()) {
            case DELIVERED -> Stage.DELIVERED;
            case FILTERED -> Stage.FILTERED;
            case REJECTED -> Stage.REJECTED;
        };
        return new Found(stage, record, event, decided.reason(), decided.detail());
    }
}
