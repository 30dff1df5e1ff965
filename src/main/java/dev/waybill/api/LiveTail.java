package dev.waybill.api;

import dev.waybill.event.Event;
import dev.waybill.http.Refusal;
import dev.waybill.journal.Entry;
import dev.waybill.journal.LaneKey;
import dev.waybill.kit.Mapped;
import dev.waybill.lane.LaneTap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells those who watch of each outcome as it happens. With nobody watching a lane pays one look at an empty array;
/// else a comparison and a place in a bounded queue for each watcher, never a wait. Safe for threads.
public final class LiveTail implements LaneTap, AutoCloseable {
    static final int MAX_WATCHERS = 32;
    private static final Watcher[] NOBODY = {};

    private volatile Watcher[] watchers = NOBODY;
    private boolean closed;

    @Override
    public void decided(LaneKey lane, @Nullable Event event, Entry.Decided entry, Mapped.@Nullable Deliver request) {
        // What is told is the journal's entry; see ended.
    }

    @Override
    public void ended(LaneKey lane, Entry.Decided entry) {
        for (Watcher watcher : watchers) {
            watcher.offer(lane, entry);
        }
    }

    /// Begins to watch.
    ///
    /// @throws Refusal 503 when too many watch already, or when the server stops
    synchronized Watcher watch(EventFilter filter) {
        if (closed) {
            throw new Refusal(503, "stopping", "the server stops; ask again when it has started", 1);
        }
        List<Watcher> all = new ArrayList<>(List.of(watchers));
        if (all.size() >= MAX_WATCHERS) {
            throw new Refusal(
                    503,
                    "too_many_streams",
                    "%d streams are open, and no more are allowed; close a page that shows live events"
                            .formatted(MAX_WATCHERS),
                    5);
        }
        Watcher watcher = new Watcher(filter);
        all.add(watcher);
        watchers = all.toArray(NOBODY);
        return watcher;
    }

    synchronized void leave(Watcher watcher) {
        List<Watcher> all = new ArrayList<>(List.of(watchers));
        all.remove(watcher);
        watchers = all.toArray(NOBODY);
    }

    /// How many watch.
    public int watching() {
        return watchers.length;
    }

    /// Ends every stream, and lets none begin any more.
    @Override
    public synchronized void close() {
        closed = true;
        for (Watcher watcher : watchers) {
            watcher.end();
        }
    }
}
