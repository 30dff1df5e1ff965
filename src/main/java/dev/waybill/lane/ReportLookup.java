package dev.waybill.lane;

import dev.waybill.event.Event;
import dev.waybill.identity.Reports;
import java.time.Duration;
import java.util.Optional;

/// Finds again what a lane joined to an event, by the lane's own rule, for those who look at the event later. Safe for
/// threads.
///
/// @param reports those of the pipeline
public record ReportLookup(Reports reports) {
    /// The identifier that the event's browser reported around it; empty when there is none.
    ///
    /// @param kit whose identifier
    /// @param wait how far from the event a report may have come: the pipeline's `identityWait`
    /// @param until the last moment at which a report may have come, in milliseconds of the epoch: when the lane
    ///     decided, or now
    /// @param now milliseconds of the epoch
    /// @throws java.io.UncheckedIOException when the reports can't be read now
    public Optional<Joined> of(Event event, String kit, Duration wait, long until, long now) {
        String anonymousId = event.anonymousId();
        long apart = wait.toMillis();
        if (anonymousId == null || apart == 0) {
            return Optional.empty();
        }
        try (ReportWindow window = new ReportWindow(reports, (_, _) -> {})) {
            long at = event.receivedAt();
            window.cover(kit, at - apart, Math.min(at + apart, until), now);
            ReportWindow.Seen nearest = window.nearest(Person.of(anonymousId), at, apart, Long.MIN_VALUE);
            return nearest == null || nearest.puid == null
                    ? Optional.empty()
                    : Optional.of(new Joined(kit, nearest.puid, nearest.receivedAt));
        }
    }
}
