package dev.waybill.segments;

import static dev.waybill.segments.FrameFormat.SEGMENT_HEADER;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Finds out what a directory still holds. See the package's description.
final class Recovery {
    private static final int SCAN_BUFFER = 256 << 10;

    /// What was found.
    ///
    /// @param segments in order; all sealed but for the last, when it may grow
    /// @param growable whether the last one may grow; if not, or if there is none, a new one begins at `next`
    /// @param marker begins the frames of new segments
    record Found(List<SegmentFile> segments, boolean growable, int marker, long next) {}

    private final Path dir;
    private final DamageReports reports;
    private final Map<Long, ByteBuffer> headers = new TreeMap<>();

    Recovery(Path dir, DamageReports reports) {
        this.dir = dir;
        this.reports = reports;
    }

    Found run(long minNextSequence) throws IOException {
        List<Long> firsts = Directory.firsts(dir);
        int marker = marker(firsts);
        List<SegmentFile> segments = new ArrayList<>();
        boolean growable = false;
        for (int i = 0; i < firsts.size(); i++) {
            long first = firsts.get(i);
            boolean last = i == firsts.size() - 1;
            long bound = last ? Long.MAX_VALUE : firsts.get(i + 1);
            SegmentFile segment = segment(first, marker);
            if (last) {
                growable = recoverActive(segment);
                if (segment.extent().next() == first && !growable) {
                    continue;
                }
            } else {
                recoverSealed(segment, bound);
            }
            segments.add(segment);
        }
        long next = segments.isEmpty()
                ? (firsts.isEmpty() ? 0 : firsts.getLast())
                : segments.getLast().extent().next();
        if (!firsts.isEmpty()) {
            next = Math.max(next, firsts.getLast());
        }
        if (minNextSequence > next) {
            growable = false;
            if (!segments.isEmpty()) {
                SegmentFile end = segments.getLast();
                reports.met(
                        end.path,
                        end.extent().end(),
                        next,
                        minNextSequence,
                        "The log ends before sequences that are known elsewhere");
            }
            next = minNextSequence;
        }
        return new Found(segments, growable, marker, next);
    }

    private int marker(List<Long> firsts) throws IOException {
        for (long first : firsts) {
            Path path = SegmentFile.path(dir, first);
            try (FileChannel channel = FileChannel.open(path, READ)) {
                ByteBuffer header = ByteBuffer.allocate(SEGMENT_HEADER);
                while (header.hasRemaining() && channel.read(header) >= 0) {
                    // A header may come in pieces.
                }
                header.flip();
                if (FrameFormat.isSegmentHeader(header, first)) {
                    headers.put(first, header);
                } else {
                    reports.met(path, 0, first, first, "A damaged segment header");
                }
            }
        }
        if (!headers.isEmpty()) {
            return FrameFormat.markerOf(headers.values().iterator().next());
        }
        return firsts.isEmpty() ? new SecureRandom().nextInt() : markerOfFirstFrame(firsts.getLast());
    }

    /// The only header is lost, so the first frame must tell how frames begin; scanning will check whether it
    /// does.
    private int markerOfFirstFrame(long first) throws IOException {
        try (FileChannel channel = FileChannel.open(SegmentFile.path(dir, first), READ)) {
            ByteBuffer marker = ByteBuffer.allocate(Integer.BYTES);
            while (marker.hasRemaining() && channel.read(marker, SEGMENT_HEADER + marker.position()) >= 0) {
                // As above.
            }
            return marker.hasRemaining() ? new SecureRandom().nextInt() : marker.getInt(0);
        }
    }

    private SegmentFile segment(long first, int marker) {
        ByteBuffer header = headers.get(first);
        return new SegmentFile(
                SegmentFile.path(dir, first), first, header == null ? marker : FrameFormat.markerOf(header));
    }

    private void recoverSealed(SegmentFile segment, long bound) throws IOException {
        long length = Files.size(segment.path);
        if (!IndexFile.read(segment, length)) {
            scan(segment, length, bound);
            IndexFile.write(segment, length);
        }
        SegmentFile.Extent extent = segment.extent();
        if (extent.next() < bound) {
            reports.met(segment.path, extent.end(), extent.next(), bound, "Frames are lost at the end of a segment");
        }
    }

    /// Returns whether the segment may grow.
    private boolean recoverActive(SegmentFile segment) throws IOException {
        long length = Files.size(segment.path);
        scan(segment, length, Long.MAX_VALUE);
        long end = segment.extent().end();
        boolean empty = segment.extent().next() == segment.first;
        if (!headers.containsKey(segment.first)) {
            if (empty && length <= SEGMENT_HEADER) {
                Files.delete(segment.path);
            } else if (empty) {
                Files.move(
                        segment.path,
                        segment.path.resolveSibling(SegmentFile.stem(segment.first) + ".damaged"),
                        REPLACE_EXISTING);
            }
            return false;
        }
        try (FileChannel channel = FileChannel.open(segment.path, WRITE)) {
            if (end < length) {
                channel.truncate(end);
                String what = "A torn tail of %d bytes was cut".formatted(length - end);
                reports.met(
                        segment.path,
                        end,
                        segment.extent().next(),
                        segment.extent().next(),
                        what);
            }
            // What a killed process wrote but didn't force is readable now, so it must be durable now.
            channel.force(true);
        }
        return true;
    }

    private void scan(SegmentFile segment, long length, long bound) throws IOException {
        SparseIndex.Start start = new SparseIndex.Start(segment.first, SEGMENT_HEADER);
        try (FrameReader reader = new FrameReader(segment, start, SCAN_BUFFER)) {
            long expected = segment.first;
            while (reader.advance(length, bound)) {
                if (reader.sequence() > expected) {
                    reports.met(segment.path, reader.damagedAt(), expected, reader.sequence(), "Damaged frames");
                }
                expected = reader.expected();
                segment.index.note(reader.sequence(), reader.framePosition(), reader.time());
            }
            segment.publish(expected, reader.position());
        }
    }
}
