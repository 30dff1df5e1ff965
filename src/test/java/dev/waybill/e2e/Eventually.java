package dev.waybill.e2e;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Waits for something to become true, by looking again, with a deadline.
public final class Eventually {
    private Eventually() {}

    public static void holds(String what, Duration atMost, BooleanSupplier condition) {
        value(what, atMost, condition::getAsBoolean, holds -> holds);
    }

    /// The first value that is as wanted.
    ///
    /// @throws AssertionError with the last value seen when none was in time
    public static <T> T value(String what, Duration atMost, Supplier<T> read, Predicate<T> wanted) {
        long end = System.nanoTime() + atMost.toNanos();
        T last = read.get();
        while (!wanted.test(last)) {
            if (System.nanoTime() > end) {
                throw new AssertionError(
                        "not within " + atMost.toSeconds() + " s: " + what + "; the last seen was " + last);
            }
            pause();
            last = read.get();
        }
        return last;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
