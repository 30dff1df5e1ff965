package dev.waybill.segments;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/// Tells the owner about each damaged place once, however often it is met.
///
/// Threads: any.
final class DamageReports {
    private static final int MOST_REMEMBERED = 10_000;

    private record Place(Path file, long position) {}

    private final Consumer<SegmentedLog.Damage> report;
    private final Set<Place> reported = new HashSet<>();

    DamageReports(Consumer<SegmentedLog.Damage> report) {
        this.report = report;
    }

    void met(Path file, long position, long first, long next, String what) {
        synchronized (reported) {
            if (reported.size() >= MOST_REMEMBERED || !reported.add(new Place(file, position))) {
                return;
            }
        }
        report.accept(new SegmentedLog.Damage(file, position, first, next, what));
    }

    static String where(Path file, long position) {
        return "%s at byte %d".formatted(file, position);
    }
}
