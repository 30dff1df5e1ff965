package dev.waybill.author;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A disk on which a file is written by hand right before it is replaced.
record OvertakenDisk() implements Disk {
    @Override
    public void create(Path file, String text) throws IOException {
        new FileDisk().create(file, text);
    }

    @Override
    public boolean replace(Path file, String before, String text) throws IOException {
        Files.writeString(file, before + "# a hand was faster\n");
        return new FileDisk().replace(file, before, text);
    }

    @Override
    public boolean isWritable(Path directory) {
        return true;
    }
}
