package dev.waybill.attention;

import dev.waybill.ledger.LaneSeries;
import dev.waybill.outcome.Reason;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// What is usual in a lane: its last eight days, by the quarter of an hour, and only what the rules ask of them.
///
/// @param day what was decided in the day before the last ten minutes; in what there is of it, in a young lane
/// @param yesterday the same within an hour of this time yesterday
/// @param unmapped events of the last day that nothing maps, by name
/// @param expected the events that should have come in the last hour, see [Steady]
/// @param canExpect whether there are days enough to say
/// @param came the events that came at all in these days
record Past(
        Tallies day,
        Tallies yesterday,
        Map<String, Long> unmapped,
        Set<String> expected,
        boolean canExpect,
        Set<String> came) {
    static final long QUARTER = 15 * 60_000;
    static final long HOUR = 4 * QUARTER;
    static final long DAY = 24 * HOUR;

    /// Names beyond these are counted as one: bounds memory.
    private static final int MAX_NAMES = 1000;

    private static final String OTHER = "other";

    /// Whether an event came on none of these days, as far as names are counted.
    boolean isGone(String event) {
        return came.size() < Steady.MAX_NAMES && !came.contains(event);
    }

    /// When this has to be read anew: with each quarter of an hour, and ten minutes after it began, when the last one
    /// no longer overlaps the last ten minutes.
    static long number(long now) {
        return quarters(now) * 2 + (now - quarters(now) * QUARTER >= 11 * 60_000L ? 1 : 0);
    }

    private static long quarters(long now) {
        return Math.floorDiv(now, QUARTER);
    }

    /// Reads it from the disk.
    static Past read(LaneSeries series, long now) {
        long begun = quarters(now) * QUARTER;
        // The quarters that ended before the last ten minutes and the minute that has begun.
        long end = now - begun >= 11 * 60_000L ? begun : begun - QUARTER;
        Tallies day = new Tallies();
        Tallies yesterday = new Tallies();
        Map<String, Long> unmapped = new HashMap<>();
        Steady steady = new Steady(begun);
        series.eachQuarter(begun - 8 * DAY, (start, event, what, count) -> {
            if (what.equals(LaneSeries.ACCEPTED)) {
                steady.add(start, event, count);
                return;
            }
            if (start >= end - DAY && start < end) {
                day.add(what, count);
            }
            if (start >= begun - DAY - HOUR && start < begun - DAY + HOUR) {
                yesterday.add(what, count);
            }
            if (start >= begun - DAY && what.equals(Reason.UNMAPPED_EVENT.code())) {
                String name = unmapped.containsKey(event) || unmapped.size() < MAX_NAMES ? event : OTHER;
                unmapped.merge(name, count, Long::sum);
            }
        });
        return new Past(day, yesterday, unmapped, steady.expected(), steady.days() >= Steady.MIN_DAYS, steady.came());
    }
}
