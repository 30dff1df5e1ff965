package dev.waybill.author;

import dev.waybill.config.Variables;
import java.util.Optional;
import java.util.Set;

/// Variables with the name in place of the value of each that a file may not bring: what else is wrong with the file is
/// told at once, and a problem may repeat what was found.
///
/// @param names as they stand in the braces
record WithheldVariables(Variables all, Set<String> names) implements Variables {
    WithheldVariables {
        names = Set.copyOf(names);
    }

    @Override
    public Optional<String> environment(String name) {
        return names.contains(name) ? Optional.of(name) : all.environment(name);
    }

    @Override
    public Optional<String> secret(String name) {
        return names.contains(References.SECRET + name) ? Optional.of(name) : all.secret(name);
    }
}
