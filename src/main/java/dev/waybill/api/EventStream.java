package dev.waybill.api;

import dev.waybill.event.Event;
import dev.waybill.json.JsonObject;
import dev.waybill.json.Projection;
import dev.waybill.lane.LaneView;
import dev.waybill.log.EventLog;
import dev.waybill.log.LogItem;
import dev.waybill.log.LogReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The events of one pipeline that a filter lets through, newest first. A log is read forwards only, so it goes back in
/// chunks, small ones first: usually the newest few are all that is wanted. Belongs to one thread.
final class EventStream {
    private static final int SMALLEST = 128;
    private static final int LARGEST = 4096;

    private final String pipeline;
    private final List<LaneView> lanes;
    private final EventLog log;
    private final EventFilter filter;
    private final Projection wanted;
    private final int limit;
    private final Sight sight;
    private final long low;
    private final Deque<Trace> ready = new ArrayDeque<>();
    private long position;
    private int chunk = SMALLEST;

    /// One event that the filter lets through.
    ///
    /// @param json what the list shows of it
    record Trace(long sequence, long receivedAt, JsonObject json) {}

    /// @param lanes all of one pipeline, at least one
    /// @param sight how rows are shown
    /// @param before the sequence behind the newest one to look at
    EventStream(String pipeline, List<LaneView> lanes, EventFilter filter, int limit, Sight sight, long before) {
        this.pipeline = pipeline;
        this.lanes = lanes;
        this.log = lanes.getFirst().log();
        this.filter = filter;
        this.wanted = filter.wanted();
        this.limit = limit;
        this.sight = sight;
        Long from = filter.from();
        Long to = filter.to();
        this.low = Math.max(log.first(), from == null ? 0 : log.sequenceAt(from));
        this.position = Math.min(before, to == null ? log.end() : log.endBefore(to));
    }

    String pipeline() {
        return pipeline;
    }

    boolean exhausted() {
        return ready.isEmpty() && position <= low;
    }

    boolean needsLoading() {
        return ready.isEmpty() && position > low;
    }

    /// Whether a chunk was looked at.
    boolean begun() {
        return chunk > SMALLEST;
    }

    Deque<Trace> ready() {
        return ready;
    }

    /// Where to go on later: behind the newest event that was not given yet.
    long next() {
        return ready.isEmpty() ? position : ready.getFirst().sequence() + 1;
    }

    /// How many events there still are to look at.
    long left() {
        return Math.max(0, position - low);
    }

    /// Looks at one more chunk. Returns how many events it looked at.
    long load() {
        long start = Math.max(low, position - chunk);
        long end = position;
        position = start;
        chunk = Math.min(LARGEST, chunk * 2);
        List<LaneHistory> histories =
                lanes.stream().map(lane -> new LaneHistory(lane, start, end)).toList();
        try (LogReader reader = log.reader(start)) {
            for (LogItem item = reader.next(); item != null && item.sequence() < end; item = reader.next()) {
                if (item instanceof LogItem.Entry entry) {
                    look(entry, histories);
                }
            }
        }
        return end - start;
    }

    private void look(LogItem.Entry entry, List<LaneHistory> histories) {
        Event event = ReceivedEvent.of(entry.record(), wanted);
        if (!filter.matches(event) || !filter.matches(histories, entry.sequence())) {
            return;
        }
        JsonObject row = TraceJson.of(pipeline, entry.sequence(), event, histories);
        ready.addFirst(new Trace(
                entry.sequence(), event.receivedAt(), sight.shown(row, () -> RecordJson.about(entry.record()))));
        if (ready.size() > limit) {
            position = ready.removeLast().sequence() + 1;
        }
    }
}
