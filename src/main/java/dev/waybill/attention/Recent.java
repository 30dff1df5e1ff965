package dev.waybill.attention;

import dev.waybill.ledger.LaneSeries;
import java.util.HashSet;
import java.util.Set;

/// A lane's last hour, by the minute.
///
/// @param tenMinutes what was decided in the last ten minutes and the one that has begun
/// @param names the events that came in the last hour
record Recent(Tallies tenMinutes, Set<String> names) {
    private static final long MINUTE = 60_000;

    /// Reads it from the disk.
    static Recent read(LaneSeries series, long now) {
        long minute = Math.floorDiv(now, MINUTE) * MINUTE;
        long tenAgo = minute - 10 * MINUTE;
        Tallies ten = new Tallies();
        Set<String> names = new HashSet<>();
        series.eachMinute(minute - 60 * MINUTE, (start, event, what, count) -> {
            if (what.equals(LaneSeries.ACCEPTED)) {
                names.add(event);
            } else if (start >= tenAgo) {
                ten.add(what, count);
            }
        });
        return new Recent(ten, names);
    }
}
