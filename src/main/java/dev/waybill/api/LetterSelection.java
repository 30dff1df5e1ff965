package dev.waybill.api;

import dev.waybill.deadletter.DeadLetters;
import dev.waybill.deadletter.Letter;
import dev.waybill.deadletter.LetterFilter;
import dev.waybill.http.Refusal;
import dev.waybill.journal.LaneKey;
import dev.waybill.lane.ReplayQuery;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The letters that somebody wants sent again, by lane, the oldest first. Bounded; belongs to one thread.
final class LetterSelection {
    static final int MAX_LETTERS = 1_000_000;
    private static final int PAGE = 200;
    private static final int NAMED = 5;

    private final boolean includeDelivered;
    private final Map<LaneKey, TreeSet<Long>> positions = new TreeMap<>();
    private int count;

    /// @param includeDelivered also those that an earlier replay delivered
    LetterSelection(boolean includeDelivered) {
        this.includeDelivered = includeDelivered;
    }

    /// @throws Refusal 404 when there is no letter of one of the ids
    void add(DeadLetters letters, Set<String> ids) {
        Map<String, Letter> found = letters.get(ids);
        List<String> unknown = ids.stream().filter(id -> !found.containsKey(id)).toList();
        if (!unknown.isEmpty()) {
            throw new Refusal(
                    404,
                    "unknown_dead_letter",
                    "there is no dead letter of %d of these ids (%s%s); nothing was replayed"
                            .formatted(
                                    unknown.size(),
                                    String.join(", ", unknown.subList(0, Math.min(NAMED, unknown.size()))),
                                    unknown.size() > NAMED ? ", …" : ""));
        }
        found.values().forEach(this::add);
    }

    /// @throws Refusal 413 when there are more than [#MAX_LETTERS]
    void add(DeadLetters letters, LetterFilter filter) {
        OptionalLong before = OptionalLong.empty();
        do {
            DeadLetters.Page page = letters.list(filter, PAGE, before);
            page.letters().forEach(this::add);
            before = page.before();
            if (count > MAX_LETTERS) {
                throw new Refusal(
                        413,
                        "too_many",
                        "more than %d dead letters match; narrow from and to and replay them in parts"
                                .formatted(MAX_LETTERS));
            }
        } while (before.isPresent());
    }

    private void add(Letter letter) {
        if (!letter.redelivered() || includeDelivered) {
            TreeSet<Long> ofLane = positions.computeIfAbsent(letter.letter().lane(), _ -> new TreeSet<>());
            count += ofLane.add(letter.letter().position()) ? 1 : 0;
        }
    }

    /// The lanes that have letters to send again.
    Set<LaneKey> lanes() {
        return new LinkedHashMap<>(positions).keySet();
    }

    void select(LaneKey lane, ReplayQuery.Selected<IOException> selected) throws IOException {
        for (long position : positions.getOrDefault(lane, new TreeSet<>())) {
            selected.add(position, true);
        }
    }
}
