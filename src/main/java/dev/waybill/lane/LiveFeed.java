package dev.waybill.lane;

import dev.waybill.decide.Decider.Traffic;
import dev.waybill.journal.LaneJournal;
import dev.waybill.log.EventLog;
import dev.waybill.log.LogItem;
import dev.waybill.log.LogReader;
import dev.waybill.outcome.Reason;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// The log in order, from the first event without an outcome on; what already has one is passed over.
final class LiveFeed implements Feed, AutoCloseable {
    /// How many decided events are read over rather than jumped over: after a restart a hundred thousand that wait for
    /// an identifier may stand one by one between others.
    private static final int NEAR = 32;

    private final EventLog log;
    private final LaneJournal journal;
    private LogReader reader;
    private long position;
    /// Whether the reader failed and must be opened anew.
    private boolean broken;

    LiveFeed(EventLog log, LaneJournal journal) {
        this.log = log;
        this.journal = journal;
        this.position = journal.firstUndecided();
        this.reader = log.reader(position);
    }

    @Override
    public @Nullable Item next() {
        seek(journal.nextUndecided(position));
        LogItem item = position < log.end() ? read() : null;
        long readable = item == null ? log.first() : item.sequence();
        if (readable > position) {
            long count = undecided(readable);
            Item dropped = overflow(position, count);
            seek(position + count);
            return dropped;
        }
        if (item == null) {
            return null;
        }
        long count = undecided(item.next());
        Item found = item(item, position, count);
        if (position + count == item.next()) {
            position = item.next();
        } else {
            seek(position + count);
        }
        return found;
    }

    private @Nullable LogItem read() {
        try {
            return reader.next();
        } catch (UncheckedIOException e) {
            broken = true;
            throw e;
        }
    }

    /// How many events in a row, from the position on and before that end, have no outcome.
    private long undecided(long end) {
        return end == position + 1 ? 1 : Math.min(end, journal.nextDecided(position)) - position;
    }

    private void seek(long sequence) {
        if (!broken && sequence > position && sequence - position <= NEAR) {
            while (reader.position() < sequence && read() != null) {
                // passed over
            }
        }
        if (broken || (sequence != position && sequence != reader.position())) {
            reader.close();
            reader = log.reader(sequence);
            broken = false;
        }
        position = sequence;
    }

    @Override
    public Item read(long sequence) {
        return log.read(sequence).map(item -> item(item, sequence, 1)).orElseGet(() -> overflow(sequence, 1));
    }

    private static Item item(LogItem item, long sequence, long count) {
        return switch (item) {
            case LogItem.Entry entry -> new Found(sequence, entry.record());
            case LogItem.Damaged damaged -> new Gone(sequence, count, Reason.LOG_DAMAGED, damaged.where());
        };
    }

    private static Item overflow(long sequence, long count) {
        return new Gone(sequence, count, Reason.LOG_OVERFLOW, "dropped from the log before it was sent");
    }

    @Override
    public LaneJournal journal() {
        return journal;
    }

    @Override
    public long logSequence(long sequence) {
        return sequence;
    }

    @Override
    public Traffic traffic() {
        return Traffic.LIVE;
    }

    /// The sequence that is looked at next: everything before it was given out or has an outcome.
    long position() {
        return position;
    }

    @Override
    public void close() {
        reader.close();
    }
}
