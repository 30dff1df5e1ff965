package dev.waybill.event;

import dev.waybill.json.Json;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What stands where a person's identifier is meant to be and is none, whatever the destination.
public final class IdentifierText {
    /// What scripts write when they have nothing to write.
    private static final Set<String> JUNK = Set.of("undefined", "null", "NaN", "[object Object]");

    private IdentifierText() {}

    /// Whether a text is what scripts write when they have nothing to write.
    public static boolean isJunk(String text) {
        return JUNK.contains(text.strip());
    }

    /// Whether a value holds no identifier: it is absent, null, no string, blank or junk.
    public static boolean isMissing(@Nullable Json value) {
        return !(value instanceof Json.Str(String text)) || text.isBlank() || isJunk(text);
    }
}
