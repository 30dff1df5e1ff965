package dev.waybill.identity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Why a browser could not get the destination's identifier: the words of `POST /v1/identity/{kit}`.
public enum SyncFailure {
    CONSENT("The consent signals on the page don't allow asking for an identifier."),
    CORS_OR_NETWORK(
            "The destination couldn't be reached, or doesn't list the site's origin: a browser can't tell these apart."),
    TIMEOUT("The destination didn't answer in time."),
    HTTP("The destination answered with an error status."),
    SHAPE("The destination's answer held no identifier of the expected shape.");

    private final String description;
    private final String code = name().toLowerCase(Locale.ROOT);

    SyncFailure(String description) {
        this.description = description;
    }

    /// The word in JSON, such as `cors_or_network`.
    public String code() {
        return code;
    }

    /// One sentence for people.
    public String description() {
        return description;
    }

    public static Optional<SyncFailure> of(String code) {
        return Arrays.stream(values())
                .filter(failure -> failure.code.equals(code))
                .findFirst();
    }
}
