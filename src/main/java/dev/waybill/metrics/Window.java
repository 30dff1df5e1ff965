package dev.waybill.metrics;

import java.util.Locale;

/// A span up to now that people look at, and how finely it is kept.
public enum Window {
    HOUR(60_000, 60),
    DAY(15 * 60_000, 96),
    MONTH(6 * 60 * 60_000, 124);

    private final long slotMillis;
    private final int slots;

    Window(long slotMillis, int slots) {
        this.slotMillis = slotMillis;
        this.slots = slots;
    }

    /// The word in the API: `hour`, `day`, `month`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Its whole length; a month has 31 days.
    public long millis() {
        return slotMillis * slots;
    }

    long slotMillis() {
        return slotMillis;
    }

    int slots() {
        return slots;
    }
}
