package dev.waybill.lane;

import dev.waybill.journal.LaneKey;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;

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
        if (!(JsonText.read(bytes) instanceof JsonObject job)) {
            throw new IllegalArgumentException("no JSON object");
        }
        return new ReplayJob(
                text(job, "id"),
                new LaneKey(text(job, "pipeline"), text(job, "integration")),
                number(job, "createdAt"),
                text(job, "what"),
                number(job, "selected"));
    }

    private static String text(JsonObject job, String key) {
        String text = job.text(key);
        if (text == null) {
            throw new IllegalArgumentException("'" + key + "' is missing");
        }
        return text;
    }

    private static long number(JsonObject job, String key) {
        if (job.get(key) instanceof Json.Num(String literal)) {
            return Long.parseLong(literal);
        }
        throw new IllegalArgumentException("'" + key + "' is no number");
    }
}
