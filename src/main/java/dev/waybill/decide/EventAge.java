package dev.waybill.decide;

import dev.waybill.event.Event;
import dev.waybill.event.EventTime;
import java.time.Duration;
import java.util.Optional;

/// How old an event is: the time since it was received, and the time it lay on the client before it was sent. The
/// second is the difference of two readings of the client's clock, so that a wrong clock doesn't matter.
///
/// @param millis saturates at [Long#MAX_VALUE]
record EventAge(long millis) {
    /// @param now milliseconds of the epoch
    static EventAge at(long now, Event event) {
        long kept = Math.max(0, now - event.receivedAt());
        long waited = EventTime.waited(event).toMillis();
        return new EventAge(kept > Long.MAX_VALUE - waited ? Long.MAX_VALUE : kept + waited);
    }

    /// What to tell when the age is over the limit; empty when it isn't.
    Optional<String> over(Duration limit) {
        return millis > limit.toMillis()
                ? Optional.of("%s old, %s allowed".formatted(words(millis), words(limit.toMillis())))
                : Optional.empty();
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
