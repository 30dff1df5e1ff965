package dev.waybill.alert;

import dev.waybill.attention.Subject;

/// Something that people are told of, and how far that is. Immutable.
///
/// @param state where it stands
/// @param since when it began, in milliseconds of the epoch
/// @param text what was the case when it was last seen
/// @param told whether people know of this state
/// @param absentSince open, but not seen since then; 0 while it is seen
/// @param recoveredAt when it last recovered; 0 when it hasn't
public record Alert(
        Subject subject, State state, long since, String text, boolean told, long absentSince, long recoveredAt) {
    public enum State {
        /// Seen, but not for long enough to tell anybody.
        SEEN,
        OPEN,
        /// No longer the case; kept for a while, to see whether it comes back.
        RECOVERED
    }

    /// Whether there is something to say that nobody was told.
    boolean isDue() {
        return !told && state != State.SEEN;
    }

    Alert with(State next, boolean isTold) {
        return new Alert(subject, next, since, text, isTold, absentSince, recoveredAt);
    }

    Alert seen(String now) {
        return new Alert(subject, state, since, now, told, 0, recoveredAt);
    }

    Alert absent(long at) {
        return new Alert(subject, state, since, text, told, at, recoveredAt);
    }

    Alert recovered(long at) {
        return new Alert(subject, State.RECOVERED, since, text, false, 0, at);
    }

    Alert again(long at, String now) {
        return new Alert(subject, State.SEEN, at, now, false, 0, recoveredAt);
    }
}
