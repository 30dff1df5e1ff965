package dev.waybill.api;

import dev.waybill.journal.Snapshot;
import dev.waybill.json.JsonObject;
import dev.waybill.lane.ReplayFeed;
import dev.waybill.lane.ReplayJob;
import dev.waybill.outcome.Reason;
import java.util.EnumMap;
import java.util.Map;

/// A replay's row as JSON.
final class ReplayJson {
    private ReplayJson() {}

    static JsonObject row(ReplayFeed feed) {
        ReplayJob job = feed.job();
        Snapshot now = feed.journal().snapshot(job.selected());
        Map<Reason, Long> reasons = new EnumMap<>(Reason.class);
        reasons.putAll(now.filtered());
        reasons.putAll(now.rejected());
        return JsonObject.builder()
                .put("id", job.id())
                .put("pipeline", job.lane().pipeline())
                .put("integration", job.lane().integration())
                .put("what", job.what())
                .put("createdAt", Times.iso(job.createdAt()))
                .put("selected", job.selected())
                .put("delivered", now.delivered())
                .put("filtered", CountsJson.sum(now.filtered()))
                .put("rejected", CountsJson.sum(now.rejected()))
                .put("reasons", CountsJson.reasons(reasons))
                .put("pending", now.pending())
                .build();
    }
}
