package dev.waybill.api;

import dev.waybill.journal.Entry;
import dev.waybill.journal.History;
import dev.waybill.lane.LaneView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a lane did with a stretch of positions.
final class LaneHistory {
    private final LaneView lane;
    private final long end;
    private final History history;

    LaneHistory(LaneView lane, long first, long end) {
        this.lane = lane;
        this.end = lane.lane().isPresent() ? Long.MAX_VALUE : lane.journal().highestKnown();
        this.history = new History(lane.journal(), first, end);
    }

    LaneView lane() {
        return lane;
    }

    /// Whether the event at that position ever was this lane's: not before its start, not after its removal.
    boolean concerns(long position) {
        return position >= lane.journal().start() && position < end;
    }

    /// How the event ended; null when it is pending.
    Entry.@Nullable Decided decided(long position) {
        return history.decided(position);
    }

    /// The attempts that failed and were to be repeated, oldest first.
    List<Entry.Attempted> attempts(long position) {
        return history.attempts(position);
    }
}
