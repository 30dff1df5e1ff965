package dev.waybill.api;

import dev.waybill.event.Event;
import dev.waybill.json.JsonObject;
import dev.waybill.json.Projection;
import dev.waybill.lane.LaneView;
import dev.waybill.log.LogItem;
import dev.waybill.log.LogReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Makes the rows of `GET /api/events` for events that have just ended, as the list does: from the log and from what is
/// durable in the journals. Belongs to one thread.
final class TailRows {
    /// Positions that are so near are read in one go.
    private static final int NEAR = 256;

    private static final int LONGEST = 4_096;
    /// How often an outcome that is not durable yet is looked at again; then the journal can't be written.
    private static final int MAX_BEATS = 25;

    private final LaneNames names;
    private final EventFilter filter;
    private final Projection wanted;
    private final Sight sight;
    private final List<Watcher.Ended> early = new ArrayList<>();

    /// @param sight how rows are shown
    TailRows(LaneNames names, EventFilter filter, Sight sight) {
        this.sight = sight;
        this.names = names;
        this.filter = filter;
        this.wanted = filter.wanted();
    }

    /// The rows of those that the filter lets through, each event once. What is not durable yet comes with a later
    /// call.
    List<JsonObject> of(List<Watcher.Ended> ended) {
        List<Watcher.Ended> all = new ArrayList<>(early);
        early.clear();
        all.addAll(ended);
        Map<String, List<LaneView>> lanes = all.isEmpty() ? Map.of() : names.byPipeline();
        Map<String, NavigableSet<Long>> durable = new TreeMap<>();
        for (Watcher.Ended one : all) {
            String pipeline = one.lane().pipeline();
            if (isDurable(one, lanes.getOrDefault(pipeline, List.of()))) {
                durable.computeIfAbsent(pipeline, _ -> new TreeSet<>()).add(one.sequence());
            } else if (one.beats() < MAX_BEATS) {
                early.add(one.later());
            }
        }
        List<JsonObject> rows = new ArrayList<>();
        durable.forEach((pipeline, sequences) -> {
            List<LaneView> ofIt = lanes.getOrDefault(pipeline, List.of());
            while (!sequences.isEmpty()) {
                read(pipeline, ofIt, near(sequences), rows);
            }
        });
        return rows;
    }

    private static boolean isDurable(Watcher.Ended one, List<LaneView> lanes) {
        return lanes.stream()
                .filter(view -> view.key().equals(one.lane()))
                .anyMatch(view -> view.journal().decided(one.sequence()));
    }

    /// Takes the first few that stand close together.
    private static NavigableSet<Long> near(NavigableSet<Long> sequences) {
        NavigableSet<Long> near = new TreeSet<>();
        long first = sequences.first();
        long last = first;
        while (!sequences.isEmpty() && sequences.first() - last <= NEAR && sequences.first() - first < LONGEST) {
            last = sequences.first();
            near.add(last);
            sequences.remove(last);
        }
        return near;
    }

    private void read(String pipeline, List<LaneView> lanes, NavigableSet<Long> sequences, List<JsonObject> rows) {
        long end = sequences.last() + 1;
        List<LaneHistory> histories = lanes.stream()
                .map(lane -> new LaneHistory(lane, sequences.first(), end))
                .toList();
        try (LogReader reader = lanes.getFirst().log().reader(sequences.first())) {
            for (LogItem item = reader.next(); item != null && item.sequence() < end; item = reader.next()) {
                if (item instanceof LogItem.Entry entry && sequences.contains(entry.sequence())) {
                    Event event = ReceivedEvent.of(entry.record(), wanted);
                    if (filter.matches(event) && filter.matches(histories, entry.sequence())) {
                        JsonObject row = TraceJson.of(pipeline, entry.sequence(), event, histories);
                        rows.add(sight.shown(row, () -> RecordJson.about(entry.record())));
                    }
                }
            }
        }
    }
}
