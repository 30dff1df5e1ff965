package dev.waybill.segments;

import static dev.waybill.segments.FrameFormat.SEGMENT_HEADER;
import static java.nio.file.StandardOpenOption.READ;

import dev.waybill.segments.SegmentedLog.Frame;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A log's directory as it is now, for reading only, also while a server writes there: nothing is created, repaired,
/// cut or locked, and no index is needed. Where the end of the newest segment is half written, it ends before.
///
/// Frames may be seen that are not yet durable. Segments that retention drops meanwhile are passed over. Belongs to
/// one thread.
public final class LogSnapshot {
    private static final int BUFFER = 256 << 10;

    private final List<SegmentFile> segments;

    private LogSnapshot(List<SegmentFile> segments) {
        this.segments = List.copyOf(segments);
    }

    /// Looks at a directory; one that isn't there holds no segments.
    ///
    /// @throws IOException when it can't be read; damaged content never throws
    public static LogSnapshot of(Path dir) throws IOException {
        if (!Files.isDirectory(dir)) {
            return new LogSnapshot(List.of());
        }
        List<Long> firsts = Directory.firsts(dir);
        Integer usual = null;
        List<@Nullable Integer> markers = new ArrayList<>();
        for (long first : firsts) {
            Integer marker = marker(SegmentFile.path(dir, first), first);
            markers.add(marker);
            usual = usual == null ? marker : usual;
        }
        List<SegmentFile> segments = new ArrayList<>();
        for (int i = 0; i < firsts.size(); i++) {
            // As in recovery: a segment whose header is damaged is read with the log's marker.
            Integer own = markers.get(i);
            Integer marker = own == null ? usual : own;
            if (marker != null) {
                segments.add(new SegmentFile(SegmentFile.path(dir, firsts.get(i)), firsts.get(i), marker));
            }
        }
        return new LogSnapshot(segments);
    }

    private static @Nullable Integer marker(Path path, long first) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(SEGMENT_HEADER);
        try (FileChannel channel = FileChannel.open(path, READ)) {
            while (header.hasRemaining() && channel.read(header) >= 0) {
                // A header may come in pieces.
            }
        } catch (NoSuchFileException dropped) {
            return null;
        }
        header.flip();
        return FrameFormat.isSegmentHeader(header, first) ? FrameFormat.markerOf(header) : null;
    }

    /// How many segments there are; number 0 is the oldest.
    public int size() {
        return segments.size();
    }

    /// The first sequence of a segment.
    public long first(int segment) {
        return segments.get(segment).first;
    }

    /// Reads a segment's frames in order.
    ///
    /// @param from frames of lower sequences are passed over
    /// @return how many frames from there on can't be read any more
    /// @throws IOException when the disk can't be read
    public long read(int segment, long from, Consumer<Frame> frames) throws IOException {
        SegmentFile file = segments.get(segment);
        boolean newest = segment == segments.size() - 1;
        long bound = newest ? Long.MAX_VALUE : first(segment + 1);
        long expected = file.first;
        long lost = 0;
        try (FrameReader reader = new FrameReader(file, new SparseIndex.Start(file.first, SEGMENT_HEADER), BUFFER)) {
            long length = Files.size(file.path);
            while (reader.advance(length, bound)) {
                lost += gap(expected, reader.sequence(), from);
                expected = reader.expected();
                if (reader.sequence() >= from) {
                    frames.accept(new Frame(reader.sequence(), reader.time(), reader.payload()));
                }
            }
        } catch (FileNotFoundException | NoSuchFileException unopened) {
            if (Files.exists(file.path)) {
                throw unopened;
            }
            return 0;
        }
        return newest ? lost : lost + gap(expected, bound, from);
    }

    private static long gap(long expected, long found, long from) {
        return Math.max(0, found - Math.max(expected, from));
    }

    /// The sequence behind the last readable frame; 0 when there is none.
    ///
    /// @throws IOException when the disk can't be read
    public long next() throws IOException {
        if (segments.isEmpty()) {
            return 0;
        }
        long[] next = {first(size() - 1)};
        read(size() - 1, Long.MIN_VALUE, frame -> next[0] = frame.sequence() + 1);
        return next[0];
    }
}
