package dev.waybill.data;

import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;

/// Makes directories, and the names in them, last through a crash of the machine. Safe for threads.
public final class DurableDirectory {
    private DurableDirectory() {}

    /// Makes the directory and what is missing above it, durably: a file is worth no more than the way to it.
    ///
    /// @param attributes of what is made; the process's own when there are none
    public static void create(Path dir, FileAttribute<?>... attributes) throws IOException {
        Path absolute = dir.toAbsolutePath();
        Path parent = absolute.getParent();
        if (Files.isDirectory(absolute) || parent == null) {
            return;
        }
        create(parent, attributes);
        Files.createDirectories(absolute, attributes);
        force(parent);
    }

    /// Makes created, renamed and deleted names durable.
    public static void force(Path dir) throws IOException {
        try (FileChannel channel = FileChannel.open(dir, READ)) {
            channel.force(true);
        }
    }
}
