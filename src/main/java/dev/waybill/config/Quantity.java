package dev.waybill.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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

    /// A duration as one of the texts that [#duration(String)] reads, such as `30m`.
    public static String words(Duration duration) {
        long millis = duration.toMillis();
        if (millis >= 86_400_000 && millis % 86_400_000 == 0) {
            return millis / 86_400_000 + "d";
        }
        if (millis >= 60_000 && millis % 60_000 == 0) {
            return millis / 60_000 + "m";
        }
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }

    /// A size in words for people, such as `32KiB` or `100 bytes`.
    public static String words(long bytes) {
        if (bytes >= 1 << 30 && bytes % (1 << 30) == 0) {
            return bytes / (1 << 30) + "GiB";
        }
        if (bytes >= 1 << 20 && bytes % (1 << 20) == 0) {
            return bytes / (1 << 20) + "MiB";
        }
        return bytes >= 1 << 10 && bytes % (1 << 10) == 0 ? bytes / (1 << 10) + "KiB" : bytes + " bytes";
    }

    /// A regular expression, for Java and ECMAScript, for what [#duration(String)] reads.
    public static String durationPattern() {
        return pattern(MILLIS);
    }

    /// A regular expression, for Java and ECMAScript, for what [#bytes(String)] reads.
    public static String sizePattern() {
        return pattern(BYTES);
    }

    private static String pattern(Map<String, Long> units) {
        String words = units.keySet().stream().sorted().map(Quantity::inAnyCase).collect(Collectors.joining("|"));
        return "\\s*\\d{1,15}(\\.\\d{1,9})?\\s*(" + words + ")\\s*";
    }

    private static String inAnyCase(String unit) {
        return unit.chars()
                .mapToObj(letter -> "[" + (char) letter + (char) Character.toUpperCase(letter) + "]")
                .collect(Collectors.joining());
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
