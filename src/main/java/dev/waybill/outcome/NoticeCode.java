package dev.waybill.outcome;

import java.util.Locale;

/// What was changed, or seen, to make an event fit; the event still goes.
public enum NoticeCode {
    KEY_DROPPED_TOO_LONG("A key longer than the destination takes was left out."),
    KEY_DROPPED_OVER_BUDGET("A copied key beyond the destination's number of keys was left out."),
    VALUE_TRUNCATED("A string longer than the destination takes was cut."),
    VALUE_DROPPED_TOO_LONG("A value that is no string and too long for the destination was left out."),
    VALUE_LEFT_OUT("A value of a type that the output can't take was left out."),
    UNUSUAL_IDENTITY("The identifier has not the shape that the destination's have; it was sent as it is."),
    LOOKS_LIKE_PII("A key looks like a direct identifier of a person; it was sent as it is."),
    JOINED_LATE(
            "The event came without the identifier; it was joined from what the browser reported around that time.");

    private final String description;
    private final String code = name().toLowerCase(Locale.ROOT);

    NoticeCode(String description) {
        this.description = description;
    }

    public String code() {
        return code;
    }

    public String description() {
        return description;
    }
}
