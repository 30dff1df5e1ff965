package dev.waybill.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.HashMap;
import java.util.Map;

/// An integration's parameters with their values, twice.
///
/// @param shown fit to be shown and kept: a secret stands as its placeholder
/// @param real for the wire only
record Connection(Map<String, String> shown, Map<String, String> real) {
    private static final int SHORTEST = 4;

    Connection {
        shown = Map.copyOf(shown);
        real = Map.copyOf(real);
    }

    boolean hasSecrets() {
        return !shown.equals(real);
    }

    /// The placeholder of each secret value, as it is and as it stands in a URL. Values of fewer than four characters
    /// are left out: they stand in any text by chance.
    Map<String, String> placeholders() {
        Map<String, String> placeholders = new HashMap<>();
        real.forEach((name, value) -> {
            String placeholder = shown.getOrDefault(name, value);
            if (value.length() >= SHORTEST && !placeholder.equals(value)) {
                placeholders.put(value, placeholder);
                placeholders.put(URLEncoder.encode(value, UTF_8), placeholder);
            }
        });
        return Map.copyOf(placeholders);
    }

    /// Without the values: they may be secret.
    @Override
    public String toString() {
        return "Connection" + shown.keySet();
    }
}
