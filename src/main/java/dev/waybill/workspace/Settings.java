package dev.waybill.workspace;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `waybill.yaml`. CONTRACT §2 and docs/settings.md say what each setting means and its default. Sizes are in bytes; a
/// null size or rate is unlimited.
public record Settings(
        boolean allowPrivateEndpoints,
        @Nullable String publicUrl,
        Admin admin,
        List<String> trustedProxies,
        Durability durability,
        Log log,
        DeadLetters deadLetters,
        Dedup dedup,
        Limits limits,
        Metrics metrics) {
    public Settings {
        trustedProxies = List.copyOf(trustedProxies);
    }

    /// Where API, console and metrics listen; both null: on the public listener.
    public record Admin(@Nullable String host, @Nullable Integer port) {}

    public enum Durability {
        /// An answer waits for the disk.
        FSYNC,
        /// An answer waits for the operating system: a power cut may lose the last events.
        OS
    }

    public record Log(Duration retention, @Nullable Long maxBytes, Overflow overflow, long minFreeBytes) {}

    public enum Overflow {
        /// Answer 503 rather than drop an event that a lane has still to read.
        REFUSE,
        /// Drop the oldest events, counted as `log_overflow`.
        DROP_OLDEST
    }

    public record DeadLetters(Duration retention, long maxBytes) {}

    public record Dedup(Duration window, int maxIds) {}

    public record Limits(
            int eventBytes,
            int batchBytes,
            int batchEvents,
            int depth,
            @Nullable Double perWriteKey) {}

    /// Whether `/metrics` needs the token when it is bound elsewhere than on loopback.
    public enum Metrics {
        TOKEN,
        OPEN
    }

    public static final Settings DEFAULT = new Settings(
            false,
            null,
            new Admin(null, null),
            List.of(),
            Durability.FSYNC,
            new Log(Duration.ofDays(7), null, Overflow.REFUSE, 512L << 20),
            new DeadLetters(Duration.ofDays(30), 10L << 30),
            new Dedup(Duration.ofHours(24), 4_000_000),
            new Limits(32 << 10, 500 << 10, 2500, 64, null),
            Metrics.TOKEN);
}
