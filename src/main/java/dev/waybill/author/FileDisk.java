package dev.waybill.author;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.waybill.data.DurableDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The file system. A file is written beside its place under a hidden name, which readers of a workspace pass over,
/// made durable, and then put there in one step. Safe for threads.
public final class FileDisk implements Disk {
    private static final Logger LOG = LoggerFactory.getLogger(FileDisk.class);

    @Override
    public void create(Path file, String text) throws IOException {
        Path directory = directory(file);
        DurableDirectory.create(directory);
        Path beside = written(directory, file, text);
        try {
            link(file, beside);
        } finally {
            Files.deleteIfExists(beside);
        }
        DurableDirectory.force(directory);
    }

    /// A hard link fails when the name is taken, also by another process; a move may replace.
    private static void link(Path file, Path beside) throws IOException {
        try {
            Files.createLink(file, beside);
        } catch (FileAlreadyExistsException taken) {
            throw taken;
        } catch (UnsupportedOperationException | FileSystemException withoutLinks) {
            Files.move(beside, file);
        }
    }

    @Override
    public boolean replace(Path file, String before, String text) throws IOException {
        // A link stays one: what it leads to is replaced.
        Path real = real(file);
        if (real == null) {
            return false;
        }
        Path directory = directory(real);
        Path beside = written(directory, real, text);
        try {
            keepRights(real, beside);
            if (!Arrays.equals(Files.readAllBytes(real), before.getBytes(UTF_8))) {
                return false;
            }
            Files.move(beside, real, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException gone) {
            return false;
        } finally {
            Files.deleteIfExists(beside);
        }
        DurableDirectory.force(directory);
        return true;
    }

    /// Owner and group are kept where this process may: one that is not root keeps no owner but itself, and the
    /// group only where it is one of its own.
    private static void keepRights(Path from, Path to) throws IOException {
        PosixFileAttributes was = Files.readAttributes(from, PosixFileAttributes.class);
        PosixFileAttributeView now = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        PosixFileAttributes is = now.readAttributes();
        try {
            if (!is.group().equals(was.group())) {
                now.setGroup(was.group());
            }
            if (!is.owner().equals(was.owner())) {
                now.setOwner(was.owner());
            }
        } catch (FileSystemException notAllowed) {
            LOG.warn(
                    "{} was {}:{}, and the server may not leave it so: it is {}:{} now ({}). Put the server's user into that"
                            + " group, or give the file back by hand.",
                    from,
                    was.owner().getName(),
                    was.group().getName(),
                    is.owner().getName(),
                    now.readAttributes().group().getName(),
                    String.valueOf(notAllowed.getReason()));
        }
        now.setPermissions(was.permissions());
    }

    private static @Nullable Path real(Path file) throws IOException {
        try {
            return file.toRealPath();
        } catch (NoSuchFileException gone) {
            return null;
        }
    }

    @Override
    public boolean isWritable(Path directory) {
        return Files.isDirectory(directory) && Files.isWritable(directory);
    }

    private static Path directory(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            throw new IllegalArgumentException(file + " is no file in a directory");
        }
        return directory;
    }

    private static Path written(Path directory, Path file, String text) throws IOException {
        Path beside = directory.resolve("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
        boolean whole = false;
        try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.CREATE_NEW, WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
            whole = true;
        } finally {
            if (!whole) {
                Files.deleteIfExists(beside);
            }
        }
        return beside;
    }
}
