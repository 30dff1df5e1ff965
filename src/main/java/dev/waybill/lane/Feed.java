package dev.waybill.lane;

import dev.waybill.decide.Decider.Traffic;
import dev.waybill.journal.LaneJournal;
import dev.waybill.log.LogRecord;
import dev.waybill.outcome.Reason;
import org.jspecify.annotations.Nullable;

/// Where a lane takes events from: the log itself, or the selection of a replay. Belongs to the lane's thread.
interface Feed {
    /// One thing met on the way.
    sealed interface Item {
        /// Its place in this feed: the sequence in the log, or the number in a replay's selection.
        long sequence();
    }

    record Found(long sequence, LogRecord record) implements Item {}

    /// Events that can't be read any more.
    ///
    /// @param count how many in a row
    record Gone(long sequence, long count, Reason reason, String detail) implements Item {}

    /// The next item that has no outcome and was not given out before, or null when there is none now.
    @Nullable
    Item next();

    /// One item again, for another attempt.
    Item read(long sequence);

    /// Where this feed's outcomes are kept.
    LaneJournal journal();

    /// The sequence in the log of an item of this feed.
    long logSequence(long sequence);

    Traffic traffic();
}
