package dev.waybill.decide;

import dev.waybill.json.JsonObject;
import dev.waybill.kit.Integration;
import dev.waybill.kit.Mapped;
import dev.waybill.kit.MappedJson;

/// A decision as the one line of JSON that `map` prints. Mode shadow shows the request that it kept back too.
public final class DecisionJson {
    private DecisionJson() {}

    /// Without a workspace: no integration and no revision to name.
    public static JsonObject of(Decision decision) {
        return withRequest(MappedJson.of(mapped(decision)), decision);
    }

    public static JsonObject of(Decision decision, Integration integration) {
        return withRequest(MappedJson.of(mapped(decision), integration.name(), integration.revision()), decision);
    }

    private static Mapped mapped(Decision decision) {
        return switch (decision) {
            case Decision.Send(Mapped.Deliver shown) -> shown;
            case Decision.Stop stop -> new Mapped.Stopped(stop.reason(), stop.detail(), stop.notices());
        };
    }

    private static JsonObject withRequest(JsonObject line, Decision decision) {
        if (!(decision instanceof Decision.Stop stop) || stop.wouldHaveSent() == null) {
            return line;
        }
        JsonObject kept = MappedJson.of(stop.wouldHaveSent());
        JsonObject.Builder both = line.toBuilder();
        for (var entry : kept) {
            if (line.get(entry.getKey()) == null) {
                both.put(entry.getKey(), entry.getValue());
            }
        }
        return both.build();
    }
}
