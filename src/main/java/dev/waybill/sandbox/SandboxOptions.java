package dev.waybill.sandbox;

import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/// How a sandbox behaves.
///
/// @param origins the sites that may read `/id` with cookies
/// @param keep how many answered requests it keeps, at least 1
/// @param keepBytes how many bytes they may take together
/// @param clock dates what is received
/// @param chance decides whom a fault befalls: numbers from 0 to below 1, from any thread
public record SandboxOptions(
        AllowedOrigins origins, int keep, long keepBytes, InstantSource clock, DoubleSupplier chance) {
    /// How many answered requests are kept unless told otherwise.
    public static final int DEFAULT_KEEP = 200_000;

    private static final long MOST_KEEP_BYTES = 256L << 20;

    public SandboxOptions {
        if (keep < 1) {
            throw new IllegalArgumentException("keep is " + keep + "; at least 1 request is kept");
        }
    }

    /// The usual options: up to 256 MiB kept, and never more than half of the heap.
    public static SandboxOptions of(AllowedOrigins origins, int keep) {
        long keepBytes = Math.min(MOST_KEEP_BYTES, Runtime.getRuntime().maxMemory() / 2);
        DoubleSupplier chance = () -> ThreadLocalRandom.current().nextDouble();
        return new SandboxOptions(origins, keep, keepBytes, InstantSource.system(), chance);
    }
}
