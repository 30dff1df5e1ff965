package dev.waybill.lane;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits for what another thread brings about, and fails when it doesn't come.
public final class Await {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long LOOK_NANOS = 1_000_000;

    private Await() {}

    public static void until(BooleanSupplier holds, Supplier<String> elseSay) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError(
                        "It did not happen within " + PATIENCE.toSeconds() + " s; now: " + elseSay.get());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
