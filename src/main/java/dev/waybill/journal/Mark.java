package dev.waybill.journal;

import java.util.Locale;

/// What can happen to a lane as a whole.
public enum Mark {
    /// The lane was made; the detail is its first sequence.
    START,
    /// A revision was pinned; the detail is its number.
    PIN,
    /// The lane was paused; the detail says why.
    PAUSE,
    RESUME,
    BREAKER_OPEN,
    BREAKER_CLOSED;

    private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /// The word in JSON: `pin`, `breaker-open`, …
    public String text() {
        return text;
    }
}
