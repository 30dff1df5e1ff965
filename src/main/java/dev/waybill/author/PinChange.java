package dev.waybill.author;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An integration whose pinned revision changes in a pipeline.
///
/// @param from null when it was not pinned
/// @param to null when it is not pinned any more
record PinChange(
        String integration, @Nullable String from, @Nullable String to) {
    static List<PinChange> between(Json before, Json after) {
        Map<String, String> old = pins(before);
        Map<String, String> wanted = pins(after);
        List<PinChange> changes = new ArrayList<>();
        wanted.forEach((integration, revision) -> {
            if (!revision.equals(old.get(integration))) {
                changes.add(new PinChange(integration, old.get(integration), revision));
            }
        });
        old.forEach((integration, revision) -> {
            if (!wanted.containsKey(integration)) {
                changes.add(new PinChange(integration, revision, null));
            }
        });
        return changes;
    }

    private static Map<String, String> pins(Json file) {
        Map<String, String> pins = new LinkedHashMap<>();
        if (file instanceof JsonObject object && object.get("integrations") instanceof Json.Arr(List<Json> items)) {
            for (Json item : items) {
                String integration = item instanceof JsonObject pin ? pin.text("integration") : null;
                Json revision = item instanceof JsonObject pin ? pin.get("revision") : null;
                if (integration != null && revision != null) {
                    pins.put(
                            integration,
                            revision instanceof Json.Num(String literal) ? literal : "" + revision.asText());
                }
            }
        }
        return pins;
    }
}
