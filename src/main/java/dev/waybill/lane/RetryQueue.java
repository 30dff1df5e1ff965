package dev.waybill.lane;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Events that wait for their next attempt, the earliest due first. Belongs to the lane's thread.
final class RetryQueue {
    private final PriorityQueue<Work> waiting = new PriorityQueue<>(
            Comparator.<Work>comparingLong(work -> work.dueAt).thenComparingLong(work -> work.sequence));

    void add(Work work) {
        waiting.add(work);
    }

    /// Takes the first event that is due, or null.
    @Nullable
    Work pollDue(long now) {
        Work first = waiting.peek();
        return first != null && first.dueAt <= now ? waiting.poll() : null;
    }

    /// Returns whether it waited here.
    boolean remove(Work work) {
        return waiting.remove(work);
    }

    /// When the first one is due; [Long#MAX_VALUE] when none waits.
    long nextDue() {
        Work first = waiting.peek();
        return first == null ? Long.MAX_VALUE : first.dueAt;
    }

    /// Lets all of them go in whole batches again.
    void unsplit() {
        waiting.forEach(work -> work.batchLimit = Integer.MAX_VALUE);
    }

    /// Makes all of them due at once, oldest event first.
    void allDue(long now) {
        List<Work> all = new ArrayList<>(waiting);
        waiting.clear();
        all.forEach(work -> work.dueAt = Math.min(work.dueAt, now));
        waiting.addAll(all);
    }
}
