package dev.waybill.lane;

import dev.waybill.journal.LaneKey;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.nio.charset.StandardCharsets;

/// One replay: which events of a lane are sent again. The events themselves stand beside it in a [ReplaySelection].
///
/// @param id unique in a data directory, fit for URLs
/// @param createdAt milliseconds of the epoch
/// @param what what was asked for, for people
/// @param selected how many events
public record ReplayJob(String id, LaneKey lane, long createdAt, String what, long selected) {
    byte[] encode() {
        return JsonText.bytes(JsonObject.builder()
                .put("id", id)
                .put("pipeline", lane.pipeline())
                .put("integration", lane.integration())
                .put("createdAt", createdAt)
                .put("what", what)
                .put("selected", selected)
                .build());
    }

    /// Reads what [#encode()] wrote.
    ///
    /// @throws IllegalArgumentException when it is something else
    static ReplayJob decode(byte[] bytes) {
        if (JsonText.read(bytes) instanceof JsonObject job
                && job.text("id") instanceof String id
                && job.text("pipeline") instanceof String pipeline
                && job.text("integration") instanceof String integration
                && job.get("createdAt") instanceof Json.Num(String createdAt)
                && job.get("selected") instanceof Json.Num(String selected)) {
            String what = job.text("what") instanceof String text ? text : "";
            return new ReplayJob(
                    id, new LaneKey(pipeline, integration), Long.parseLong(createdAt), what, Long.parseLong(selected));
        }
        throw new IllegalArgumentException("no replay job: "
                + new String(bytes, StandardCharsets.UTF_8).lines().findFirst().orElse(""));
    }
}
