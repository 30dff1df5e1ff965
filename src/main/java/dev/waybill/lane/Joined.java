package dev.waybill.lane;

import dev.waybill.event.Event;
import dev.waybill.outcome.Notice;
import dev.waybill.outcome.NoticeCode;
import java.time.Duration;

/// An identifier that was joined to an event that came without. Immutable.
///
/// @param kit whose identifier it is
/// @param receivedAt when the browser reported it, in milliseconds of the epoch
public record Joined(String kit, String puid, long receivedAt) {
    /// Says so on the event's outcome.
    public Notice notice(Event event) {
        long after = receivedAt - event.receivedAt();
        Duration apart = Duration.ofMillis(Math.abs(after));
        return new Notice(
                NoticeCode.JOINED_LATE,
                "context.providers." + kit + ".puid",
                "reported by the browser %d.%03d s %s the event"
                        .formatted(apart.toSeconds(), apart.toMillisPart(), after < 0 ? "before" : "after"));
    }
}
