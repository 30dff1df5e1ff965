package dev.waybill.api;

import dev.waybill.access.AuditJournal;
import dev.waybill.decide.EventReader;
import dev.waybill.event.Event;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.lane.LaneView;
import dev.waybill.log.LogRecord;
import dev.waybill.metrics.Metrics;
import dev.waybill.workspace.Workspace;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Whether a pipeline's first event arrived, and where it got stuck if it didn't. A session sees it masked; the event's
/// trace is where it may reveal.
record FirstEventRoutes(
        LaneNames names, Supplier<Workspace> workspace, Metrics metrics, AuditJournal audit, InstantSource clock) {
    List<Route> routes() {
        return List.of(Route.get("lanes/{pipeline}/{integration}/first-event", this::check));
    }

    private Answer check(Call call) {
        LaneView lane = names.ofPath(call);
        Arguments query = call.query();
        Long since = query.time("since");
        if (query.value("since") == null) {
            query.problem("since is required: the time from which on an event is waited for");
        }
        query.end();
        Sight sight = Sight.of(call, false, audit, "first-event");
        long from = since == null ? 0 : since;
        FirstEvent search = new FirstEvent(lane, record -> waits(lane, record));
        FirstEvent.Found found = search.since(from);
        JsonObject.Builder seen = JsonObject.builder();
        search.seen().forEach((stage, count) -> seen.put(stage.text(), count));
        JsonObject.Builder answer = JsonObject.builder();
        if (found == null) {
            answer.put("stage", FirstEvent.Stage.NONE.text())
                    .put("messageId", Json.Null.INSTANCE)
                    .put("event", Json.Null.INSTANCE)
                    .put("reason", Json.Null.INSTANCE)
                    .put("detail", Json.Null.INSTANCE)
                    .put("advice", FirstEventAdvice.none(lane.key().pipeline(), metrics.refusals(), from));
        } else {
            Event event = found.event();
            answer.put("stage", found.stage().text())
                    .put("messageId", event.messageId())
                    .put("event", TraceJson.cut(event.countedName()))
                    .put(
                            "reason",
                            found.reason() == null ? null : found.reason().code())
                    .put("detail", found.detail())
                    .put("advice", FirstEventAdvice.of(found, lane.status()));
        }
        answer.put("seen", seen.build());
        return Answer.ok(
                sight.shown(answer.build(), () -> found == null ? JsonObject.EMPTY : RecordJson.about(found.record())));
    }

    /// Whether an event without an outcome is held: it lacks the identifier and its wait isn't over.
    private boolean waits(LaneView lane, LogRecord record) {
        Optional<Pinned> pinned = Pinned.of(workspace.get(), lane.key());
        if (pinned.isEmpty()
                || clock.millis()
                        >= record.receivedAt()
                                + pinned.get().pipeline().identityWait().toMillis()) {
            return false;
        }
        try {
            EventReader reader = new EventReader(pinned.get().decider());
            Event event = reader.read(record);
            return event.anonymousId() != null
                    && pinned.get().integration().browserSync() != null
                    && pinned.get().integration().identity(event) == null;
        } catch (RuntimeException unreadable) {
            return false;
        }
    }
}
