package dev.waybill.suppress;

import dev.waybill.suppress.Suppressions.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Adds people to the suppressions from threads that may be interrupted, such as those of requests. Safe for threads.
///
/// @param failed told, in one line for people, that a person could not be suppressed for sure: take no events until a
///     restart
public record Suppressor(Suppressions suppressions, InstantSource clock, Consumer<String> failed) {
    private static final Logger LOG = LoggerFactory.getLogger(Suppressor.class);

    /// Adds all identifiers of one person, durably before it returns.
    ///
    /// @throws IOException when that isn't sure
    public void suppress(Map<Kind, String> person) throws IOException {
        add(person);
        LOG.info("Suppressed a person by {}: none of that person's events is sent from now on.", person.keySet());
    }

    /// The same for a browser that opts out, for which nobody signed in.
    ///
    /// @throws SuppressionsFullException when browsers may add nobody
    public void optOut(Map<Kind, String> person) throws IOException, SuppressionsFullException {
        suppressions.requireRoomForBrowser(person, clock.millis());
        add(person);
        // Whoever sends many must not fill the log too; they are counted.
        LOG.debug("A browser opted out by {}.", person.keySet());
    }

    private void add(Map<Kind, String> person) throws IOException {
        try {
            Undisturbed.run("suppress", () -> {
                for (Map.Entry<Kind, String> identifier : person.entrySet()) {
                    suppressions.add(identifier.getKey(), identifier.getValue(), clock.millis());
                }
            });
        } catch (InterruptedIOException stopping) {
            throw stopping;
        } catch (IOException e) {
            failed.accept(
                    "A person could not be suppressed for sure (%s); free some space or mend the disk, restart, and ask again."
                            .formatted(e.getMessage()));
            throw e;
        }
    }
}
