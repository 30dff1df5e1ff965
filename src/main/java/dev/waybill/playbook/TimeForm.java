package dev.waybill.playbook;

import dev.waybill.event.Event;
import dev.waybill.event.EventTime;
import dev.waybill.json.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;

/// How a time is written.
public enum TimeForm {
    /// `2026-11-25T10:15:30.123Z`
    ISO,
    /// `2026-11-25`, in UTC
    DATE,
    /// whole seconds since 1970, a number
    SECONDS,
    /// milliseconds since 1970, a number
    MILLIS;

    /// Which time of an event.
    public enum Of {
        /// When the collector took it.
        RECEIVED,
        /// When it happened, by the collector's clock: [EventTime#happened].
        HAPPENED;

        long millis(Event event) {
            return this == RECEIVED ? event.receivedAt() : EventTime.happened(event);
        }

        String words() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// @param millis milliseconds of the epoch
    Json of(long millis) {
        Instant instant = Instant.ofEpochMilli(millis);
        return switch (this) {
            case ISO -> Json.of(instant.toString());
            case DATE -> Json.of(instant.atZone(ZoneOffset.UTC).toLocalDate().toString());
            case SECONDS -> Json.of(Math.floorDiv(millis, 1000L));
            case MILLIS -> Json.of(millis);
        };
    }

    String words() {
        return name().toLowerCase(Locale.ROOT);
    }
}
