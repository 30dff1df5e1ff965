package dev.waybill.deadletter;

import dev.waybill.outcome.Reason;
import org.jspecify.annotations.Nullable;

/// Which dead letters; a null lets all through.
///
/// @param from milliseconds of the epoch, of the rejection
/// @param to the first millisecond that is too late; Long.MAX_VALUE for none
public record LetterFilter(
        @Nullable String pipeline,
        @Nullable String integration,
        @Nullable Reason reason,
        @Nullable String event,
        long from,
        long to) {
    public static final LetterFilter ALL = new LetterFilter(null, null, null, null, 0, Long.MAX_VALUE);

    /// Whether it lets a group through, as far as that can be said: times are not looked at.
    public boolean matches(LetterGroup group) {
        return (pipeline == null || pipeline.equals(group.lane().pipeline()))
                && (integration == null || integration.equals(group.lane().integration()))
                && (reason == null || reason == group.reason())
                && (event == null || event.equals(group.event()));
    }

    boolean matches(DeadLetter letter) {
        return (pipeline == null || pipeline.equals(letter.lane().pipeline()))
                && (integration == null || integration.equals(letter.lane().integration()))
                && (reason == null || reason == letter.reason())
                && (event == null || event.equals(letter.event()))
                && letter.at() >= from
                && letter.at() < to;
    }
}
