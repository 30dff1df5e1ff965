package dev.waybill.metrics;

import java.util.Map;
import java.util.TreeMap;

/// What is counted of a lane beside its metrics, since the server's start: how long events took, and in which browsers
/// identifiers are missing. Safe for threads.
public final class LaneFigures {
    private final Latencies endToEnd = new Latencies();
    private final Map<String, Map<String, Long>> missing = new TreeMap<>();

    LaneFigures() {}

    /// From received to delivered.
    public Latencies endToEnd() {
        return endToEnd;
    }

    /// Counts an event without an identifier.
    ///
    /// @param cause one of few words
    /// @param browser one of few words
    void missingIdentity(String cause, String browser) {
        synchronized (missing) {
            missing.computeIfAbsent(browser, _ -> new TreeMap<>()).merge(cause, 1L, Long::sum);
        }
    }

    /// How many events lacked an identifier: by browser, and in each by cause. A copy.
    public Map<String, Map<String, Long>> missingByBrowser() {
        synchronized (missing) {
            Map<String, Map<String, Long>> copy = new TreeMap<>();
            missing.forEach((browser, causes) -> copy.put(browser, Map.copyOf(causes)));
            return copy;
        }
    }
}
