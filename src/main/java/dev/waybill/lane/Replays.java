package dev.waybill.lane;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The replays that one lane works on, one after the other. Belongs to the lane's thread.
final class Replays {
    /// Events of one replay that may wait for another attempt before it goes no further.
    private static final int MAX_UNRESOLVED = 1_000;

    private final List<ReplayFeed> feeds = new ArrayList<>();
    private final Map<Feed, Integer> unresolved = new HashMap<>();

    /// A replay's next event.
    record Next(Work work, Feed.Item item) {}

    void add(ReplayFeed feed) {
        feed.rewind();
        feeds.add(feed);
        unresolved.put(feed, 0);
    }

    @Nullable
    Next next() {
        for (Iterator<ReplayFeed> each = feeds.iterator(); each.hasNext(); ) {
            ReplayFeed feed = each.next();
            int open = unresolved.getOrDefault(feed, 0);
            Feed.Item item = open < MAX_UNRESOLVED ? feed.next() : null;
            if (item != null) {
                unresolved.put(feed, open + 1);
                return new Next(new Work(feed, item.sequence(), feed.journal().attempts(item.sequence())), item);
            }
            if (open == 0) {
                each.remove();
                unresolved.remove(feed);
            }
        }
        return null;
    }

    void resolved(Work work) {
        unresolved.merge(work.feed, -1, Integer::sum);
    }
}
