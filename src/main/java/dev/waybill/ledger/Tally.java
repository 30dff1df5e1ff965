package dev.waybill.ledger;

import dev.waybill.outcome.Outcome;
import dev.waybill.outcome.Reason;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// Adds counts up into a [SeriesRow]. Not safe for threads.
final class Tally {
    static final int MAX_NAMES = 200;
    static final String OTHER = "other";

    private final Sum total = new Sum();
    private final Map<String, Sum> events = new LinkedHashMap<>();

    /// @param byName whether it also counts by event name
    void add(Cell cell, long count, boolean byName) {
        total.add(cell.what(), count);
        if (!byName) {
            return;
        }
        String name = events.containsKey(cell.event()) || events.size() < MAX_NAMES ? cell.event() : OTHER;
        events.computeIfAbsent(name, _ -> new Sum()).add(cell.what(), count);
    }

    SeriesRow row(long start) {
        Map<String, Counts> byEvent = new LinkedHashMap<>();
        events.forEach((name, sum) -> byEvent.put(name, sum.counts()));
        return new SeriesRow(start, total.counts(), byEvent);
    }

    private static final class Sum {
        private long accepted;
        private long delivered;
        private final Map<Reason, Long> filtered = new EnumMap<>(Reason.class);
        private final Map<Reason, Long> rejected = new EnumMap<>(Reason.class);

        void add(String what, long count) {
            switch (what) {
                case Cell.ACCEPTED -> accepted += count;
                case Cell.DELIVERED -> delivered += count;
                default ->
                    Reason.of(what)
                            .ifPresent(reason -> (reason.outcome() == Outcome.FILTERED ? filtered : rejected)
                                    .merge(reason, count, Long::sum));
            }
        }

        Counts counts() {
            return new Counts(accepted, delivered, filtered, rejected);
        }
    }
}
