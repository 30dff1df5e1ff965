package dev.waybill.journal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a journal says about a stretch of positions: the whole of it, whatever its length. Belongs to one thread.
public final class History {
    private final LaneJournal journal;
    private final Map<Long, Told> told = new HashMap<>();

    /// What is known about one position.
    private static final class Told {
        private final List<Entry.Attempted> attempts = new ArrayList<>();
        private Entry.@Nullable Decided decided;
    }

    /// Reads the disk.
    ///
    /// @param end the position behind the last one
    public History(LaneJournal journal, long first, long end) {
        this.journal = journal;
        read(first, end);
    }

    /// A journal gives only so many entries at once: a full answer is asked for again in halves.
    private void read(long first, long end) {
        List<Entry> entries = journal.entriesFor(first, end);
        if (entries.size() >= JournalReading.MAX_ENTRIES && end - first > 1) {
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
                case Entry.Marked marked -> {}
            }
        }
    }

    private Told at(long position) {
        return told.computeIfAbsent(position, key -> new Told());
    }

    /// How the event ended; null when it is pending.
    public Entry.@Nullable Decided decided(long position) {
        Told known = told.get(position);
        return known == null ? null : known.decided;
    }

    /// The attempts that failed and were to be repeated, oldest first.
    public List<Entry.Attempted> attempts(long position) {
        Told known = told.get(position);
        return known == null ? List.of() : known.attempts;
    }
}
