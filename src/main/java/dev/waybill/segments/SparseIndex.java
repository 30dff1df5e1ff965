package dev.waybill.segments;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Where some frames of a segment stand, about one per 64 KiB, and the range of its times.
///
/// Threads: the writer notes each frame before it is written; readers look up only sequences that they know
/// to be written.
final class SparseIndex {
    private static final int SPACING = 64 << 10;
    private static final int ENTRY = 3 * Long.BYTES;

    /// A place to start reading from.
    record Start(long sequence, long position) {}

    private long[] sequences = new long[4];
    private long[] positions = new long[4];
    private long[] newestBefore = new long[4];
    private int count;
    private long oldest = Long.MAX_VALUE;
    private long newest = Long.MIN_VALUE;

    /// Notes a frame; the frames of a segment come in order.
    synchronized void note(long sequence, long position, long time) {
        if (count == 0 || position - positions[count - 1] >= SPACING) {
            add(sequence, position, newest);
        }
        oldest = Math.min(oldest, time);
        newest = Math.max(newest, time);
    }

    private void add(long sequence, long position, long newestSoFar) {
        if (count == sequences.length) {
            sequences = Arrays.copyOf(sequences, 2 * count);
            positions = Arrays.copyOf(positions, 2 * count);
            newestBefore = Arrays.copyOf(newestBefore, 2 * count);
        }
        sequences[count] = sequence;
        positions[count] = position;
        newestBefore[count] = newestSoFar;
        count++;
    }

    /// The last noted frame at or before the sequence, else the segment's beginning.
    synchronized Start floor(long sequence, long first) {
        int found = Arrays.binarySearch(sequences, 0, count, sequence);
        int at = found >= 0 ? found : -found - 2;
        return at < 0 ? new Start(first, FrameFormat.SEGMENT_HEADER) : new Start(sequences[at], positions[at]);
    }

    /// The last noted frame before which every time is lower than the given one, else the segment's
    /// beginning.
    synchronized Start before(long time, long first) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (newestBefore[middle] < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0
                ? new Start(first, FrameFormat.SEGMENT_HEADER)
                : new Start(sequences[low - 1], positions[low - 1]);
    }

    synchronized long oldest() {
        return oldest;
    }

    synchronized long newest() {
        return newest;
    }

    synchronized int encodedBytes() {
        return 2 * Long.BYTES + Integer.BYTES + count * ENTRY;
    }

    synchronized void encode(ByteBuffer to) {
        to.putLong(oldest).putLong(newest).putInt(count);
        for (int i = 0; i < count; i++) {
            to.putLong(sequences[i]).putLong(positions[i]).putLong(newestBefore[i]);
        }
    }

    /// Reads what [#encode(ByteBuffer)] wrote; the caller has checked its checksum.
    synchronized void decode(ByteBuffer from) {
        oldest = from.getLong();
        newest = from.getLong();
        int entries = Math.min(from.getInt(), from.remaining() / ENTRY);
        for (int i = 0; i < entries; i++) {
            add(from.getLong(), from.getLong(), from.getLong());
        }
    }
}
