package dev.waybill.data;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// The directory of one server, held exclusively while it is open, and the places in it.
///
/// Threads: any.
public final class DataDirectory implements AutoCloseable {
    private final Path root;
    private final FileChannel lock;

    private DataDirectory(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /// Takes the directory for this process, making it when absent; only the owner may then enter it.
    ///
    /// @throws DataDirectoryException in one line for people, when another process has it or it can't be used
    public static DataDirectory open(Path directory) throws DataDirectoryException {
        Path root = directory.toAbsolutePath().normalize();
        try {
            if (!Files.isDirectory(root)) {
                Files.createDirectories(
                        root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            FileChannel lock = FileChannel.open(root.resolve("lock"), CREATE, WRITE);
            if (!isOurs(lock)) {
                lock.close();
                throw new DataDirectoryException(
                        "%s is in use by another Waybill; stop that one or choose another --data directory."
                                .formatted(root));
            }
            return new DataDirectory(root, lock);
        } catch (IOException e) {
            throw new DataDirectoryException(
                    "%s can't be used as data directory (%s); choose a --data directory that this user may write."
                            .formatted(root, e),
                    e);
        }
    }

    // The lock lives as long as its channel, which is kept.
    private static boolean isOurs(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    public Path root() {
        return root;
    }

    /// Where the events of a pipeline's only partition are.
    public Path log(String pipeline) {
        return root.resolve("log").resolve(pipeline).resolve("0");
    }

    /// Where a lane's journal, checkpoints and dead letters are.
    public Path lane(String pipeline, String integration) {
        return root.resolve("lanes").resolve(pipeline).resolve(integration);
    }

    /// Where the scripts for browsers are kept.
    public Path browser() {
        return root.resolve("browser");
    }

    public Path secrets() {
        return root.resolve("secrets");
    }

    /// Where the last good workspace is kept.
    public Path workspace() {
        return root.resolve("workspace");
    }

    /// The file that tells other processes where this server listens.
    public Path serverFile() {
        return root.resolve("server.json");
    }

    public Path adminTokenFile() {
        return root.resolve("admin-token");
    }

    /// The bytes that this user may still write on the disk of this directory.
    ///
    /// @throws UncheckedIOException when the file system doesn't say
    public long freeBytes() {
        try {
            return Files.getFileStore(root).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Lets another process have the directory.
    @Override
    public void close() throws IOException {
        lock.close();
    }
}
