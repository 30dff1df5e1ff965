package dev.waybill.transform;

import dev.waybill.event.EventTime;
import dev.waybill.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Points in time as ISO 8601 text and as numbers since 1970, for the years 0000 to 9999.
///
/// @param perSecond 1 for seconds, 1,000 for milliseconds
record Epoch(int perSecond) {
    /// The words of the playbook.
    static final List<String> WORDS = List.of("seconds", "millis");

    private static final BigDecimal FIRST = BigDecimal.valueOf(millis("0000-01-01T00:00:00Z"));
    private static final BigDecimal LAST = BigDecimal.valueOf(millis("9999-12-31T23:59:59.999Z"));
    private static final int DATE = "2026-01-31".length();
    private static final int LONGEST = "2026-01-31T10:00:00.123456789+02:00:00".length();
    private static final String NO_DATE = "found a text that is no ISO 8601 date, or date and time with offset";

    static Epoch of(String word) {
        return new Epoch(word.equals("millis") ? 1000 : 1);
    }

    private static long millis(String iso) {
        return Instant.parse(iso).toEpochMilli();
    }

    /// The number for a text. A number is a misfit: nothing tells whether it counts seconds or milliseconds.
    @Nullable
    Json ofText(Json value, Budget budget, Transform.Misfit misfit) {
        String text = value.asText();
        if (text == null) {
            misfit.because(Found.instead(value, "an ISO 8601 text"));
            return null;
        }
        Instant instant = parse(WhiteSpace.trim(text));
        if (instant == null) {
            misfit.because(NO_DATE);
            return null;
        }
        return new Json.Num(Math.floorDiv(instant.toEpochMilli(), 1000 / perSecond));
    }

    private static @Nullable Instant parse(String text) {
        // Years beyond 9999 have a sign.
        boolean fits = text.length() >= DATE && text.length() <= LONGEST && Character.isDigit(text.charAt(0));
        if (!fits) {
            return null;
        }
        try {
            return text.length() == DATE
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : EventTime.instant(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /// The text for a number; a part of a millisecond is cut.
    @Nullable
    Json toText(Json value, Budget budget, Transform.Misfit misfit) {
        BigDecimal number = Numbers.value(value, misfit);
        if (number == null) {
            return null;
        }
        BigDecimal millis =
                number.multiply(BigDecimal.valueOf(1000 / perSecond)).setScale(0, RoundingMode.FLOOR);
        if (millis.compareTo(FIRST) < 0 || millis.compareTo(LAST) > 0) {
            misfit.because("the time is not in the years 0000 to 9999");
            return null;
        }
        return new Json.Str(Instant.ofEpochMilli(millis.longValueExact()).toString());
    }
}
