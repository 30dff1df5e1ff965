package dev.waybill.workspace;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Problems;
import dev.waybill.config.Quantity;
import dev.waybill.config.Section;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Reads durations and sizes that must lie in a range.
final class Ranged {
    private final Problems problems;

    Ranged(Problems problems) {
        this.problems = problems;
    }

    Duration duration(Section section, String key, Duration fallback, Duration min, Duration max) {
        ConfigNode value = section.value(key);
        Duration found = section.duration(key, fallback);
        if (value == null || (found.compareTo(min) >= 0 && found.compareTo(max) <= 0)) {
            return found;
        }
        problems.error(
                value,
                "found " + value.kind() + "; allowed: from " + Quantity.words(min) + " to " + Quantity.words(max));
        return fallback;
    }

    long bytes(Section section, String key, long fallback, long min, long max) {
        ConfigNode value = section.value(key);
        Long read = section.bytes(key, Long.valueOf(fallback));
        long found = read == null ? fallback : read;
        if (value == null || (found >= min && found <= max)) {
            return found;
        }
        problems.error(
                value,
                "found " + value.kind() + "; allowed: from " + Quantity.words(min) + " to " + Quantity.words(max));
        return fallback;
    }

    /// A size that may be `null`: unlimited.
    @Nullable
    Long bytesOrNull(Section section, String key, long min, long max) {
        return section.value(key) == null ? null : Long.valueOf(bytes(section, key, min, min, max));
    }
}
