package dev.waybill.api;

import dev.waybill.decide.EventReader;
import dev.waybill.event.Event;
import dev.waybill.journal.Entry;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.Projection;
import dev.waybill.kit.Integration;
import dev.waybill.kit.MappedJson;
import dev.waybill.lane.LaneView;
import dev.waybill.log.LogRecord;
import dev.waybill.outcome.Reason;
import dev.waybill.workspace.Pipeline;
import dev.waybill.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything that is known about one event: as received, and by lane each attempt, the outcome and what today's
/// revision makes of it.
record WholeTrace(MessageSearch.Occurrence occurrence, Workspace workspace) {
    JsonObject json() {
        LogRecord record = occurrence.record();
        long sequence = occurrence.sequence();
        List<JsonObject> lanes = new ArrayList<>();
        for (LaneView view : occurrence.lanes()) {
            LaneHistory history = new LaneHistory(view, sequence, sequence + 1);
            if (history.concerns(sequence)) {
                lanes.add(TraceJson.lane(history, sequence).toBuilder()
                        .put("history", history(history, sequence))
                        .put("mapped", mapped(view, record))
                        .build());
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

    /// The request by the revision that is pinned now, secrets as placeholders; null when none is pinned.
    private Json mapped(LaneView view, LogRecord record) {
        Integration integration = pinned(view);
        if (integration == null) {
            return Json.Null.INSTANCE;
        }
        try {
            return MappedJson.of(
                    integration.map(new EventReader(integration).read(record)),
                    integration.name(),
                    integration.revision());
        } catch (RuntimeException unmappable) {
            // As a lane decides: one event that a playbook chokes on is that event's trouble only.
            return JsonObject.builder()
                    .put("outcome", Reason.MAPPING_FAILED.outcome().text())
                    .put("integration", integration.name())
                    .put("revision", integration.revision())
                    .put("reason", Reason.MAPPING_FAILED.code())
                    .put(
                            "detail",
                            "the playbook failed with " + unmappable.getClass().getSimpleName())
                    .put("notices", new Json.Arr(List.of()))
                    .build();
        }
    }

    private @Nullable Integration pinned(LaneView view) {
        Pipeline pipeline = workspace.pipelines().get(view.key().pipeline());
        if (pipeline == null) {
            return null;
        }
        return pipeline.integrations().stream()
                .filter(pin -> pin.integration().equals(view.key().integration()))
                .findFirst()
                .map(pin -> workspace.integrations().get(new Workspace.RevisionKey(pin.integration(), pin.revision())))
                .orElse(null);
    }
}
