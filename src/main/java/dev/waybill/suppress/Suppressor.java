package dev.waybill.suppress;

import dev.waybill.suppress.Suppressions.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Adds people to the suppressions from threads that may be interrupted, such as those of requests. Safe for threads.
public record Suppressor(Suppressions suppressions, InstantSource clock) {
    private static final Logger LOG = LoggerFactory.getLogger(Suppressor.class);

    /// Adds all identifiers of one person, durably before it returns: on a thread of its own, which nobody interrupts,
    /// because an interrupt would close the file under everybody.
    ///
    /// @throws IOException when that isn't sure
    public void suppress(Map<Kind, String> person) throws IOException {
        FutureTask<@Nullable Void> writing = new FutureTask<>(() -> {
            for (Map.Entry<Kind, String> identifier : person.entrySet()) {
                suppressions.add(identifier.getKey(), identifier.getValue(), clock.millis());
            }
            return null;
        });
        Thread.ofVirtual().name("suppress").start(writing);
        try {
            writing.get();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the server stops");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
        LOG.info("Suppressed a person by {}: none of that person's events is sent from now on.", person.keySet());
    }
}
