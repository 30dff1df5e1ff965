package dev.waybill.lane;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Positions of events that wait for an identifier, and those whose wait has ended and that are to be decided again.
/// No bodies. Belongs to the lane's thread.
final class HeldEvents {
    private final int max;
    private final TreeSet<Held> waiting = new TreeSet<>(
            Comparator.<Held>comparingLong(held -> held.due).thenComparingLong(held -> held.work.sequence));
    private final Map<Person, Held> newest = new HashMap<>();
    private final PriorityQueue<Held> ended = new PriorityQueue<>(Comparator.comparingLong(held -> held.work.sequence));

    /// One event, linked to its neighbours of the same person.
    private static final class Held {
        final Work work;
        final Person person;
        final long receivedAt;
        final long due;

        @Nullable
        Held older;

        @Nullable
        Held newer;

        Held(Work work, Person person, long receivedAt, long due, @Nullable Held older) {
            this.work = work;
            this.person = person;
            this.receivedAt = receivedAt;
            this.due = due;
            this.older = older;
        }
    }

    /// @param max how many may wait; beyond it the oldest one's wait ends
    HeldEvents(int max) {
        this.max = max;
    }

    /// Holds an event.
    ///
    /// @param receivedAt milliseconds of the epoch, as is the next
    /// @param due when its wait ends by the clock
    void add(Work work, Person person, long receivedAt, long due) {
        if (waiting.size() >= max) {
            end(waiting.getFirst());
        }
        Held before = newest.get(person);
        Held held = new Held(work, person, receivedAt, due, before);
        if (before != null) {
            before.newer = held;
        }
        newest.put(person, held);
        waiting.add(held);
    }

    /// Ends the wait of that person's events that were received at most that far from the report.
    void join(Person person, Joined report, long apart) {
        Deque<Held> near = new ArrayDeque<>();
        for (Held each = newest.get(person); each != null; each = each.older) {
            if (Math.abs(each.receivedAt - report.receivedAt()) <= apart) {
                near.add(each);
            }
        }
        for (Held each : near) {
            each.work.joined = report;
            remove(each);
            ended.add(each);
        }
    }

    /// Ends the waits that are over by the clock.
    void clock(long now) {
        while (!waiting.isEmpty() && waiting.getFirst().due <= now) {
            end(waiting.getFirst());
        }
    }

    /// The lane has read an event that was received then: ends the waits that are over by this.
    void reached(long receivedAt, long wait) {
        while (!waiting.isEmpty() && waiting.getFirst().receivedAt + wait <= receivedAt) {
            end(waiting.getFirst());
        }
    }

    /// Lets all of them be decided anew, and wait again where they may.
    void release() {
        while (!waiting.isEmpty()) {
            Held first = waiting.getFirst();
            remove(first);
            ended.add(first);
        }
        ended.forEach(held -> held.work.waited = false);
    }

    private void end(Held held) {
        held.work.waited = true;
        remove(held);
        ended.add(held);
    }

    private void remove(Held held) {
        waiting.remove(held);
        if (held.newer != null) {
            held.newer.older = held.older;
        } else if (held.older != null) {
            newest.put(held.person, held.older);
        } else {
            newest.remove(held.person);
        }
        if (held.older != null) {
            held.older.newer = held.newer;
        }
    }

    /// Takes the first event whose wait has ended, or null.
    @Nullable
    Work poll() {
        Held first = ended.poll();
        return first == null ? null : first.work;
    }

    boolean anyEnded() {
        return !ended.isEmpty();
    }

    boolean anyWaiting() {
        return !waiting.isEmpty();
    }

    /// When the first wait ends by the clock; [Long#MAX_VALUE] when none waits.
    long nextDue() {
        return waiting.isEmpty() ? Long.MAX_VALUE : waiting.getFirst().due;
    }

    /// About when the oldest of them all was received; [Long#MAX_VALUE] when there is none.
    long oldest() {
        Held first = ended.peek();
        return Math.min(
                waiting.isEmpty() ? Long.MAX_VALUE : waiting.getFirst().receivedAt,
                first == null ? Long.MAX_VALUE : first.receivedAt);
    }

    /// About when the newest waiting one was received; none must not wait.
    long newest() {
        return waiting.getLast().receivedAt;
    }

    int size() {
        return waiting.size() + ended.size();
    }
}
