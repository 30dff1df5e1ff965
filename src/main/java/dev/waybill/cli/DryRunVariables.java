package dev.waybill.cli;

import dev.waybill.config.Variables;
import java.util.Map;
import java.util.Optional;

/// Variables where no server's data directory is at hand: every secret counts as there, since it is never shown.
///
/// @param values the environment
record DryRunVariables(Map<String, String> values) implements Variables {
    @Override
    public Optional<String> environment(String name) {
        return Optional.ofNullable(values.get(name));
    }

    @Override
    public Optional<String> secret(String name) {
        return Optional.of("secret");
    }

    /// Says nothing of the values: they may be secret.
    @Override
    public String toString() {
        return values.size() + " variables";
    }
}
