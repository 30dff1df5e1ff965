package dev.waybill.lane;

import dev.waybill.event.EventName;
import dev.waybill.journal.Entry;
import dev.waybill.journal.History;
import dev.waybill.journal.LaneJournal;
import dev.waybill.outcome.Outcome;
import dev.waybill.outcome.Reason;
import org.jspecify.annotations.Nullable;

/// Which of a lane's decided events a replay sends again. By default everything that was not delivered; what is still
/// pending is never among them.
///
/// @param from received at or after, in milliseconds of the epoch
/// @param to received before
/// @param event only events of this name, compared normalised; null for all
/// @param outcome only events that ended so; null for all
/// @param reason only events that ended for this reason; null for all
/// @param includeDelivered whether delivered events are sent again, which the destination may count twice
public record ReplayQuery(
        long from,
        long to,
        @Nullable String event,
        @Nullable Outcome outcome,
        @Nullable Reason reason,
        boolean includeDelivered) {
    private static final int CHUNK = 4_096;

    public ReplayQuery {
        event = event == null ? null : EventName.normalise(event);
    }

    /// Receives the selected sequences in ascending order.
    @FunctionalInterface
    public interface Selected<X extends Exception> {
        /// Takes one.
        ///
        /// @param deadLetter whether a dead letter holds the event too
        void add(long sequence, boolean deadLetter) throws X;
    }

    /// Finds the events between two sequences of the log.
    public <X extends Exception> void select(LaneJournal journal, long first, long end, Selected<X> selected) throws X {
        for (long start = first; start < end; start += CHUNK) {
            long stop = Math.min(end, start + CHUNK);
            History history = new History(journal, start, stop);
            for (long sequence = start; sequence < stop; sequence++) {
                Entry.Decided known = history.decided(sequence);
                if (known != null && matches(known)) {
                    selected.add(sequence, known.outcome() == Outcome.REJECTED);
                }
            }
        }
    }

    private boolean matches(Entry.Decided entry) {
        boolean readable = entry.reason() != Reason.LOG_DAMAGED && entry.reason() != Reason.LOG_OVERFLOW;
        boolean wanted = entry.outcome() != Outcome.DELIVERED || includeDelivered;
        // What befell a whole range at once carries no time of its own: its place in the log is its time.
        boolean inTime = entry.event().isEmpty() || (entry.receivedAt() >= from && entry.receivedAt() < to);
        return readable
                && wanted
                && inTime
                && (outcome == null || outcome == entry.outcome())
                && (reason == null || reason == entry.reason())
                && (event == null || event.equals(entry.event()));
    }
}
