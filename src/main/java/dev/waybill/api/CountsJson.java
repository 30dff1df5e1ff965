package dev.waybill.api;

import dev.waybill.json.JsonObject;
import dev.waybill.ledger.Counts;
import dev.waybill.outcome.Reason;
import java.util.EnumMap;
import java.util.Map;

/// Counts as JSON.
final class CountsJson {
    private CountsJson() {}

    static JsonObject.Builder counts(Counts counts) {
        return JsonObject.builder()
                .put("accepted", counts.accepted())
                .put("delivered", counts.delivered())
                .put("filtered", reasons(counts.filtered()))
                .put("rejected", reasons(counts.rejected()));
    }

    /// `{"duplicate":3,…}`, in the order of the reasons' list.
    static JsonObject reasons(Map<Reason, Long> counts) {
        EnumMap<Reason, Long> sorted = new EnumMap<>(Reason.class);
        sorted.putAll(counts);
        JsonObject.Builder json = JsonObject.builder();
        sorted.forEach((reason, count) -> json.put(reason.code(), count));
        return json.build();
    }

    static long sum(Map<Reason, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
