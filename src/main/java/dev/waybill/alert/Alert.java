package dev.waybill.alert;

import dev.waybill.attention.Ending;
import dev.waybill.attention.Finding;
import dev.waybill.attention.Kind;
import dev.waybill.attention.Subject;
import org.jspecify.annotations.Nullable;

/// Something that people are told of, and how far that is. Immutable.
///
/// @param finding what was the case when it was last seen
/// @param state where it stands
/// @param since when it began, in milliseconds of the epoch
/// @param told whether people know of this state
/// @param absentSince open, but not seen since then; 0 while it is seen
/// @param recoveredAt when it was last over; 0 when it wasn't
/// @param ending how it is over, or begins to be; null while it is seen
public record Alert(
        Finding finding,
        State state,
        long since,
        boolean told,
        long absentSince,
        long recoveredAt,
        @Nullable Ending ending) {
    public enum State {
        /// Seen, but not for long enough to tell anybody.
        SEEN,
        OPEN,
        /// No longer the case; kept for a while, to see whether it comes back. Whether all is well is the ending's.
        RECOVERED
    }

    static Alert first(Finding finding, long at) {
        return new Alert(finding, State.SEEN, at, false, 0, 0, null);
    }

    public Subject subject() {
        return finding.subject();
    }

    public Kind kind() {
        return finding.kind();
    }

    /// What was the case when it was last seen.
    public String text() {
        return finding.text();
    }

    /// How it is over.
    Ending ended() {
        return ending == null ? Ending.usual(kind()) : ending;
    }

    /// Whether there is something to say that nobody was told.
    boolean isDue() {
        return !told && state != State.SEEN;
    }

    Alert with(State next, boolean isTold) {
        return new Alert(finding, next, since, isTold, absentSince, recoveredAt, ending);
    }

    Alert seen(Finding now) {
        return new Alert(now, state, since, told, 0, recoveredAt, null);
    }

    /// @param at 0 when nobody can say whether it is absent
    Alert absent(long at, @Nullable Ending now) {
        // What was no recovery at first, such as events that expired, doesn't become one.
        Ending first = ending != null && now != null && !ending.recovered() ? ending : now;
        return new Alert(finding, state, since, told, at, recoveredAt, first);
    }

    Alert recovered(long at) {
        return new Alert(finding, State.RECOVERED, since, false, 0, at, ending);
    }

    Alert again(long at, Finding now) {
        return new Alert(now, State.SEEN, at, false, 0, recoveredAt, null);
    }
}
