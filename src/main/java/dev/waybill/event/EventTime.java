package dev.waybill.event;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// When an event happened, by the collector's clock. Of the client's clock only differences of two readings count, so
/// that a wrong one doesn't matter.
public final class EventTime {
    /// Longer texts are no times; it bounds what hostile ones cost.
    private static final int MAX_TEXT_LENGTH = 64;

    /// Takes the offset as `Z`, `+02`, `+0200` or `+02:00`.
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter(Locale.ROOT);

    private EventTime() {}

    /// How long it lay on the client before it was sent: `sentAt` − (`originalTimestamp` or `timestamp`), zero when
    /// one of them is missing or the difference is negative.
    public static Duration waited(Event event) {
        String original = event.json().text("originalTimestamp");
        Instant made = instant(original != null ? original : event.json().text("timestamp"));
        Instant sent = instant(event.sentAt());
        return made == null || sent == null || sent.isBefore(made) ? Duration.ZERO : Duration.between(made, sent);
    }

    /// When it happened, in milliseconds of the epoch: received, less the time it lay on the client. Segment's
    /// `timestamp`.
    public static long happened(Event event) {
        long waited = waited(event).toMillis();
        return waited > event.receivedAt() ? 0 : event.receivedAt() - waited;
    }

    /// The instant that an ISO 8601 text with an offset names, or null when it names none.
    public static @Nullable Instant instant(@Nullable String text) {
        if (text == null || text.length() > MAX_TEXT_LENGTH) {
            return null;
        }
        Instant usual = UsualTime.instant(text);
        if (usual != null) {
            return usual;
        }
        try {
            Instant instant = ISO.parse(text, Instant::from);
            // Years that nobody means would overflow milliseconds.
            return Math.abs(instant.getEpochSecond()) > Long.MAX_VALUE / 10_000 ? null : instant;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
