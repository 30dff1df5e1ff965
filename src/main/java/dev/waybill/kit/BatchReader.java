package dev.waybill.kit;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Problems;
import dev.waybill.config.Section;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Reads a kit's `batch`.
final class BatchReader {
    private static final BatchRule FALLBACK =
            new BatchRule(100, 500 << 10, Duration.ofSeconds(5), null, BatchRule.Refused.SPLIT);
    private static final int MOST_EVENTS = 10_000;
    private static final long FEWEST_BYTES = 1 << 10;
    private static final long MOST_BYTES = 16 << 20;
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private BatchReader() {}

    /// Null when each event goes alone.
    static @Nullable BatchRule read(Section kit, BodyEncoding encoding, Problems problems) {
        if (!kit.has("batch")) {
            return null;
        }
        Section section = kit.section("batch");
        BatchRule rule = new BatchRule(
                section.integer("events", FALLBACK.events(), 1, MOST_EVENTS),
                bytes(section, problems),
                wait(section, problems),
                section.text("under").orElse(null),
                section.oneOf("refused", FALLBACK.refused()));
        section.done();
        if (encoding != BodyEncoding.JSON) {
            problems.error(section.node(), "events go together in a JSON body only; write request.body: json");
        }
        return rule;
    }

    private static long bytes(Section section, Problems problems) {
        Long bytes = section.bytes("bytes", FALLBACK.bytes());
        ConfigNode at = section.value("bytes");
        if (bytes != null && bytes >= FEWEST_BYTES && bytes <= MOST_BYTES) {
            return bytes;
        }
        if (at != null) {
            problems.error(at, "found " + at.kind() + "; allowed: 1KiB to 16MiB");
        }
        return FALLBACK.bytes();
    }

    private static Duration wait(Section section, Problems problems) {
        Duration wait = section.duration("wait", FALLBACK.patience());
        ConfigNode at = section.value("wait");
        if (wait.compareTo(SHORTEST) >= 0 && wait.compareTo(LONGEST) <= 0) {
            return wait;
        }
        if (at != null) {
            problems.error(at, "found " + at.kind() + "; allowed: 10ms to 5m");
        }
        return FALLBACK.patience();
    }
}
