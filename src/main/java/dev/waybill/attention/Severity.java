package dev.waybill.attention;

import java.util.Locale;

/// How soon somebody should look.
public enum Severity {
    /// Events are not sent, or are soon lost.
    HIGH,
    /// Today: something is probably wrong.
    MEDIUM,
    /// When there is time.
    LOW;

    /// The word in JSON and docs: `high`, `medium`, `low`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
