package dev.waybill.kit;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Form;
import dev.waybill.config.Problems;
import dev.waybill.config.Section;
import java.time.Duration;

/// Reads `delivery: {maxInFlight, concurrency, ratePerSecond, timeout}`.
final class DeliveryReader {
    private static final double SLOWEST = 0.01;
    private static final double FASTEST = 1_000_000;
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private DeliveryReader() {}

    static Delivery read(Section section, Problems problems) {
        Delivery fallback = Delivery.DEFAULT;
        Delivery delivery = new Delivery(
                section.integer("maxInFlight", fallback.maxInFlight(), 1, 10_000),
                section.integer("concurrency", fallback.concurrency(), 1, 1_000),
                rate(section, problems),
                timeout(section, problems));
        section.done();
        return delivery;
    }

    private static double rate(Section section, Problems problems) {
        section.takes("ratePerSecond", Form.Words.of("unlimited"), new Form.Decimal(SLOWEST, FASTEST));
        ConfigNode value = section.value("ratePerSecond");
        if (value == null) {
            return Delivery.DEFAULT.ratePerSecond();
        }
        if (value instanceof ConfigNode.Scalar scalar) {
            if (scalar.text().equals("unlimited")) {
                return Double.POSITIVE_INFINITY;
            }
            try {
                double rate = Double.parseDouble(scalar.text());
                if (rate >= SLOWEST && rate <= FASTEST) {
                    return rate;
                }
            } catch (NumberFormatException e) {
                // reported below with the same words
            }
        }
        problems.error(
                value, "found " + value.kind() + "; allowed: unlimited, or a number of requests from 0.01 to 1000000");
        return Delivery.DEFAULT.ratePerSecond();
    }

    private static Duration timeout(Section section, Problems problems) {
        Duration timeout = section.duration("timeout", Delivery.DEFAULT.timeout());
        boolean sane = timeout.compareTo(SHORTEST) >= 0 && timeout.compareTo(LONGEST) <= 0;
        ConfigNode at = section.value("timeout");
        if (!sane && at != null) {
            problems.error(at, "found " + at.kind() + "; allowed: 100ms to 5m");
            return Delivery.DEFAULT.timeout();
        }
        return timeout;
    }
}
