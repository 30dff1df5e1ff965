package dev.waybill.author;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/// A disk that takes nothing: because that is known beforehand, or because it is full.
///
/// @param full whether it shows only when something is written
record LockedDisk(boolean full) implements Disk {
    @Override
    public void create(Path file, String text) throws IOException {
        throw failure(file);
    }

    @Override
    public boolean replace(Path file, String before, String text) throws IOException {
        throw failure(file);
    }

    private IOException failure(Path file) {
        return full
                ? new FileSystemException(file.toString(), null, "No space left on device")
                : new AccessDeniedException(file.toString());
    }

    @Override
    public boolean isWritable(Path directory) {
        return full;
    }
}
