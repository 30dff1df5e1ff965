package dev.waybill.kit;

import java.util.HashMap;
import java.util.Map;

/// An integration's parameters with their values, twice.
///
/// @param shown fit to be shown and kept: a secret stands as its placeholder
/// @param real for the wire only
/// @param secrets the placeholder of each secret that stands in them, be it as a part of a value
record Connection(Map<String, String> shown, Map<String, String> real, Map<String, String> secrets) {
    Connection {
        shown = Map.copyOf(shown);
        real = Map.copyOf(real);
        secrets = Map.copyOf(secrets);
    }

    boolean hasSecrets() {
        return !shown.equals(real);
    }

    /// The placeholder of each secret value, and of each parameter's value that holds one.
    Map<String, String> placeholders() {
        Map<String, String> placeholders = new HashMap<>(secrets);
        real.forEach((name, value) -> {
            String placeholder = shown.getOrDefault(name, value);
            if (!placeholder.equals(value)) {
                placeholders.put(value, placeholder);
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
