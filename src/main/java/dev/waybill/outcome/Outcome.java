package dev.waybill.outcome;

import java.util.Locale;

/// How an event ended in one lane. An event without one is still pending.
public enum Outcome {
    /// The destination accepted it.
    DELIVERED,
    /// A rule kept it back; nothing is wrong with it.
    FILTERED,
    /// It can't be sent, or the destination refused it for good: a dead letter.
    REJECTED;

    private final String text = name().toLowerCase(Locale.ROOT);

    public String text() {
        return text;
    }
}
