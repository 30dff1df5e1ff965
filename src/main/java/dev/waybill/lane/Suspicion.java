package dev.waybill.lane;

import dev.waybill.kit.Answer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Tells an event's own mistake from a mistake in how the integration is set up. Belongs to the lane's thread.
///
/// An answer that blames the setup (401, 404, …) parks the event; [#SETUP_LIMIT] different events answered so with no
/// success between mean that the setup is wrong: the lane pauses and all of them stay pending. A success meanwhile
/// means that the setup works, so each parked event is tried once more at once, and the same answer then is about the
/// event: rejected.
///
/// An answer that refuses the event (400, …) is believed as soon as a success shows that others pass, or after
/// [#HOLD_MILLIS]; until then the event is held, because [#REFUSAL_LIMIT] different events in a row with the same
/// refusal mean that nothing passes: the lane pauses and those still held stay pending.
///
/// Any success ends a row, also one that began before it: with many requests under way the answers of a healthy
/// destination are mixed, and at the moment a setup breaks it costs a few answers until the row begins.
final class Suspicion {
    static final int SETUP_LIMIT = 10;
    static final int REFUSAL_LIMIT = 50;

    /// Long enough for a burst to reach the limit, short enough for a person who waits for a lone event's verdict.
    static final long HOLD_MILLIS = 5_000;

    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final int COMPARED_CHARACTERS = 200;

    enum Ruling {
        /// The verdict is open: the event stays pending.
        HOLD,
        /// The event is rejected.
        REJECT,
        /// The lane pauses; the event stays pending.
        PAUSE
    }

    /// What a success settles.
    ///
    /// @param reject held events whose refusal is now believed
    /// @param confirm parked events to be tried once more at once
    record Settled(List<Work> reject, List<Work> confirm) {}

    private static final Comparator<Work> BY_EVENT = Comparator.<Work>comparingLong(work -> work.sequence)
            .thenComparingInt(work -> System.identityHashCode(work.feed));

    private final TreeSet<Work> parked = new TreeSet<>(BY_EVENT);
    /// Those of the parked that were answered since the last success.
    private final TreeSet<Work> inRow = new TreeSet<>(BY_EVENT);

    private final List<Work> held = new ArrayList<>();
    private String sameRefusal = "";
    private int refusalsInRow;
    /// Counts the resumes: what a success confirmed before one says nothing after it.
    private int round = 1;

    /// The destination answered this event by blaming the setup; the answer stands in the work.
    Ruling setup(Work work) {
        return setup(work, true);
    }

    /// The same for one event of a batch.
    ///
    /// @param counts whether it is the one that stands for its batch in a row
    Ruling setup(Work work, boolean counts) {
        if (work.confirmedIn == round) {
            parked.remove(work);
            return Ruling.REJECT;
        }
        parked.add(work);
        if (counts) {
            inRow.add(work);
        }
        return inRow.size() >= SETUP_LIMIT ? Ruling.PAUSE : Ruling.HOLD;
    }

    /// The destination refused this event; its refusal stands in the work.
    Ruling refused(Work work, Answer answer) {
        return refused(work, answer, true);
    }

    /// The same for one event of a batch.
    ///
    /// @param counts whether it is the one that stands for its batch in a row
    Ruling refused(Work work, Answer answer, boolean counts) {
        forget(work);
        if (counts) {
            String refusal = comparable(answer);
            refusalsInRow = refusal.equals(sameRefusal) ? refusalsInRow + 1 : 1;
            sameRefusal = refusal;
        }
        held.add(work);
        return refusalsInRow >= REFUSAL_LIMIT ? Ruling.PAUSE : Ruling.HOLD;
    }

    /// Answers are the same when status and text are, but for numbers: request ids and times differ in each.
    private static String comparable(Answer answer) {
        String text = answer.body()
                .substring(0, Math.min(COMPARED_CHARACTERS, answer.body().length()));
        return answer.status() + " " + DIGITS.matcher(text).replaceAll("0");
    }

    /// The destination accepted an event.
    ///
    /// @param startedAt when that attempt began: it tells nothing of answers that came later, such as those of a
    ///     setup that broke while the attempt was under way
    Settled delivered(Work work, long startedAt) {
        parked.remove(work);
        endRows();
        List<Work> confirm = new ArrayList<>();
        for (Work suspect : parked) {
            if (since(suspect) < startedAt) {
                suspect.confirmedIn = round;
                confirm.add(suspect);
            }
        }
        confirm.forEach(parked::remove);
        return new Settled(takeHeld(startedAt - 1), confirm);
    }

    /// Held events whose time is over: their refusal is believed.
    List<Work> overdue(long now) {
        return takeHeld(now - HOLD_MILLIS);
    }

    /// When the next held event's time is over; [Long#MAX_VALUE] when none is held.
    long nextOverdue() {
        return held.isEmpty() ? Long.MAX_VALUE : since(held.getFirst()) + HOLD_MILLIS;
    }

    private List<Work> takeHeld(long until) {
        int count = 0;
        while (count < held.size() && since(held.get(count)) <= until) {
            count++;
        }
        List<Work> taken = List.copyOf(held.subList(0, count));
        held.subList(0, count).clear();
        return taken;
    }

    private static long since(Work work) {
        return Objects.requireNonNull(work.refusal, "a suspect without its refusal")
                .since();
    }

    /// The lane resumes: counting starts anew. Returns the held events, to be tried again; parked ones wait in the
    /// retry queue anyway.
    List<Work> release() {
        round++;
        endRows();
        List<Work> all = List.copyOf(held);
        held.clear();
        all.forEach(work -> work.refusal = null);
        parked.forEach(work -> work.refusal = null);
        parked.clear();
        return all;
    }

    private void endRows() {
        inRow.clear();
        refusalsInRow = 0;
        sameRefusal = "";
    }

    /// Forgets an event that ended otherwise.
    void forget(Work work) {
        parked.remove(work);
        inRow.remove(work);
    }

    int parkedCount() {
        return parked.size();
    }

    int heldCount() {
        return held.size();
    }
}
