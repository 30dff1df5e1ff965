package dev.waybill.yaml;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Which items of a list became which of a changed one, so that those which stay can stay where they are. What
/// changed its place counts as taken out and put in.
///
/// @param from by the wanted item's place: the place of the item that it was, or -1; the others rise
record Alignment(List<Integer> from) {
    /// What items of the workspace's lists are known by.
    private static final List<String> NAMES = List.of("integration", "name", "output");

    Alignment {
        from = List.copyOf(from);
    }

    static Alignment of(List<Json> before, List<Json> wanted) {
        int[] from = new int[wanted.size()];
        Arrays.fill(from, -1);
        boolean[] taken = new boolean[before.size()];
        match(before, wanted, from, taken, Json::equals);
        match(before, wanted, from, taken, Alignment::haveOneName);
        keepRising(from, taken);
        fillGaps(before, wanted, from, taken);
        return new Alignment(Arrays.stream(from).boxed().toList());
    }

    /// Whether an item is still there.
    boolean keeps(int before) {
        return from.contains(before);
    }

    private interface Same {
        boolean are(Json one, Json other);
    }

    private static void match(List<Json> before, List<Json> wanted, int[] from, boolean[] taken, Same same) {
        for (int i = 0; i < from.length; i++) {
            for (int j = 0; j < taken.length && from[i] < 0; j++) {
                if (!taken[j] && same.are(before.get(j), wanted.get(i))) {
                    from[i] = j;
                    taken[j] = true;
                }
            }
        }
    }

    private static boolean haveOneName(Json one, Json other) {
        String name = name(one);
        return name != null && name.equals(name(other));
    }

    private static @Nullable String name(Json item) {
        return item instanceof JsonObject object
                ? NAMES.stream()
                        .map(object::text)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null)
                : null;
    }

    /// Gives up the fewest matches such that the rest stand in the same order in both lists.
    private static void keepRising(int[] from, boolean[] taken) {
        int[] best = new int[from.length];
        int[] previous = new int[from.length];
        int last = -1;
        for (int i = 0; i < from.length; i++) {
            previous[i] = -1;
            best[i] = from[i] < 0 ? 0 : 1;
            for (int j = 0; j < i && from[i] >= 0; j++) {
                if (from[j] >= 0 && from[j] < from[i] && best[j] + 1 > best[i]) {
                    best[i] = best[j] + 1;
                    previous[i] = j;
                }
            }
            if (from[i] >= 0 && (last < 0 || best[i] > best[last])) {
                last = i;
            }
        }
        boolean[] kept = new boolean[from.length];
        for (int i = last; i >= 0; i = previous[i]) {
            kept[i] = true;
        }
        for (int i = 0; i < from.length; i++) {
            if (!kept[i] && from[i] >= 0) {
                taken[from[i]] = false;
                from[i] = -1;
            }
        }
    }

    /// Between two that stay, what has no name is taken for changed in its place.
    private static void fillGaps(List<Json> before, List<Json> wanted, int[] from, boolean[] taken) {
        int next = 0;
        for (int i = 0; i < from.length; i++) {
            if (from[i] >= 0) {
                next = from[i] + 1;
                continue;
            }
            int limit = taken.length;
            for (int k = i; k < from.length; k++) {
                if (from[k] >= 0) {
                    limit = from[k];
                    break;
                }
            }
            List<Integer> free = new ArrayList<>();
            for (int j = next; j < limit; j++) {
                if (!taken[j] && name(before.get(j)) == null) {
                    free.add(j);
                }
            }
            if (!free.isEmpty() && name(wanted.get(i)) == null) {
                from[i] = free.getFirst();
                taken[from[i]] = true;
                next = from[i] + 1;
            }
        }
    }
}
