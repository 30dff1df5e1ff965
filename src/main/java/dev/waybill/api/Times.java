package dev.waybill.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// Times as people and programs write them.
public final class Times {
    private static final int LONGEST = 40;

    private Times() {}

    /// Milliseconds of the epoch; null when the text is no time. A time needs a zone: a guessed one would be wrong for
    /// somebody.
    public static @Nullable Long parse(String text) {
        if (text.matches("[0-9]{1,15}")) {
            return Long.parseLong(text);
        }
        if (text.length() > LONGEST) {
            return null;
        }
        try {
            if (text.indexOf('T') < 0) {
                return LocalDate.parse(text)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant()
                        .toEpochMilli();
            }
            // A plus that nobody encoded in a query arrives as a space.
            return OffsetDateTime.parse(text.replace(' ', '+')).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException odd) {
            return null;
        }
    }

    /// The time as in every answer: ISO 8601 in UTC.
    public static String iso(long epochMillis) {
        return Instant.ofEpochMilli(epochMillis).toString();
    }
}
