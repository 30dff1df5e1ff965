package dev.waybill.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/// The last checkpoint and the one before, as files. A crash leaves at least one of them whole. Not safe for threads.
final class CheckpointFile {
    private static final int CHECKSUM_LINE = 9;

    private final Path dir;
    private final Path current;
    private final Path previous;

    CheckpointFile(Path dir) {
        this.dir = dir;
        this.current = dir.resolve("checkpoint");
        this.previous = dir.resolve("checkpoint.1");
    }

    /// The newest one that can be read.
    ///
    /// @param report told of each that can't
    Optional<Checkpoint> read(Consumer<String> report) throws IOException {
        for (Path file : new Path[] {current, previous}) {
            if (Files.exists(file)) {
                try {
                    return Optional.of(Checkpoint.parse(checked(Files.readAllBytes(file))));
                } catch (IllegalArgumentException e) {
                    report.accept(
                            "The checkpoint %s is damaged (%s); going on without it.".formatted(file, e.getMessage()));
                }
            }
        }
        return Optional.empty();
    }

    private static byte[] checked(byte[] file) {
        if (file.length < CHECKSUM_LINE) {
            throw new IllegalArgumentException("it ends early");
        }
        byte[] text = new byte[file.length - CHECKSUM_LINE];
        System.arraycopy(file, CHECKSUM_LINE, text, 0, text.length);
        if (!new String(file, 0, CHECKSUM_LINE, US_ASCII).equals(checksum(text))) {
            throw new IllegalArgumentException("its checksum differs");
        }
        return text;
    }

    private static String checksum(byte[] text) {
        CRC32C crc = new CRC32C();
        crc.update(text);
        return HexFormat.of().toHexDigits((int) crc.getValue()) + "\n";
    }

    /// Replaces it, durably.
    void write(byte[] text) throws IOException {
        Path fresh = dir.resolve("checkpoint.new");
        try (FileChannel channel = FileChannel.open(fresh, CREATE, TRUNCATE_EXISTING, WRITE)) {
            writeFully(channel, ByteBuffer.wrap(checksum(text).getBytes(US_ASCII)));
            writeFully(channel, ByteBuffer.wrap(text));
            channel.force(true);
        }
        if (Files.exists(current)) {
            Files.move(current, previous, ATOMIC_MOVE, REPLACE_EXISTING);
        }
        Files.move(fresh, current, ATOMIC_MOVE, REPLACE_EXISTING);
        try (FileChannel channel = FileChannel.open(dir, READ)) {
            channel.force(true);
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
