package dev.waybill.kit;

import java.util.Map;

/// An integration's parameters with their values, twice.
///
/// @param shown fit to be shown and kept: a secret stands as its placeholder
/// @param real for the wire only
record Connection(Map<String, String> shown, Map<String, String> real) {
    Connection {
        shown = Map.copyOf(shown);
        real = Map.copyOf(real);
    }

    boolean hasSecrets() {
        return !shown.equals(real);
    }

    /// Without the values: they may be secret.
    @Override
    public String toString() {
        return "Connection" + shown.keySet();
    }
}
