package dev.waybill.http;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// An answer's stream whose reader must not stand still: a write that takes longer than the limit closes the
/// connection, so that a dead reader doesn't hold it, nor what feeds it. Belongs to the connection's virtual thread.
public final class TimedOutput extends OutputStream {
    private final OutputStream out;
    private final Duration limit;

    /// @param limit for each write, to within 100 ms
    public TimedOutput(OutputStream out, Duration limit) {
        this.out = out;
        this.limit = limit;
    }

    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }

    @Override
    public void write(int b) throws IOException {
        timed(() -> out.write(b));
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        timed(() -> out.write(bytes, from, length));
    }

    @Override
    public void flush() throws IOException {
        timed(out::flush);
    }

    private void timed(Writing writing) throws IOException {
        @Nullable Throwable failure = null;
        boolean cut;
        try (Deadlines.Watch watch = Deadlines.watch(limit)) {
            try {
                writing.run();
            } catch (IOException | RuntimeException gone) {
                failure = gone;
            }
            cut = watch.wasCut();
        }
        if (cut || failure != null) {
            throw new IOException(
                    cut ? "The client did not read for " + limit.toSeconds() + " s" : "The client went away", failure);
        }
    }
}
