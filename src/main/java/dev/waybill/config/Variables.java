package dev.waybill.config;

import java.util.Optional;

/// Where `${ENV_NAME}` and `${secret:NAME}` in a file take their values from.
public interface Variables {
    /// The value of an environment variable; empty when it is not set.
    Optional<String> environment(String name);

    /// The value of a secret, kept in `<data>/secrets/NAME`; empty when there is none.
    Optional<String> secret(String name);
}
