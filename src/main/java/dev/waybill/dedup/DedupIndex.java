package dev.waybill.dedup;

import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The first sequence of each messageId of the last hours, for all pipelines of a server.
///
/// A ring holds the ids in the order of arrival, in chunks that come and go with use; a table with linear
/// probing finds an id's place in the ring. An id costs 28 bytes in the ring and 7 to 16 in the table: 4
/// million take 146 MB, none take 30 KB.
///
/// Threads: any; see the package's description.
public final class DedupIndex {
    private static final int CHUNK_BITS = 14;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final int SMALLEST_TABLE = 1024;

    private static final class Chunk {
        final long[] high = new long[CHUNK];
        final long[] low = new long[CHUNK];
        final long[] sequence = new long[CHUNK];
        final int[] second = new int[CHUNK];
    }

    private final int maxIds;
    private final long windowSeconds;
    private final @Nullable Chunk[] chunks;
    private final int ringSize;
    /// Ring place + 1 of an id, or 0.
    private int[] table = new int[SMALLEST_TABLE];
    private int oldest;
    private int count;
    private long newestSecond;
    private boolean droppedForRoom;

    /// @param window how long an id is remembered; counted in seconds
    /// @param maxIds the most ids that are remembered; 1 to 500 million
    public DedupIndex(Duration window, int maxIds) {
        if (maxIds < 1 || maxIds > 500_000_000) {
            throw new IllegalArgumentException("maxIds is %d; 1 to 500000000 are allowed.".formatted(maxIds));
        }
        this.maxIds = maxIds;
        this.windowSeconds = window.toSeconds();
        this.chunks = new @Nullable Chunk[(maxIds >> CHUNK_BITS) + 2];
        this.ringSize = chunks.length << CHUNK_BITS;
    }

    /// Remembers an event, unless one with its id is remembered already: the first one wins.
    ///
    /// @param receivedAt milliseconds of the epoch
    public synchronized void add(MessageHash id, long sequence, long receivedAt) {
        long second = receivedAt / 1000;
        // A clock that was set back by more than the window must not make all that comes now look too old to keep.
        newestSecond = second < newestSecond - windowSeconds ? second : Math.max(newestSecond, second);
        forgetBefore(newestSecond - windowSeconds);
        if (place(id) >= 0) {
            return;
        }
        if (count == maxIds) {
            forgetOldest();
            droppedForRoom = true;
        }
        if ((count + 1) * 5L > table.length * 3L) {
            grow();
        }
        int place = (int) (((long) oldest + count) % ringSize);
        Chunk chunk = chunks[place >> CHUNK_BITS];
        if (chunk == null) {
            chunk = new Chunk();
            chunks[place >> CHUNK_BITS] = chunk;
        }
        int at = place & (CHUNK - 1);
        chunk.high[at] = id.high();
        chunk.low[at] = id.low();
        chunk.sequence[at] = sequence;
        chunk.second[at] = (int) second;
        count++;
        enter(place);
    }

    private void forgetBefore(long second) {
        while (count > 0 && secondAt(oldest) < second) {
            forgetOldest();
            droppedForRoom = false;
        }
    }

    private void forgetOldest() {
        remove(slotOf(oldest));
        int next = (oldest + 1) % ringSize;
        if (next >> CHUNK_BITS != oldest >> CHUNK_BITS) {
            chunks[oldest >> CHUNK_BITS] = null;
        }
        oldest = next;
        count--;
    }

    /// Takes an entry out of the table by moving back what linear probing had pushed behind it.
    private void remove(int slot) {
        int mask = table.length - 1;
        int hole = slot;
        for (int at = (hole + 1) & mask; table[at] != 0; at = (at + 1) & mask) {
            int home = (int) highAt(table[at] - 1) & mask;
            if (((at - home) & mask) >= ((at - hole) & mask)) {
                table[hole] = table[at];
                hole = at;
            }
        }
        table[hole] = 0;
    }

    private int slotOf(int place) {
        int mask = table.length - 1;
        int slot = (int) highAt(place) & mask;
        while (table[slot] != place + 1) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        table = new int[table.length * 2];
        for (int i = 0; i < count; i++) {
            enter((int) (((long) oldest + i) % ringSize));
        }
    }

    private void enter(int place) {
        int mask = table.length - 1;
        int slot = (int) highAt(place) & mask;
        while (table[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        table[slot] = place + 1;
    }

    private int place(MessageHash id) {
        int mask = table.length - 1;
        for (int slot = (int) id.high() & mask; table[slot] != 0; slot = (slot + 1) & mask) {
            int place = table[slot] - 1;
            Chunk chunk = chunk(place);
            int at = place & (CHUNK - 1);
            if (chunk.high[at] == id.high() && chunk.low[at] == id.low()) {
                return place;
            }
        }
        return -1;
    }

    private Chunk chunk(int place) {
        Chunk chunk = chunks[place >> CHUNK_BITS];
        if (chunk == null) {
            throw new IllegalStateException("Place %d of the ring is empty.".formatted(place));
        }
        return chunk;
    }

    private long highAt(int place) {
        return chunk(place).high[place & (CHUNK - 1)];
    }

    private long secondAt(int place) {
        return Integer.toUnsignedLong(chunk(place).second[place & (CHUNK - 1)]);
    }

    /// Whether an event repeats an earlier one: one of a lower sequence with the same id is remembered, and
    /// was received no longer than the window before.
    ///
    /// @param receivedAt milliseconds of the epoch, of the event asked about
    public boolean isDuplicate(String pipeline, String messageId, long sequence, long receivedAt) {
        OptionalLong first = firstSequence(MessageHash.of(pipeline, messageId), receivedAt);
        return first.isPresent() && first.getAsLong() < sequence;
    }

    /// The first sequence with that id, when it was received no longer than the window before that time.
    ///
    /// @param receivedAt milliseconds of the epoch
    public synchronized OptionalLong firstSequence(MessageHash id, long receivedAt) {
        int place = place(id);
        return place < 0 || receivedAt / 1000 - secondAt(place) > windowSeconds
                ? OptionalLong.empty()
                : OptionalLong.of(chunk(place).sequence[place & (CHUNK - 1)]);
    }

    /// How far back repeats are surely found: the window, or less where `maxIds` made older ids go.
    ///
    /// @param now milliseconds of the epoch
    public synchronized long effectiveWindowSeconds(long now) {
        return droppedForRoom && count > 0
                ? Math.clamp(now / 1000 - secondAt(oldest), 0, windowSeconds)
                : windowSeconds;
    }

    /// How many ids are remembered.
    synchronized int count() {
        return count;
    }

    /// The memory that the index holds, in bytes.
    synchronized long bytes() {
        long held = Arrays.stream(chunks).filter(chunk -> chunk != null).count();
        return held * CHUNK * (3L * Long.BYTES + Integer.BYTES) + (long) table.length * Integer.BYTES;
    }
}
