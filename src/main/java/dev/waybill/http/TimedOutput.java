package dev.waybill.http;

import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// An answer's stream whose reader must not stand still: a write that takes longer than the limit closes the
/// connection, so that a dead reader doesn't hold it, nor what feeds it. Whatever goes wrong is thrown as
/// [CloseConnectionException]: nobody is there to be told. Belongs to the connection's virtual thread.
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
    public void write(int b) {
        timed(() -> out.write(b));
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        timed(() -> out.write(bytes, from, length));
    }

    @Override
    public void flush() {
        timed(out::flush);
    }

    private void timed(Writing writing) {
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
            throw new CloseConnectionException(
                    cut ? "The client did not read for " + limit.toSeconds() + " s" : "The client went away", failure);
        }
    }
}
