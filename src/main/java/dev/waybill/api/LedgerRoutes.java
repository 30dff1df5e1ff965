package dev.waybill.api;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.lane.LaneBoard;
import dev.waybill.lane.LaneView;
import java.util.List;

/// The books: a row for each lane and each replay.
record LedgerRoutes(LaneBoard lanes, LedgerRow rows) {
    List<Route> routes() {
        return List.of(Route.get("ledger", this::ledger));
    }

    private Answer ledger(Call call) {
        call.query().end();
        List<Json> lines = lanes.lanes().stream()
                .map(LaneView::ledger)
                .<Json>map(rows::json)
                .toList();
        List<Json> replays = lanes.replays().stream().<Json>map(ReplayJson::row).toList();
        return Answer.ok(JsonObject.builder()
                .put("lanes", new Json.Arr(lines))
                .put("replays", new Json.Arr(replays))
                .build());
    }
}
