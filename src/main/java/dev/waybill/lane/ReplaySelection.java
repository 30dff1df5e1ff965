package dev.waybill.lane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The positions that a replay sends again, in a file of eight bytes each: the sequence in the log, shifted left by
/// one,
/// and 1 where a dead letter holds the event. On disk, so that a replay of millions costs no memory.
final class ReplaySelection implements AutoCloseable {
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES);

    private ReplaySelection(FileChannel channel) {
        this.channel = channel;
    }

    static ReplaySelection open(Path file) throws IOException {
        return new ReplaySelection(FileChannel.open(file, StandardOpenOption.READ));
    }

    /// Collects positions; they are durable when it is closed.
    static final class Writer implements AutoCloseable {
        private final FileChannel channel;
        private final ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
        private long count;

        Writer(Path file) throws IOException {
            channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }

        void add(long sequence, boolean deadLetter) throws IOException {
            if (buffer.remaining() < Long.BYTES) {
                flush();
            }
            buffer.putLong(sequence << 1 | (deadLetter ? 1 : 0));
            count++;
        }

        long count() {
            return count;
        }

        private void flush() throws IOException {
            buffer.flip();
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            buffer.clear();
        }

        @Override
        public void close() throws IOException {
            flush();
            channel.force(true);
            channel.close();
        }
    }

    /// The sequence in the log of the event with that number in the selection.
    long sequence(long number) {
        return entry(number) >> 1;
    }

    /// Whether a dead letter holds that event.
    boolean deadLetter(long number) {
        return (entry(number) & 1) == 1;
    }

    private long entry(long number) {
        try {
            buffer.clear();
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, number * Long.BYTES + buffer.position()) < 0) {
                    throw new IllegalStateException("The replay's selection ends before number " + number + ".");
                }
            }
            return buffer.getLong(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
