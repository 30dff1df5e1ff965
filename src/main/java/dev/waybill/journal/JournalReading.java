package dev.waybill.journal;

import dev.waybill.journal.Entry.Attempted;
import dev.waybill.journal.Entry.Decided;
import dev.waybill.journal.Entry.Marked;
import dev.waybill.segments.Cursor;
import dev.waybill.segments.Item;
import dev.waybill.segments.SegmentedLog;
import java.util.ArrayList;
import java.util.List;

/// Reads entries back out of a journal.
final class JournalReading {
    /// What a single question gets at most.
    static final int MAX_ENTRIES = 10_000;

    private JournalReading() {}

    static List<Entry> entriesFor(SegmentedLog log, LaneState state, long first, long end) {
        List<Entry> found = new ArrayList<>();
        for (long[] stretch : state.stretches(first, end)) {
            try (Cursor cursor = log.cursor(stretch[0])) {
                for (Item item = cursor.next(stretch[1]);
                        item != null && found.size() < MAX_ENTRIES;
                        item = cursor.next(stretch[1])) {
                    if (item instanceof SegmentedLog.Frame frame && !StateFrame.is(frame.payload())) {
                        add(found, frame.payload(), first, end);
                    }
                }
            }
        }
        return found;
    }

    private static void add(List<Entry> found, byte[] payload, long first, long end) {
        Entry entry;
        try {
            entry = EntryCodec.decode(payload);
        } catch (IllegalArgumentException damaged) {
            // Reported when the journal was opened.
            return;
        }
        boolean wanted = switch (entry) {
            case Decided decided -> decided.first() < end && decided.next() > first;
            case Attempted attempted -> attempted.sequence() >= first && attempted.sequence() < end;
            case Marked _ -> false;
        };
        if (wanted) {
            found.add(entry);
        }
    }
}
