package dev.waybill.deliver;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long an event waits after a failed attempt: exponential with full jitter. The ceiling starts at 1 s and doubles
/// to 5 min; the wait is anywhere below it, so that the events of one outage don't come back as one wave.
public final class Backoff {
    private static final long FIRST_MILLIS = 1_000;
    private static final long LAST_MILLIS = 300_000;
    private static final int DOUBLINGS = 9;

    private Backoff() {}

    /// The wait before the next attempt.
    ///
    /// @param attempt how many attempts failed so far, from 1
    /// @return whole milliseconds, from 0 to the ceiling
    public static Duration delay(int attempt, RandomGenerator random) {
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt is " + attempt + ", but attempts count from 1");
        }
        long ceiling = Math.min(LAST_MILLIS, FIRST_MILLIS << Math.min(attempt - 1, DOUBLINGS));
        return Duration.ofMillis(random.nextLong(ceiling + 1));
    }
}
