package dev.waybill.decide;

import dev.waybill.event.Event;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How old an event is: the time since it was received, and the time it lay on the client before it was sent. The
/// second is the difference of two readings of the client's clock, so that a wrong clock doesn't matter.
///
/// @param millis saturates at [Long#MAX_VALUE]
record EventAge(long millis) {
    /// Longer texts are no times; it bounds what hostile ones cost.
    private static final int MAX_TIME_LENGTH = 64;

    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter();

    /// @param now milliseconds of the epoch
    static EventAge at(long now, Event event) {
        long kept = Math.max(0, now - event.receivedAt());
        long waited = waited(event).toMillis();
        return new EventAge(kept > Long.MAX_VALUE - waited ? Long.MAX_VALUE : kept + waited);
    }

    /// What to tell when the age is over the limit; empty when it isn't.
    Optional<String> over(Duration limit) {
        return millis > limit.toMillis()
                ? Optional.of("%s old, %s allowed".formatted(words(millis), words(limit.toMillis())))
                : Optional.empty();
    }

    private static Duration waited(Event event) {
        String original = event.json().text("originalTimestamp");
        Instant made = instant(original != null ? original : event.json().text("timestamp"));
        Instant sent = instant(event.sentAt());
        return made == null || sent == null || sent.isBefore(made) ? Duration.ZERO : Duration.between(made, sent);
    }

    private static @Nullable Instant instant(@Nullable String text) {
        if (text == null || text.length() > MAX_TIME_LENGTH) {
            return null;
        }
        try {
            Instant instant = ISO.parse(text, Instant::from);
            // Years that nobody means would overflow milliseconds.
            return Math.abs(instant.getEpochSecond()) > Long.MAX_VALUE / 10_000 ? null : instant;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static String words(long millis) {
        long hours = millis / 3_600_000;
        long minutes = millis / 60_000 % 60;
        long seconds = millis / 1000 % 60;
        if (hours > 0) {
            return minutes == 0 ? hours + " h" : hours + " h " + minutes + " min";
        }
        return minutes > 0 ? minutes + " min" : seconds + " s";
    }
}
