package dev.waybill.attention;

import dev.waybill.ledger.LaneSeries;
import dev.waybill.outcome.Reason;
import java.util.EnumMap;
import java.util.Map;

/// How many events were decided in a span of time, and for which reasons. Not safe for threads while it is added to.
final class Tallies {
    private final Map<Reason, Long> reasons = new EnumMap<>(Reason.class);
    private long decided;

    /// Adds a count of the series; events that were only read don't count.
    ///
    /// @param what as [LaneSeries.CountOf] says it
    void add(String what, long count) {
        if (what.equals(LaneSeries.DELIVERED)) {
            decided += count;
        } else {
            Reason.of(what).ifPresent(reason -> {
                decided += count;
                reasons.merge(reason, count, Long::sum);
            });
        }
    }

    long decided() {
        return decided;
    }

    long of(Reason reason) {
        return reasons.getOrDefault(reason, 0L);
    }
}
