package dev.waybill.log;

import dev.waybill.dedup.MessageHash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/// The ids of the events of one segment or more, in order, and the file that keeps those of a sealed one.
///
/// Not for more than one thread at a time.
final class SegmentIds {
    private static final int MAGIC = 0x57424944;
    private static final int VERSION = 1;
    private static final int HEAD = 2 * Integer.BYTES + Long.BYTES + Integer.BYTES;
    private static final int ID = Long.BYTES + Integer.BYTES + 2 * Long.BYTES;
    private static final long MAX_BYTES = 1L << 30;

    private byte[] ids = new byte[16 * ID];
    private int count;

    void add(long sequence, long receivedAt, MessageHash hash) {
        if ((count + 1) * ID > ids.length) {
            ids = Arrays.copyOf(ids, 2 * ids.length);
        }
        ByteBuffer.wrap(ids, count * ID, ID)
                .putLong(sequence)
                .putInt((int) (receivedAt / 1000))
                .putLong(hash.high())
                .putLong(hash.low());
        count++;
    }

    int count() {
        return count;
    }

    long sequence(int i) {
        return ByteBuffer.wrap(ids).getLong(i * ID);
    }

    long receivedSecond(int i) {
        return Integer.toUnsignedLong(ByteBuffer.wrap(ids).getInt(i * ID + Long.BYTES));
    }

    MessageHash hash(int i) {
        ByteBuffer at = ByteBuffer.wrap(ids, i * ID + Long.BYTES + Integer.BYTES, 2 * Long.BYTES);
        return new MessageHash(at.getLong(), at.getLong());
    }

    /// Takes away the ids before the sequence, and returns them.
    SegmentIds takeBefore(long sequence) {
        int taken = 0;
        while (taken < count && sequence(taken) < sequence) {
            taken++;
        }
        SegmentIds before = new SegmentIds();
        before.ids = Arrays.copyOf(ids, taken * ID);
        before.count = taken;
        ids = Arrays.copyOfRange(ids, taken * ID, Math.max(count, taken + 16) * ID);
        count -= taken;
        return before;
    }

    private static Path path(Path segment) {
        String name = String.valueOf(segment.getFileName());
        return segment.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".ids");
    }

    /// Writes the file beside a sealed segment.
    ///
    /// @param next the sequence behind the segment
    void write(Path segment, long next) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(HEAD + count * ID + Integer.BYTES);
        out.putInt(MAGIC).putInt(VERSION).putLong(next).putInt(count).put(ids, 0, count * ID);
        out.putInt(checksum(out.slice(0, out.position())));
        Files.write(path(segment), out.array());
    }

    /// Reads the file beside a sealed segment; empty when there is no right one.
    static Optional<SegmentIds> read(Path segment, long next) {
        try {
            Path path = path(segment);
            if (!Files.isRegularFile(path) || Files.size(path) > MAX_BYTES) {
                return Optional.empty();
            }
            ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(path));
            int checked = in.capacity() - Integer.BYTES;
            if (checked < HEAD
                    || in.getInt(checked) != checksum(in.slice(0, checked))
                    || in.getInt() != MAGIC
                    || in.getInt() != VERSION
                    || in.getLong() != next
                    || (long) in.getInt() * ID != checked - HEAD) {
                return Optional.empty();
            }
            SegmentIds read = new SegmentIds();
            read.count = (checked - HEAD) / ID;
            read.ids = new byte[checked - HEAD];
            in.get(read.ids);
            return Optional.of(read);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
