package dev.waybill.api;

import dev.waybill.decide.EventReader;
import dev.waybill.event.Event;
import dev.waybill.identity.Reports;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.kit.Mapped;
import dev.waybill.kit.MappedJson;
import dev.waybill.lane.Joined;
import dev.waybill.lane.LaneView;
import dev.waybill.lane.ReportLookup;
import dev.waybill.log.LogRecord;
import dev.waybill.outcome.Reason;
import dev.waybill.playbook.Explanation;
import dev.waybill.workspace.Workspace;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What the revision that is pinned now makes of an event, step by step, and what is decided about it before.
///
/// @param reports what browsers reported, by pipeline
record MappedTrace(Workspace workspace, Function<String, Reports> reports, InstantSource clock) {
    /// Adds `mapped`, `steps` and `decision`: null, none and null when the lane's integration was removed.
    void into(JsonObject.Builder lane, LaneView view, LogRecord record) {
        Optional<Pinned> pinned = Pinned.of(workspace, view.key());
        if (pinned.isPresent()) {
            into(lane, pinned.get(), record);
        } else {
            lane.put("mapped", Json.Null.INSTANCE)
                    .put("steps", new Json.Arr(List.of()))
                    .put("decision", Json.Null.INSTANCE);
        }
    }

    private void into(JsonObject.Builder lane, Pinned pinned, LogRecord record) {
        Explanation explanation = new Explanation();
        try {
            EventReader reader = new EventReader(pinned.decider());
            Identified identified =
                    Identified.of(pinned.integration(), reader, record, event -> reported(event, pinned));
            Mapped mapped = pinned.integration().explain(identified.event(), explanation);
            lane.put(
                            "mapped",
                            MappedJson.of(
                                    mapped,
                                    pinned.integration().name(),
                                    pinned.integration().revision()))
                    .put("steps", StepsJson.steps(explanation, mapped.notices()))
                    .put("decision", StepsJson.decision(identified, pinned.pipeline(), pinned.integration()));
        } catch (RuntimeException unmappable) {
            // As a lane decides: one event that a playbook chokes on is that event's trouble only.
            lane.put("mapped", failed(pinned, unmappable))
                    .put("steps", StepsJson.steps(explanation, List.of()))
                    .put("decision", Json.Null.INSTANCE);
        }
    }

    private Optional<Joined> reported(Event event, Pinned pinned) {
        long now = clock.millis();
        try {
            return new ReportLookup(reports.apply(pinned.pipeline().name()))
                    .of(event, pinned.integration().kit(), pinned.pipeline().identityWait(), now, now);
        } catch (UncheckedIOException unreadable) {
            // The trace shows what there is without it.
            return Optional.empty();
        }
    }

    private static JsonObject failed(Pinned pinned, RuntimeException unmappable) {
        return JsonObject.builder()
                .put("outcome", Reason.MAPPING_FAILED.outcome().text())
                .put("integration", pinned.integration().name())
                .put("revision", pinned.integration().revision())
                .put("reason", Reason.MAPPING_FAILED.code())
                .put(
                        "detail",
                        "the playbook failed with " + unmappable.getClass().getSimpleName())
                .put("notices", new Json.Arr(List.of()))
                .build();
    }
}
