package dev.waybill.segments;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// What a log does to its directory as a whole.
final class Directory {
    private Directory() {}

    /// The first sequences of all segments, ascending.
    static List<Long> firsts(Path dir) throws IOException {
        List<Long> firsts = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(dir)) {
            for (Path file : files) {
                OptionalLong first = SegmentFile.firstOf(file);
                if (first.isPresent()) {
                    firsts.add(first.getAsLong());
                }
            }
        }
        firsts.sort(null);
        return firsts;
    }

    /// Deletes a segment and what stands beside it, the segment itself last.
    static void delete(SegmentFile segment) throws IOException {
        Path dir = segment.path.toAbsolutePath().getParent();
        if (dir == null) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(dir, SegmentFile.stem(segment.first) + ".*")) {
            for (Path file : files) {
                if (SegmentFile.firstOf(file).isEmpty()) {
                    Files.deleteIfExists(file);
                }
            }
        }
        Files.deleteIfExists(segment.path);
    }
}
