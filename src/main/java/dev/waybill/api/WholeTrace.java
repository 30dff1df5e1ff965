package dev.waybill.api;

import dev.waybill.event.Event;
import dev.waybill.journal.Entry;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.Projection;
import dev.waybill.lane.LaneView;
import dev.waybill.log.LogRecord;
import dev.waybill.outcome.Reason;
import java.util.ArrayList;
import java.util.List;

/// Everything that is known about one event: as received, and by lane each attempt, the outcome and what today's
/// revision makes of it.
record WholeTrace(MessageSearch.Occurrence occurrence, MappedTrace mapping) {
    JsonObject json() {
        LogRecord record = occurrence.record();
        long sequence = occurrence.sequence();
        List<JsonObject> lanes = new ArrayList<>();
        for (LaneView view : occurrence.lanes()) {
            LaneHistory history = new LaneHistory(view, sequence, sequence + 1);
            if (history.concerns(sequence)) {
                JsonObject.Builder lane =
                        TraceJson.lane(history, sequence).toBuilder().put("history", history(history, sequence));
                mapping.into(lane, view, record);
                lanes.add(lane.build());
            }
        }
        Event event = ReceivedEvent.of(record, Projection.ALL);
        return TraceJson.row(occurrence.pipeline(), sequence, event, lanes).toBuilder()
                .put("received", RecordJson.received(record))
                .put("header", RecordJson.header(record))
                .build();
    }

    private static Json history(LaneHistory history, long sequence) {
        List<Json> steps = new ArrayList<>();
        for (Entry.Attempted attempted : history.attempts(sequence)) {
            steps.add(JsonObject.builder()
                    .put("attempt", attempted.attempt())
                    .put("at", Times.iso(attempted.at()))
                    .put("status", attempted.status())
                    .put("what", attempted.what())
                    .put("revision", attempted.revision())
                    .build());
        }
        Entry.Decided decided = history.decided(sequence);
        if (decided != null) {
            steps.add(JsonObject.builder()
                    .put("attempt", decided.attempts())
                    .put("at", Times.iso(decided.at()))
                    .put("status", decided.status())
                    .put("what", what(decided))
                    .put("revision", decided.revision())
                    .build());
        }
        return new Json.Arr(steps);
    }

    private static String what(Entry.Decided decided) {
        Reason reason = decided.reason();
        return decided.outcome().text() + (reason == null ? "" : ": " + reason.code());
    }
}
