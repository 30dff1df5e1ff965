package dev.waybill.bench;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One measured thing: what every round gave, and what is wanted of it.
///
/// @param samples one per round, at least one
/// @param target null when there is none
record Figure(
        String name,
        String unit,
        List<Double> samples,
        @Nullable Target target) {

    /// @param wanted the median is to be at least this, or at most
    record Target(double wanted, boolean atLeast) {
        static Target atLeast(double wanted) {
            return new Target(wanted, true);
        }

        static Target atMost(double wanted) {
            return new Target(wanted, false);
        }

        boolean met(double median) {
            return atLeast ? median >= wanted : median <= wanted;
        }
    }

    static Figure of(String name, String unit, @Nullable Target target, double... samples) {
        return new Figure(name, unit, Arrays.stream(samples).boxed().toList(), target);
    }

    double median() {
        List<Double> sorted = samples.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double smallest() {
        return Collections.min(samples);
    }

    double largest() {
        return Collections.max(samples);
    }

    /// A line of the table: figure, median, range, target and whether it is met.
    String line() {
        String range = samples.size() == 1 ? "" : number(smallest()) + "–" + number(largest());
        return "%-58s %12s %-10s %-21s %s"
                .formatted(name, number(median()), unit, range, verdict())
                .stripTrailing();
    }

    static String heading() {
        return "%-58s %12s %-10s %-21s %s".formatted("figure", "median", "", "min–max", "target");
    }

    private String verdict() {
        if (target == null) {
            return "";
        }
        return (target.atLeast() ? "≥ " : "≤ ")
                + number(target.wanted())
                + (target.met(median()) ? "  met" : "  MISSED");
    }

    private static String number(double value) {
        String format = Math.abs(value) >= 100 ? "%,.0f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
