package dev.waybill.segments;

import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One segment: its file, what begins its frames, how far it is written, and where its frames stand.
///
/// Threads: the writer publishes; anybody reads.
final class SegmentFile {
    private static final String SUFFIX = ".log";
    private static final int DIGITS = 20;

    /// How far a segment can be read; both values belong to the same moment.
    ///
    /// @param next the sequence behind the last readable frame
    /// @param end the position behind the last readable frame
    record Extent(long next, long end) {}

    final Path path;
    final long first;
    final int marker;
    final SparseIndex index = new SparseIndex();
    private volatile Extent extent;
    private volatile @Nullable SegmentFile successor;

    SegmentFile(Path path, long first, int marker) {
        this.path = path;
        this.first = first;
        this.marker = marker;
        this.extent = new Extent(first, FrameFormat.SEGMENT_HEADER);
    }

    static Path path(Path dir, long first) {
        return dir.resolve(stem(first) + SUFFIX);
    }

    /// What the names of all files of a segment begin with.
    static String stem(long first) {
        return String.format(Locale.ROOT, "%0" + DIGITS + "d", first);
    }

    /// The first sequence that a file's name tells; empty when the file is no segment.
    static OptionalLong firstOf(Path file) {
        String name = String.valueOf(file.getFileName());
        if (name.length() != DIGITS + SUFFIX.length() || !name.endsWith(SUFFIX)) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(name, 0, DIGITS, 10));
        } catch (NumberFormatException notASegment) {
            return OptionalLong.empty();
        }
    }

    Extent extent() {
        return extent;
    }

    void publish(long next, long end) {
        extent = new Extent(next, end);
    }

    /// The segment behind this one, dropped or not; null while this one is the active one.
    @Nullable
    SegmentFile successor() {
        return successor;
    }

    void succeededBy(SegmentFile segment) {
        successor = segment;
    }

    Segment view() {
        Extent now = extent;
        return new Segment(first, now.next(), now.end(), index.oldest(), index.newest(), path);
    }
}
