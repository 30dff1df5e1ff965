package dev.waybill.segments;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/// Reads a [SegmentedLog] in order. Belongs to one thread.
public final class Cursor implements AutoCloseable {
    static final int STREAMING = 128 << 10;
    static final int SINGLE = 16 << 10;

    private final SegmentedLog log;
    private final int bufferBytes;
    private long expected;
    private long startedAt;
    private @Nullable SegmentFile segment;
    private @Nullable FrameReader reader;
    /// Whether the reader stands on a frame that was not yet given out.
    private boolean ahead;

    Cursor(SegmentedLog log, long from, int bufferBytes) {
        this.log = log;
        this.expected = Math.max(from, log.first());
        this.startedAt = expected;
        this.bufferBytes = bufferBytes;
    }

    /// The sequence that [#next(long)] will look at.
    public long position() {
        return expected;
    }

    /// Where the last item begins: later than where the cursor stood when retention was faster.
    long startedAt() {
        return startedAt;
    }

    /// The next item before the limit, or null when there is none yet; a later call may find more.
    ///
    /// @param limit the sequence to stop before: what the caller knows to be durable
    /// @throws UncheckedIOException when the disk can't be read
    public @Nullable Item next(long limit) {
        long end = Math.min(limit, log.next());
        try {
            while (expected < end) {
                Item item = step(end);
                if (item != null) {
                    return item;
                }
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One item, or null when the cursor only moved.
    private @Nullable Item step(long end) throws IOException {
        SegmentFile current = segment;
        FrameReader frames = reader;
        if (current == null || frames == null) {
            return enter(end);
        }
        SegmentFile.Extent extent = current.extent();
        SegmentFile successor = current.successor();
        long bound = successor == null ? Long.MAX_VALUE : successor.first;
        if (!ahead && !frames.advance(extent.end(), bound)) {
            long upTo = successor == null ? extent.next() : successor.first;
            if (expected < upTo) {
                return lost(current, frames.position(), Math.min(upTo, end));
            }
            leave();
            return null;
        }
        ahead = true;
        if (frames.sequence() > expected) {
            return passedDamage(current, frames.damagedAt(), Math.min(frames.sequence(), end));
        }
        ahead = false;
        if (frames.sequence() < expected) {
            return null;
        }
        startedAt = expected++;
        return new SegmentedLog.Frame(frames.sequence(), frames.time(), frames.payload());
    }

    private @Nullable Item enter(long end) throws IOException {
        SegmentFile found = log.segmentOf(expected);
        expected = Math.max(expected, found.first);
        if (expected >= end) {
            return null;
        }
        try {
            segment = found;
            reader = new FrameReader(found, found.index.floor(expected, found.first), bufferBytes);
            return null;
        } catch (FileNotFoundException gone) {
            segment = null;
            if (Files.exists(found.path)) {
                // It is there and can't be opened now, for want of descriptors, say: nothing is lost by that.
                throw gone;
            }
            if (log.first() > found.first) {
                return null;
            }
            SegmentFile successor = found.successor();
            long upTo = successor == null ? found.extent().next() : successor.first;
            return lost(found, 0, Math.min(upTo, end));
        }
    }

    /// Nothing readable follows in the segment: what should, is lost.
    private Item lost(SegmentFile where, long position, long upTo) {
        Item item = passedDamage(where, position, upTo);
        leave();
        return item;
    }

    private Item passedDamage(SegmentFile where, long position, long upTo) {
        log.lost(where.path, position, expected, upTo);
        startedAt = expected;
        expected = upTo;
        return new Item.Lost(startedAt, upTo, DamageReports.where(where.path, position));
    }

    private void leave() {
        close();
        segment = null;
        reader = null;
        ahead = false;
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
        }
    }
}
