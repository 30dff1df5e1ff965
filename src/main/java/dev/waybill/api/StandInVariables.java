package dev.waybill.api;

import dev.waybill.config.Variables;
import java.util.Locale;
import java.util.Optional;

/// Variables for a revision that was sent along and not saved: nobody may read the server's environment or secrets by
/// it. A variable stands as a URL that leads nowhere, which fits where a URL is wanted and where a text is.
record StandInVariables() implements Variables {
    @Override
    public Optional<String> environment(String name) {
        return Optional.of(
                "https://%s.invalid/".formatted(name.toLowerCase(Locale.ROOT).replace('_', '-')));
    }

    @Override
    public Optional<String> secret(String name) {
        return Optional.of("secret");
    }
}
