package dev.waybill.lane;

import org.jspecify.annotations.Nullable;

/// Every event that waits for its next attempt, live ones apart from those of replays. Belongs to the lane's thread.
final class Waiting {
    private final RetryQueue live = new RetryQueue();
    private final RetryQueue replayed = new RetryQueue();

    /// Holds an event back until then.
    void add(Work work, long due) {
        work.dueAt = due;
        queue(work).add(work);
    }

    /// Returns whether it waited here.
    boolean remove(Work work) {
        return queue(work).remove(work);
    }

    private RetryQueue queue(Work work) {
        return work.feed instanceof ReplayFeed ? replayed : live;
    }

    @Nullable
    Work pollDue(long now) {
        return live.pollDue(now);
    }

    @Nullable
    Work pollDueReplay(long now) {
        return replayed.pollDue(now);
    }

    /// When the first one is due; [Long#MAX_VALUE] when none waits.
    long nextDue() {
        return Math.min(live.nextDue(), replayed.nextDue());
    }

    /// Makes all of them due at once.
    void allDue(long now) {
        live.allDue(now);
        replayed.allDue(now);
    }

    /// Lets all of them go in whole batches again.
    void unsplit() {
        live.unsplit();
        replayed.unsplit();
    }
}
