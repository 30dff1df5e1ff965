package dev.waybill.log;

import dev.waybill.segments.SegmentedLog.Frame;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// A record as the payload of a frame; see the package's description.
final class RecordPayload {
    private RecordPayload() {}

    /// All that stands before the body.
    static byte[] head(LogRecord record) {
        byte[] header = record.header().encode();
        return ByteBuffer.allocate(Integer.BYTES + header.length)
                .putInt(header.length)
                .put(header)
                .array();
    }

    /// @throws IllegalArgumentException when the payload is no record
    static LogRecord decode(Frame frame) {
        byte[] payload = frame.payload();
        int end = endOfHeader(payload);
        return new LogRecord(frame.time(), header(payload, end), Arrays.copyOfRange(payload, end, payload.length));
    }

    /// @throws IllegalArgumentException when the payload is no record
    static String messageId(Frame frame) {
        return header(frame.payload(), endOfHeader(frame.payload())).messageId();
    }

    private static int endOfHeader(byte[] payload) {
        if (payload.length < Integer.BYTES) {
            throw new IllegalArgumentException("a record of %d bytes".formatted(payload.length));
        }
        int length = ByteBuffer.wrap(payload).getInt();
        if (length < 0 || length > payload.length - Integer.BYTES) {
            throw new IllegalArgumentException(
                    "a record header of %d bytes in a record of %d".formatted(length, payload.length));
        }
        return Integer.BYTES + length;
    }

    private static RecordHeader header(byte[] payload, int end) {
        try {
            return RecordHeader.decode(ByteBuffer.wrap(payload, Integer.BYTES, end - Integer.BYTES));
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("a record header with a field cut short", e);
        }
    }
}
