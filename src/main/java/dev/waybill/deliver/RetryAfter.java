package dev.waybill.deliver;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The `Retry-After` header: how long a destination asks to be left alone.
public final class RetryAfter {
    public static final Duration SHORTEST = Duration.ofSeconds(1);
    public static final Duration LONGEST = Duration.ofHours(1);

    /// No form of the header is longer.
    private static final int MAX_LENGTH = 64;
    private static final BigInteger MOST_SECONDS = BigInteger.valueOf(LONGEST.toSeconds());

    private RetryAfter() {}

    /// Reads whole seconds or an HTTP date in any of its three forms.
    ///
    /// @return between [#SHORTEST] and [#LONGEST], a date in the past being the shortest; empty for anything else
    public static Optional<Duration> parse(String headerValue, Instant now) {
        String value = headerValue.strip();
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        if (value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            long seconds = new BigInteger(value).min(MOST_SECONDS).longValue();
            return Optional.of(clamp(Duration.ofSeconds(seconds)));
        }
        return date(value, now).map(date -> clamp(Duration.between(now, date)));
    }

    private static Optional<Instant> date(String value, Instant now) {
        for (DateTimeFormatter form : forms(now)) {
            try {
                return Optional.of(LocalDateTime.parse(value, form).toInstant(ZoneOffset.UTC));
            } catch (DateTimeException _) {
                // The next form may fit.
            }
        }
        return Optional.empty();
    }

    private static List<DateTimeFormatter> forms(Instant now) {
        // RFC 9110: a two-digit year that seems over 50 years ahead is the most recent past one.
        int firstYear = now.atOffset(ZoneOffset.UTC).getYear() - 49;
        DateTimeFormatter rfc850 = new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, firstYear)
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.ENGLISH);
        return List.of(
                DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH),
                rfc850,
                DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.ENGLISH));
    }

    private static Duration clamp(Duration asked) {
        if (asked.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
    }
}
