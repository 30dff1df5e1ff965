package dev.waybill.data;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes small files whole. After a crash there is the old file or the new one, nothing between.
public final class DurableFile {
    private DurableFile() {}

    /// Replaces the file and returns when that is durable. Only the owner may read it.
    ///
    /// One writer per file at a time. The directory must exist.
    public static void write(Path file, byte[] content) throws IOException {
        write(file, content, null);
    }

    /// As [#write(Path,byte[])].
    ///
    /// @param owner whose it becomes, as far as this process may give files away; null for this process's user
    public static void write(Path file, byte[] content, @Nullable UserPrincipal owner) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path temporary = absolute.resolveSibling(absolute.getFileName() + ".tmp");
        Files.deleteIfExists(temporary);
        try (FileChannel channel = FileChannel.open(
                temporary,
                Set.of(CREATE_NEW, WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (owner != null) {
                give(temporary, owner);
            }
            channel.force(true);
        }
        Files.move(temporary, absolute, ATOMIC_MOVE, REPLACE_EXISTING);
        Path directory = absolute.getParent();
        if (directory != null) {
            DurableDirectory.force(directory);
        }
    }

    /// Gives a file to its owner, which only root may.
    public static void give(Path file, UserPrincipal owner) throws IOException {
        if (!owner.equals(Files.getOwner(file))) {
            try {
                Files.setOwner(file, owner);
            } catch (FileSystemException refused) {
                // Then this process writes in a directory that it shares, and reads what it wrote.
            }
        }
    }
}
