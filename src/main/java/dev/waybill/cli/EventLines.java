package dev.waybill.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// Lines of a stream as bytes, each kept only up to a limit, so that memory is bounded whatever comes. Belongs to one
/// thread.
final class EventLines {
    private final InputStream in;
    private final int maxBytes;
    private final byte[] buffer = new byte[64 << 10];
    private int position;
    private int filled;
    private int number;

    /// @param maxBytes of a longer line only the length is known
    EventLines(InputStream in, int maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    /// One line.
    ///
    /// @param number from 1
    /// @param length in bytes, without the line's end
    /// @param bytes null when there are more than the limit
    @SuppressWarnings("ArrayRecordComponent")
    record Line(int number, long length, byte @Nullable [] bytes) {
        boolean isBlank() {
            if (bytes == null) {
                return false;
            }
            for (byte b : bytes) {
                if (b != ' ' && b != '\t' && b != '\r') {
                    return false;
                }
            }
            return true;
        }
    }

    /// The next line; null at the end of the stream.
    @Nullable
    Line next() throws IOException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream(2048);
        long length = 0;
        while (true) {
            if (position == filled && !fill()) {
                return length == 0 ? null : line(length, kept);
            }
            int end = position;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            length += end - position;
            if (length <= maxBytes) {
                kept.write(buffer, position, end - position);
            }
            boolean complete = end < filled;
            position = complete ? end + 1 : end;
            if (complete) {
                return line(length, kept);
            }
        }
    }

    /// Whether a next line would be waited for.
    boolean idle() throws IOException {
        return position == filled && in.available() == 0;
    }

    private boolean fill() throws IOException {
        position = 0;
        filled = Math.max(0, in.read(buffer));
        return filled > 0;
    }

    private Line line(long length, ByteArrayOutputStream kept) {
        number++;
        return new Line(number, length, length <= maxBytes ? kept.toByteArray() : null);
    }
}
