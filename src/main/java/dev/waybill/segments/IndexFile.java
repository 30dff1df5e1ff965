package dev.waybill.segments;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The index beside a sealed segment: a shortcut past the scan. Any doubt about it means scanning.
final class IndexFile {
    private static final Logger LOG = LoggerFactory.getLogger(IndexFile.class);
    private static final int MAGIC = 0x57424958;
    private static final int VERSION = 1;
    private static final int FIXED = 2 * Integer.BYTES + 3 * Long.BYTES + 2 * Long.BYTES + Integer.BYTES;
    private static final long MAX_BYTES = 64L << 20;

    private IndexFile() {}

    static Path path(SegmentFile segment) {
        return segment.path.resolveSibling(SegmentFile.stem(segment.first) + ".idx");
    }

    /// Writes what is known; a failure costs only the time of the next start.
    static void write(SegmentFile segment, long length) {
        SegmentFile.Extent extent = segment.extent();
        ByteBuffer out =
                ByteBuffer.allocate(2 * Integer.BYTES + 3 * Long.BYTES + segment.index.encodedBytes() + Integer.BYTES);
        out.putInt(MAGIC).putInt(VERSION).putLong(length).putLong(extent.end()).putLong(extent.next());
        segment.index.encode(out);
        out.putInt(FrameFormat.checksum(out.array(), 0, out.position()));
        try {
            Files.write(path(segment), out.array());
        } catch (IOException e) {
            LOG.warn("The index of {} could not be written, the next start will take longer.", segment.path, e);
        }
    }

    /// Fills the segment from its index; false, and nothing filled, when there is no right one for that file
    /// length.
    static boolean read(SegmentFile segment, long length) {
        try {
            Path path = path(segment);
            if (!Files.isRegularFile(path) || Files.size(path) > MAX_BYTES) {
                return false;
            }
            byte[] bytes = Files.readAllBytes(path);
            int checked = bytes.length - Integer.BYTES;
            ByteBuffer in = ByteBuffer.wrap(bytes);
            if (checked < FIXED
                    || in.getInt(checked) != FrameFormat.checksum(bytes, 0, checked)
                    || in.getInt() != MAGIC
                    || in.getInt() != VERSION
                    || in.getLong() != length) {
                return false;
            }
            long end = in.getLong();
            long next = in.getLong();
            segment.index.decode(in);
            segment.publish(next, end);
            return true;
        } catch (IOException unreadable) {
            return false;
        }
    }
}
