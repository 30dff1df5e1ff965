package dev.waybill.lane;

import dev.waybill.journal.LaneKey;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// All lanes and replays of a server, for those who look at them or tell them what to do. Safe for threads.
public interface LaneBoard {
    /// Every lane with a journal, by key, removed ones included.
    List<LaneView> lanes();

    default Optional<LaneView> lane(LaneKey key) {
        return lanes().stream().filter(view -> view.key().equals(key)).findFirst();
    }

    /// Every replay kept, newest first.
    List<ReplayFeed> replays();

    /// Makes a replay durable and gives it to its lane.
    ///
    /// @param what what was asked for, for people
    /// @throws IllegalStateException when the lane was removed
    ReplayFeed replay(LaneView lane, String what, ReplayJobs.Selector selector) throws IOException;
}
