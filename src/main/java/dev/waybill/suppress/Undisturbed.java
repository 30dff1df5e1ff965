package dev.waybill.suppress;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// Writes on a thread of its own, which nobody interrupts: an interrupt would close the file under everybody, and
/// threads of requests are interrupted when the server stops.
final class Undisturbed {
    private Undisturbed() {}

    interface Writing {
        void run() throws IOException;
    }

    /// Returns when it is done.
    ///
    /// @throws InterruptedIOException when the caller was interrupted: it may be done or not
    /// @throws IOException the writing's own
    static void run(String name, Writing writing) throws IOException {
        FutureTask<@Nullable Void> task = new FutureTask<>(() -> {
            writing.run();
            return null;
        });
        Thread.ofVirtual().name(name).start(task);
        try {
            task.get();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the server stops");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
