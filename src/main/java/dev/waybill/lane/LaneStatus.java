package dev.waybill.lane;

import java.util.Locale;

/// What a lane is doing, as the API shows it. Immutable.
///
/// @param detail one sentence for people; empty when there is nothing to say
/// @param revision the pinned revision
/// @param breakerOpen whether the lane waits for its destination to recover
/// @param inFlight requests under way
/// @param waiting events read and without an outcome yet
public record LaneStatus(State state, String detail, int revision, boolean breakerOpen, int inFlight, int waiting) {
    public enum State {
        RUNNING,
        /// Something other than the lane must happen first: the destination recovers, a retry ends.
        WAITING,
        PAUSED,
        DISABLED,
        REMOVED;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
