package dev.waybill.json;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A dotted path of keys, such as `context.page.url`. Immutable.
///
/// @param keys the keys from the root down, at least one
public record JsonPath(List<String> keys) {
    public JsonPath {
        keys = List.copyOf(keys);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("a path needs at least one key");
        }
    }

    /// Reads a dotted path.
    ///
    /// @throws IllegalArgumentException when the text is empty or one of its keys is
    public static JsonPath parse(String text) {
        List<String> keys = List.of(text.split("\\.", -1));
        if (keys.contains("")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no path: write keys joined by dots, such as context.page.url");
        }
        return new JsonPath(keys);
    }

    /// The value at this path, or null when it or anything on the way is absent or `null`.
    public @Nullable Json in(JsonObject root) {
        Json value = root;
        for (String key : keys) {
            if (!(value instanceof JsonObject object)) {
                return null;
            }
            value = object.present(key);
        }
        return value;
    }

    @Override
    public String toString() {
        return String.join(".", keys);
    }
}
