package dev.waybill.attention;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Which events should have come in the last hour, by what came at this time of the days before.
///
/// An event is expected when at least [#MIN_COUNT] of it came in each of three hours (this one, the one before, the one
/// after) on at least [#MIN_DAYS] of the last seven days and on two thirds of those that the lane knows, and on this
/// day of last week when that is among them. At night nothing is expected, because nothing came on the nights before;
/// at dusk and dawn neither, because of the hours around; on a quiet weekend neither, because of last week's. With ten
/// events an hour, an hour without one is less than one in 20,000 by chance. Not safe for threads.
final class Steady {
    static final int MIN_DAYS = 3;
    static final long MIN_COUNT = 10;
    private static final int DAYS = 7;
    private static final int HOURS = 3;

    /// Names beyond these are not watched: bounds memory.
    static final int MAX_NAMES = 2000;

    private final long now;
    private final Map<String, long[]> counts = new HashMap<>();
    private final Set<String> came = new HashSet<>();
    private long first = Long.MAX_VALUE;

    /// @param now the end of the hour that is asked about, at a full quarter
    Steady(long now) {
        this.now = now;
    }

    /// Takes a count of events that came in one quarter, earliest quarters first.
    void add(long start, String event, long count) {
        first = Math.min(first, start);
        if (came.size() < MAX_NAMES) {
            came.add(event);
        }
        for (int day = 1; day <= DAYS; day++) {
            long from = now - day * Past.DAY - 2 * Past.HOUR;
            if (start >= from && start < from + HOURS * Past.HOUR) {
                long[] cells = counts.get(event);
                if (cells == null && counts.size() < MAX_NAMES) {
                    cells = new long[DAYS * HOURS];
                    counts.put(event, cells);
                }
                if (cells != null) {
                    cells[(day - 1) * HOURS + (int) ((start - from) / Past.HOUR)] += count;
                }
            }
        }
    }

    /// How many of the last seven days the lane knows, from two hours before this one on.
    int days() {
        int days = 0;
        while (days < DAYS && first <= now - (days + 1) * Past.DAY - 2 * Past.HOUR) {
            days++;
        }
        return days;
    }

    /// The events that came at whatever time of the days; the first [#MAX_NAMES].
    Set<String> came() {
        return Set.copyOf(came);
    }

    Set<String> expected() {
        int days = days();
        return counts.entrySet().stream()
                .filter(event -> expected(event.getValue(), days))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static boolean expected(long[] cells, int days) {
        int steady = 0;
        for (int day = 0; day < days; day++) {
            if (steady(cells, day)) {
                steady++;
            }
        }
        return steady >= MIN_DAYS && 3 * steady >= 2 * days && (days < DAYS || steady(cells, DAYS - 1));
    }

    private static boolean steady(long[] cells, int day) {
        for (int hour = 0; hour < HOURS; hour++) {
            if (cells[day * HOURS + hour] < MIN_COUNT) {
                return false;
            }
        }
        return true;
    }
}
