package dev.waybill.lane;

import dev.waybill.event.Event;
import dev.waybill.kit.Answer;
import dev.waybill.kit.Mapped;
import dev.waybill.log.LogRecord;
import org.jspecify.annotations.Nullable;

/// One event on its way through a lane. Belongs to the lane's thread.
final class Work {
    final Feed feed;
    final long sequence;

    /// Attempts made so far, those before a restart included.
    int attempts;

    /// When it may be tried again, in milliseconds of the epoch.
    long dueAt;

    /// The most events that may go in a request with it: a refused batch is halved. See [dev.waybill.kit.BatchRule].
    int batchLimit = Integer.MAX_VALUE;

    /// The round in which a success showed that the setup works after this event was answered by blaming it: the next
    /// such answer of that round is about the event itself. 0 when there was none. See [Suspicion].
    int confirmedIn;

    /// The identifier that was joined to it, kept for every further attempt; null when there is none.
    @Nullable
    Joined joined;

    /// Whether it has waited for an identifier as long as it may.
    boolean waited;

    /// The last answer, kept while the verdict on it is open.
    @Nullable
    Refusal refusal;

    Work(Feed feed, long sequence, int attempts) {
        this.feed = feed;
        this.sequence = sequence;
        this.attempts = attempts;
    }

    /// An answer that may turn out to be the event's last.
    ///
    /// @param since when it came, in milliseconds of the epoch
    record Refusal(LogRecord record, Event event, Mapped.Deliver sent, int revision, Answer answer, long since) {}
}
