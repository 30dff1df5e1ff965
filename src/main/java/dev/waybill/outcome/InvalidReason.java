package dev.waybill.outcome;

import java.util.Locale;

/// Why something sent to the collector never became an event. The sender is told; nothing enters the log.
public enum InvalidReason {
    INVALID_JSON("The body or the item is not JSON in UTF-8."),
    NOT_AN_OBJECT("A JSON object was expected."),
    UNKNOWN_TYPE("The type is none of the Segment spec's."),
    MISSING_FIELD("A track call without a non-empty string event, or a batch without its batch array."),
    WRONG_TYPE("context, properties, traits or an id has the wrong JSON type; null counts as absent."),
    TOO_LARGE("The body or the event is larger than limits allow, or holds too many events."),
    TOO_DEEP("Objects and arrays are nested deeper than limits.depth.");

    private final String description;
    private final String code = name().toLowerCase(Locale.ROOT);

    InvalidReason(String description) {
        this.description = description;
    }

    public String code() {
        return code;
    }

    public String description() {
        return description;
    }
}
