package dev.waybill.segments;

import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.channels.FileChannel;
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

    /// Makes the directory and what is missing above it, durably: a segment is worth no more than the way to
    /// it.
    static void create(Path dir) throws IOException {
        Path absolute = dir.toAbsolutePath();
        Path parent = absolute.getParent();
        if (Files.isDirectory(absolute) || parent == null) {
            return;
        }
        create(parent);
        Files.createDirectories(absolute);
        force(parent);
    }

    /// Makes created, renamed and deleted names durable.
    static void force(Path dir) throws IOException {
        try (FileChannel channel = FileChannel.open(dir, READ)) {
            channel.force(true);
        }
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
