package dev.waybill.e2e;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/// A lane's row of the ledger.
record Lane(String pipeline, String state, long accepted, long delivered, long filtered, long rejected, long pending) {

    static List<Lane> all(JsonObject ledger) {
        return ledger.get("lanes") instanceof Json.Arr(List<Json> lanes)
                ? lanes.stream().map(lane -> of((JsonObject) lane)).toList()
                : List.of();
    }

    private static Lane of(JsonObject row) {
        return new Lane(
                String.valueOf(row.text("pipeline")),
                String.valueOf(row.text("state")),
                number(row.get("accepted")),
                number(row.get("delivered")),
                sum(row.object("filtered")),
                sum(row.object("rejected")),
                number(row.get("pending")));
    }

    boolean balances() {
        return accepted == delivered + filtered + rejected + pending;
    }

    private static long sum(@org.jspecify.annotations.Nullable JsonObject byReason) {
        return byReason == null
                ? 0
                : StreamSupport.stream(byReason.spliterator(), false)
                        .map(Map.Entry::getValue)
                        .mapToLong(Lane::number)
                        .sum();
    }

    private static long number(@org.jspecify.annotations.Nullable Json value) {
        return value instanceof Json.Num(String literal) ? Long.parseLong(literal) : 0;
    }
}
