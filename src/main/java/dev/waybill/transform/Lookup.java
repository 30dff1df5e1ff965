package dev.waybill.transform;

import dev.waybill.event.LetterCase;
import dev.waybill.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Another value for each of some texts.
///
/// @param table keys in lower case when the letter case is ignored; JSON `null` for "no value"
/// @param otherwise for a text that is not in the table; null for none
record Lookup(Map<String, Json> table, @Nullable Json otherwise, boolean ignoreCase) implements EachValue.TextStep {
    Lookup {
        table = Map.copyOf(table);
    }

    @Override
    public @Nullable Json apply(String text, Budget budget, Transform.Misfit misfit) {
        Json found = table.get(ignoreCase ? LetterCase.lower(text) : text);
        if (found == null) {
            return otherwise;
        }
        return found instanceof Json.Null ? null : found;
    }
}
