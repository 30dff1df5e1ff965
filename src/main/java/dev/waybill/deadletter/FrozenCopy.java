package dev.waybill.deadletter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A log's directory as it is now, for opening it without touching the original: opening recovers, and so would cut the
/// tail that a running server is about to finish. Sealed segments never change, so links to them do; the last one is
/// copied.
///
/// @param dir the copy, readable by its owner only
record FrozenCopy(Path dir) {
    private static final Logger LOG = LoggerFactory.getLogger(FrozenCopy.class);

    static FrozenCopy of(Path original) throws IOException {
        List<Path> segments = List.of();
        if (Files.isDirectory(original)) {
            try (Stream<Path> files = Files.list(original)) {
                segments = files.filter(
                                file -> String.valueOf(file.getFileName()).endsWith(".log"))
                        .sorted()
                        .toList();
            }
        }
        FrozenCopy copy = new FrozenCopy(Files.createTempDirectory("waybill-dead-letters"));
        for (Path segment : segments) {
            try {
                copy.take(segment, segment.equals(segments.getLast()));
            } catch (NoSuchFileException dropped) {
                LOG.debug("{} was dropped meanwhile.", segment);
            }
        }
        return copy;
    }

    private void take(Path segment, boolean last) throws IOException {
        String name = String.valueOf(segment.getFileName());
        if (last) {
            Files.copy(segment, dir.resolve(name));
            return;
        }
        Files.createSymbolicLink(dir.resolve(name), segment.toAbsolutePath());
        String index = name.substring(0, name.length() - ".log".length()) + ".idx";
        Path beside = segment.resolveSibling(index);
        if (Files.exists(beside)) {
            Files.copy(beside, dir.resolve(index));
        }
    }

    void delete() {
        try (Stream<Path> files = Files.list(dir)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(dir);
        } catch (IOException e) {
            LOG.warn("The temporary directory {} could not be deleted.", dir, e);
        }
    }
}
