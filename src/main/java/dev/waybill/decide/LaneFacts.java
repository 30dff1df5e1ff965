package dev.waybill.decide;

import dev.waybill.event.Event;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What only the lane knows about an event. Asked at most once each in a decision, and only when no earlier reason
/// applied.
public interface LaneFacts {
    /// Knows of no duplicate, of nobody suppressed and of no consent withdrawn: a dry run's facts.
    LaneFacts NONE = new LaneFacts() {
        @Override
        public boolean duplicate(Event event) {
            return false;
        }

        @Override
        public boolean suppressed(Event event, @Nullable String identity) {
            return false;
        }

        @Override
        public Optional<Instant> withdrawn(Event event) {
            return Optional.empty();
        }
    };

    /// Whether the same messageId stands at a lower position.
    boolean duplicate(Event event);

    /// Whether the person asked for no further events, by userId, anonymousId or the destination's identifier.
    ///
    /// @param identity the destination's identifier on this event, or null
    boolean suppressed(Event event, @Nullable String identity);

    /// When the browser withdrew consent, if it did so after this event was received.
    Optional<Instant> withdrawn(Event event);
}
