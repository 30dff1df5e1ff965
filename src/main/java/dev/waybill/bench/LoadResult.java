package dev.waybill.bench;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What came of a [Load].
///
/// @param accepted requests answered with a status of 2xx
/// @param refused requests answered otherwise
/// @param broken connections that ended or could not be made before their answer
/// @param events in the accepted requests
/// @param nextNumber the first that was not used
/// @param took from the first request to the last answer
/// @param latency from when a request was due to its answer, of the accepted ones
/// @param firstRefusal the first answer that was not 2xx, or null
public record LoadResult(
        long accepted,
        long refused,
        long broken,
        long events,
        long nextNumber,
        Duration took,
        Histogram latency,
        @Nullable String firstRefusal) {

    public double requestsPerSecond() {
        return accepted / seconds();
    }

    public double eventsPerSecond() {
        return events / seconds();
    }

    public double seconds() {
        return took.toNanos() / 1e9;
    }

    /// Whether every request was accepted.
    public boolean clean() {
        return refused == 0 && broken == 0;
    }
}
