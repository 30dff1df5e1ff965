package dev.waybill.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations and sizes as people write them.
public final class Quantity {
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)\\s*([A-Za-z]*)");

    private static final Map<String, Long> MILLIS =
            Map.of("ms", 1L, "s", 1000L, "m", 60_000L, "min", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    /// `MB` and `MiB` are both 2^20: what people mean by it for memory and disks, and the larger of the two.
    private static final Map<String, Long> BYTES = Map.of(
            "", 1L, "b", 1L, "kb", 1L << 10, "kib", 1L << 10, "mb", 1L << 20, "mib", 1L << 20, "gb", 1L << 30, "gib",
            1L << 30);

    private Quantity() {}

    /// `250ms`, `10s`, `5m`, `72h`, `30d`; empty when it is none or over 10,000 days.
    public static Optional<Duration> duration(String text) {
        return scaled(text, MILLIS)
                .filter(millis -> millis <= Duration.ofDays(10_000).toMillis())
                .map(Duration::ofMillis);
    }

    /// `32KiB`, `512MB`, `10GB` or plain bytes; empty when it is none or over 2^60.
    public static Optional<Long> bytes(String text) {
        return scaled(text, BYTES).filter(bytes -> bytes <= 1L << 60);
    }

    private static Optional<Long> scaled(String text, Map<String, Long> units) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Long factor = units.get(matcher.group(2).toLowerCase(Locale.ROOT));
        if (factor == null) {
            return Optional.empty();
        }
        BigDecimal value = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(factor));
        return value.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
                ? Optional.empty()
                : Optional.of(value.longValue());
    }
}
