package dev.waybill.decide;

import dev.waybill.event.Event;
import org.jspecify.annotations.Nullable;

/// What only the lane knows about an event. Asked at most once each in a decision, and only when no earlier reason
/// applied.
public interface LaneFacts {
    /// Knows of no duplicate and of nobody suppressed: a dry run's facts.
    LaneFacts NONE = new LaneFacts() {
        @Override
        public boolean duplicate(Event event) {
            return false;
        }

        @Override
        public boolean suppressed(Event event, @Nullable String identity) {
            return false;
        }
    };

    /// Whether the same messageId stands at a lower position.
    boolean duplicate(Event event);

    /// Whether the person asked for no further events, by userId, anonymousId or the destination's identifier.
    ///
    /// @param identity the destination's identifier on this event, or null
    boolean suppressed(Event event, @Nullable String identity);
}
