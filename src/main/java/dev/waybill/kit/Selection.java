package dev.waybill.kit;

import dev.waybill.event.Event;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.util.List;

/// Reads Segment's `integrations` object: `{"All": false, "Kargo": true}`. A destination goes by any of its names,
/// whatever their letter case; `false` under any of them excludes it, `true` or an object under one of them lets it in
/// where `All` is `false`. Immutable.
record Selection(List<String> names) {
    static final String KEY = "integrations";

    Selection {
        names = List.copyOf(names);
    }

    boolean selects(Event event) {
        JsonObject wish = event.json().object(KEY);
        if (wish == null) {
            return true;
        }
        boolean all = true;
        boolean named = false;
        for (int i = 0; i < wish.size(); i++) {
            String key = wish.name(i);
            Json value = wish.value(i);
            if (key.equalsIgnoreCase("All")) {
                all = value != Json.Bool.FALSE;
            } else if (names.stream().anyMatch(key::equalsIgnoreCase)) {
                if (value == Json.Bool.FALSE) {
                    return false;
                }
                named |= value == Json.Bool.TRUE || value instanceof JsonObject;
            }
        }
        return all || named;
    }
}
