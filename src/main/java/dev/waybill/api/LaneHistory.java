package dev.waybill.api;

import dev.waybill.journal.Entry;
import dev.waybill.lane.LaneView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a lane's journal says about a stretch of positions.
final class LaneHistory {
    /// A journal gives at most so many entries at once: then the stretch is read in halves.
    private static final int FULL = 10_000;

    private final LaneView lane;
    private final long end;
    private final Map<Long, Told> told = new HashMap<>();

    /// What is known about one position.
    private static final class Told {
        private final List<Entry.Attempted> attempts = new ArrayList<>();
        private Entry.@Nullable Decided decided;
    }

    LaneHistory(LaneView lane, long first, long end) {
        this.lane = lane;
        this.end = lane.lane().isPresent() ? Long.MAX_VALUE : lane.journal().highestKnown();
        read(first, end);
    }

    private void read(long first, long end) {
        List<Entry> entries = lane.journal().entriesFor(first, end);
        if (entries.size() >= FULL && end - first > 1) {
            long middle = first + (end - first) / 2;
            read(first, middle);
            read(middle, end);
            return;
        }
        for (Entry entry : entries) {
            switch (entry) {
                case Entry.Attempted attempted ->
                    at(attempted.sequence()).attempts.add(attempted);
                case Entry.Decided decided -> {
                    long from = Math.max(first, decided.first());
                    for (long position = from; position < Math.min(end, decided.next()); position++) {
                        Told known = at(position);
                        known.decided = known.decided == null ? decided : known.decided;
                    }
                }
                case Entry.Marked _ -> {}
            }
        }
    }

    private Told at(long position) {
        return told.computeIfAbsent(position, _ -> new Told());
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
        Told known = told.get(position);
        return known == null ? null : known.decided;
    }

    /// The attempts that failed and were to be repeated, oldest first.
    List<Entry.Attempted> attempts(long position) {
        Told known = told.get(position);
        return known == null ? List.of() : known.attempts;
    }
}
