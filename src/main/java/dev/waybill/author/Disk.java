package dev.waybill.author;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

/// Where files of a workspace are written whole: a crash leaves the old file or the new one, and what has returned is
/// durable.
public interface Disk {
    /// Writes a file that isn't there yet, making its directory when absent.
    ///
    /// @throws FileAlreadyExistsException when it is there by now
    void create(Path file, String text) throws IOException;

    /// Replaces a file.
    ///
    /// @param before what it must hold
    /// @return false when it holds something else by now; then it stays as it is
    boolean replace(Path file, String before, String text) throws IOException;

    /// Whether files can be written at all, as far as the system tells beforehand.
    boolean isWritable(Path directory);
}
