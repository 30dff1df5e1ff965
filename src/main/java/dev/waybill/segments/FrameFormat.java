package dev.waybill.segments;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// The bytes of segment headers and frames; see the package's description.
final class FrameFormat {
    static final int SEGMENT_MAGIC = 0x57425347;
    static final int SEGMENT_VERSION = 1;
    static final int SEGMENT_HEADER = 24;
    static final int FRAME_HEADER = 28;
    static final int MAX_PAYLOAD = 16 << 20;

    /// Where the checked part of a frame begins.
    static final int CHECKED = 12;

    private FrameFormat() {}

    /// Encodes at the buffer's position, which must have room.
    static void encodeFrame(ByteBuffer to, int marker, long sequence, long time, byte[] head, byte[] body) {
        int start = to.position();
        to.putInt(marker).putInt(head.length + body.length).putInt(0);
        to.putLong(sequence).putLong(time).put(head).put(body);
        int end = to.position();
        int limit = to.limit();
        CRC32C crc = new CRC32C();
        crc.update(to.limit(end).position(start + CHECKED));
        to.limit(limit).position(end);
        to.putInt(start + 8, (int) crc.getValue());
    }

    static ByteBuffer encodeSegmentHeader(long first, int marker) {
        ByteBuffer header = ByteBuffer.allocate(SEGMENT_HEADER);
        header.putInt(SEGMENT_MAGIC).putInt(SEGMENT_VERSION).putLong(first).putInt(marker);
        return header.putInt(checksum(header.slice(0, header.position()))).flip();
    }

    /// Whether the bytes are a whole and right header of the segment that begins with that sequence.
    static boolean isSegmentHeader(ByteBuffer header, long first) {
        return header.remaining() == SEGMENT_HEADER
                && header.getInt(0) == SEGMENT_MAGIC
                && header.getInt(4) == SEGMENT_VERSION
                && header.getLong(8) == first
                && header.getInt(20) == checksum(header.slice(0, 20));
    }

    static int markerOf(ByteBuffer header) {
        return header.getInt(16);
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    static int checksum(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
