package dev.waybill.segments;

import static dev.waybill.segments.FrameFormat.CHECKED;
import static dev.waybill.segments.FrameFormat.FRAME_HEADER;
import static dev.waybill.segments.FrameFormat.MAX_PAYLOAD;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Walks over the readable frames of one segment, and finds the next one behind damage.
///
/// Not a FileChannel: an interrupt of the reading thread would close that. Belongs to one thread.
final class FrameReader implements AutoCloseable {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final RandomAccessFile file;
    private final int marker;
    private final int bufferBytes;
    private byte[] buffer;
    private long bufferStart;
    private int buffered;
    private long position;
    private long expected;

    private long sequence;
    private long time;
    private long damagedAt;
    private int payloadAt;
    private int payloadLength;

    FrameReader(SegmentFile segment, SparseIndex.Start start, int bufferBytes) throws IOException {
        this.file = new RandomAccessFile(segment.path.toFile(), "r");
        this.marker = segment.marker;
        this.bufferBytes = bufferBytes;
        this.buffer = new byte[bufferBytes];
        this.position = start.position();
        this.expected = start.sequence();
        this.bufferStart = position;
    }

    /// Goes to the next readable frame that ends at or before that position.
    ///
    /// @param end how far the file may be read
    /// @param bound the sequence of every frame is below it
    /// @return false when there is none; a later call with a later end may find one
    boolean advance(long end, long bound) throws IOException {
        long candidate = position;
        while (candidate + FRAME_HEADER <= end) {
            if (isFrame(candidate, end, bound)) {
                damagedAt = position;
                expected = sequence + 1;
                position = candidate + FRAME_HEADER + payloadLength;
                return true;
            }
            candidate = nextMarker(candidate + 1, end);
        }
        return false;
    }

    private boolean isFrame(long at, long end, long bound) throws IOException {
        if (!buffer(at, FRAME_HEADER, end)) {
            return false;
        }
        int offset = (int) (at - bufferStart);
        if ((int) INT.get(buffer, offset) != marker) {
            return false;
        }
        int length = (int) INT.get(buffer, offset + 4);
        long found = (long) LONG.get(buffer, offset + CHECKED);
        // Frames that were lost on the way took their room too: a higher sequence than that allows is not ours.
        long most = expected + (at - position) / FRAME_HEADER;
        if (length < 0 || length > MAX_PAYLOAD || found < expected || found > most || found >= bound) {
            return false;
        }
        if (at + FRAME_HEADER + length > end || !buffer(at, FRAME_HEADER + length, end)) {
            return false;
        }
        offset = (int) (at - bufferStart);
        int checksum = (int) INT.get(buffer, offset + 8);
        if (checksum != FrameFormat.checksum(buffer, offset + CHECKED, FRAME_HEADER - CHECKED + length)) {
            return false;
        }
        sequence = found;
        time = (long) LONG.get(buffer, offset + CHECKED + Long.BYTES);
        payloadAt = offset + FRAME_HEADER;
        payloadLength = length;
        return true;
    }

    private long nextMarker(long from, long end) throws IOException {
        long at = from;
        while (buffer(at, Integer.BYTES, end)) {
            int last = buffered - Integer.BYTES;
            for (int offset = (int) (at - bufferStart); offset <= last; offset++) {
                if ((int) INT.get(buffer, offset) == marker) {
                    return bufferStart + offset;
                }
            }
            at = bufferStart + last + 1;
        }
        return end;
    }

    /// Makes the bytes at that position available in the buffer; false when the file has not so many.
    private boolean buffer(long at, int length, long end) throws IOException {
        if (at >= bufferStart && at + length <= bufferStart + buffered) {
            return true;
        }
        int kept = 0;
        byte[] target = length > bufferBytes ? new byte[length] : buffer.length == bufferBytes ? buffer : null;
        if (target == null) {
            target = new byte[bufferBytes];
        }
        if (at >= bufferStart && at < bufferStart + buffered) {
            kept = (int) Math.min(bufferStart + buffered - at, target.length);
            System.arraycopy(buffer, (int) (at - bufferStart), target, 0, kept);
        }
        buffer = target;
        bufferStart = at;
        buffered = kept;
        file.seek(at + kept);
        int wanted = (int) Math.min(target.length, end - at);
        while (buffered < wanted) {
            int read = file.read(target, buffered, wanted - buffered);
            if (read < 0) {
                break;
            }
            buffered += read;
        }
        return buffered >= length;
    }

    /// The sequence of the frame that [#advance(long,long)] found.
    long sequence() {
        return sequence;
    }

    long time() {
        return time;
    }

    byte[] payload() {
        return Arrays.copyOfRange(buffer, payloadAt, payloadAt + payloadLength);
    }

    /// Where the frame stood that was expected before the found one: the place of the damage, if any was
    /// passed.
    long damagedAt() {
        return damagedAt;
    }

    /// Where the found frame stands.
    long framePosition() {
        return position - FRAME_HEADER - payloadLength;
    }

    /// The position behind the last found frame.
    long position() {
        return position;
    }

    /// The sequence behind the last found frame.
    long expected() {
        return expected;
    }

    /// Gives up everything before: the next frame is looked for there.
    void skipTo(long newPosition, long newExpected) {
        position = newPosition;
        expected = newExpected;
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException onlyRead) {
            // Nothing was written through this handle, so nothing can be lost.
        }
    }
}
