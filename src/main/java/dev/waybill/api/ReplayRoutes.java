package dev.waybill.api;

import dev.waybill.access.Permission;
import dev.waybill.http.Refusal;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.lane.LaneBoard;
import dev.waybill.lane.LaneView;
import dev.waybill.lane.ReplayQuery;
import dev.waybill.log.EventLog;
import dev.waybill.outcome.Outcome;
import dev.waybill.outcome.Reason;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Replays of a range of a lane's events, and how far every replay is.
record ReplayRoutes(LaneBoard lanes, LaneNames names, Replaying replaying) {
    List<Route> routes() {
        return List.of(
                Route.post("lanes/{pipeline}/{integration}/replay", Permission.DEPLOY, this::replay),
                Route.get("replays", this::list),
                Route.get("replays/{id}", this::one));
    }

    private Answer replay(Call call) throws IOException {
        LaneView lane = names.ofPath(call);
        Arguments body = call.body();
        ReplayQuery query = query(body);
        boolean dryRun = body.flag("dryRun");
        body.end();
        Replaying.Wanted wanted = new Replaying.Wanted(lane, what(query), selected -> {
            EventLog log = lane.log();
            query.select(lane.journal(), log.sequenceAt(query.from()), log.endBefore(query.to()), selected);
        });
        List<Replaying.Wanted> only = List.of(wanted);
        return dryRun
                ? replaying.dryRun(only, query.includeDelivered())
                : replaying.begin(call.caller(), only, query.includeDelivered());
    }

    private static ReplayQuery query(Arguments body) {
        Long from = body.time("from");
        Long to = body.time("to");
        String event = body.text("event");
        Outcome outcome = outcome(body.word(
                "outcome", Arrays.stream(Outcome.values()).map(Outcome::text).toList()));
        Reason reason = Words.reason(body);
        boolean includeDelivered = body.flag("includeDelivered");
        if (body.value("from") == null || body.value("to") == null) {
            body.problem("from and to are required: events received at or after from and before to are sent again");
        } else if (from != null && to != null && from >= to) {
            body.problem("from is not before to; give a range of at least a millisecond");
        }
        if (outcome == Outcome.DELIVERED && !includeDelivered) {
            body.problem("outcome is 'delivered' and includeDelivered is not true; delivered events are sent again only"
                    + " when both are given");
        }
        if (outcome != null && reason != null && reason.outcome() != outcome) {
            body.problem("no %s event has the reason %s: that one means %s"
                    .formatted(outcome.text(), reason.code(), reason.outcome().text()));
        }
        return new ReplayQuery(from == null ? 0 : from, to == null ? 0 : to, event, outcome, reason, includeDelivered);
    }

    private static @Nullable Outcome outcome(@Nullable String word) {
        return Arrays.stream(Outcome.values())
                .filter(outcome -> outcome.text().equals(word))
                .findFirst()
                .orElse(null);
    }

    private static String what(ReplayQuery query) {
        StringBuilder what =
                new StringBuilder("received from %s to %s".formatted(Times.iso(query.from()), Times.iso(query.to())));
        if (query.event() != null) {
            what.append(", event ").append(query.event());
        }
        if (query.outcome() != null) {
            what.append(", outcome ").append(query.outcome().text());
        }
        if (query.reason() != null) {
            what.append(", reason ").append(query.reason().code());
        }
        return what.append(query.includeDelivered() ? ", delivered ones too" : "")
                .toString();
    }

    private Answer list(Call call) {
        call.query().end();
        List<Json> rows = lanes.replays().stream().<Json>map(ReplayJson::row).toList();
        return Answer.ok(JsonObject.builder().put("replays", new Json.Arr(rows)).build());
    }

    private Answer one(Call call) {
        call.query().end();
        String id = call.variables().getFirst();
        return lanes.replays().stream()
                .filter(feed -> feed.job().id().equals(id))
                .findFirst()
                .map(feed -> Answer.ok(ReplayJson.row(feed)))
                .orElseThrow(() -> new Refusal(
                        404,
                        "unknown_replay",
                        "there is no replay of that id; GET /api/replays lists those that are kept"));
    }
}
