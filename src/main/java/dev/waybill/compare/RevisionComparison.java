package dev.waybill.compare;

import dev.waybill.compare.KeyRow.Change;
import dev.waybill.json.Json;
import dev.waybill.json.JsonDifference;
import dev.waybill.json.JsonDifference.Strictness;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.kit.Integration;
import dev.waybill.log.LogRecord;
import dev.waybill.workspace.Pipeline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Compares two revisions event by event, each as if its pipeline pinned it to send, with the time of receiving as the
/// time of the decision. Belongs to one thread.
public final class RevisionComparison {
    /// Rows of each kind; what comes beyond is counted as unlisted.
    private static final int MAX_ROWS = 2000;

    private static final int LONGEST_VALUE = 120;
    private static final int LONGEST_NAME = 200;
    private static final int SHORT_ID = 12;

    private final Pipeline pipeline;
    private final Integration from;
    private final Integration to;
    private final Side fromSide;
    private final Side toSide;
    private final int maxExamples;

    private final Map<OutcomeKey, Counted<OutcomeRow.Example>> outcomes = new LinkedHashMap<>();
    private final Map<PathKey, Counted<KeyRow.Example>> keys = new LinkedHashMap<>();
    private final Map<NoticeKey, long[]> notices = new LinkedHashMap<>();
    private long events;
    private long changed;
    private long unreadable;
    private long unlisted;

    private record OutcomeKey(String event, String from, String to) {}

    private record PathKey(String event, String path, Change change) {}

    private record NoticeKey(String event, String code, String path) {}

    private static final class Counted<E> {
        private final List<E> examples = new ArrayList<>();
        private long events;
    }

    /// Begins with no events.
    ///
    /// @param pipeline whose consent settings count
    /// @param from the one revision
    /// @param to the other
    /// @param maxExamples for each row; 0 for none
    public RevisionComparison(Pipeline pipeline, Integration from, Integration to, int maxExamples) {
        this.pipeline = pipeline;
        this.from = from;
        this.to = to;
        this.fromSide = Side.of(pipeline, from);
        this.toSide = Side.of(pipeline, to);
        this.maxExamples = maxExamples;
    }

    /// Compares one event.
    public void add(LogRecord record) {
        Side.Decided before;
        Side.Decided after;
        try {
            before = fromSide.decide(record);
            after = toSide.decide(record);
        } catch (IllegalArgumentException noEvent) {
            unreadable++;
            return;
        }
        events++;
        if (before.line().equals(after.line())) {
            return;
        }
        changed++;
        Seen seen = new Seen(
                cut(before.name(), LONGEST_NAME), shortened(record.header().messageId()));
        String fromOutcome = outcome(before.line());
        String toOutcome = outcome(after.line());
        if (fromOutcome.equals(toOutcome)) {
            keys(seen, before.line(), after.line());
        } else {
            outcome(seen, fromOutcome, toOutcome, before.line(), after.line());
        }
        notices(seen, before.line(), after.line());
    }

    private record Seen(String event, String messageId) {}

    /// Counts an event that could not be read.
    public void addUnreadable(long count) {
        unreadable += count;
    }

    private static String outcome(JsonObject line) {
        String reason = line.text("reason");
        return line.text("outcome") + (reason == null ? "" : ": " + reason);
    }

    private void outcome(Seen seen, String before, String after, JsonObject fromLine, JsonObject toLine) {
        count(
                outcomes,
                new OutcomeKey(seen.event(), before, after),
                new OutcomeRow.Example(seen.messageId(), detail(fromLine), detail(toLine)));
    }

    private static String detail(JsonObject line) {
        String detail = line.text("detail");
        return detail == null ? "" : cut(detail, LONGEST_VALUE);
    }

    private void keys(Seen seen, JsonObject before, JsonObject after) {
        for (JsonDifference difference :
                JsonDifference.between("", without(before), without(after), Strictness.BY_LITERAL)) {
            Change change = difference.left() == null
                    ? Change.ADDED
                    : difference.right() == null ? Change.REMOVED : Change.CHANGED;
            count(
                    keys,
                    new PathKey(seen.event(), cut(difference.path(), LONGEST_NAME), change),
                    new KeyRow.Example(seen.messageId(), text(difference.left()), text(difference.right())));
        }
    }

    /// Notices have rows of their own.
    private static JsonObject without(JsonObject line) {
        JsonObject.Builder rest = JsonObject.builder();
        for (var entry : line) {
            if (!entry.getKey().equals("notices")) {
                rest.put(entry.getKey(), entry.getValue());
            }
        }
        return rest.build();
    }

    private static @Nullable String text(@Nullable Json value) {
        return value == null ? null : cut(JsonText.write(value), LONGEST_VALUE);
    }

    private <K, E> void count(Map<K, Counted<E>> rows, K key, E example) {
        Counted<E> row = rows.get(key);
        if (row == null) {
            if (rows.size() >= MAX_ROWS) {
                unlisted++;
                return;
            }
            row = new Counted<>();
            rows.put(key, row);
        }
        row.events++;
        if (row.examples.size() < maxExamples) {
            row.examples.add(example);
        }
    }

    private void notices(Seen seen, JsonObject before, JsonObject after) {
        Map<NoticeKey, long[]> both = new HashMap<>();
        note(seen, before, 0, both);
        note(seen, after, 1, both);
        both.forEach((key, counts) -> {
            if (counts[0] == counts[1]) {
                return;
            }
            long[] row = notices.get(key);
            if (row == null && notices.size() >= MAX_ROWS) {
                unlisted++;
                return;
            }
            row = row == null ? new long[2] : row;
            row[0] += counts[0];
            row[1] += counts[1];
            notices.put(key, row);
        });
    }

    private static void note(Seen seen, JsonObject line, int side, Map<NoticeKey, long[]> both) {
        if (line.get("notices") instanceof Json.Arr(List<Json> items)) {
            for (Json item : items) {
                if (item instanceof JsonObject notice) {
                    NoticeKey key = new NoticeKey(
                            seen.event(),
                            String.valueOf(notice.text("code")),
                            cut(String.valueOf(notice.text("path")), LONGEST_NAME));
                    both.computeIfAbsent(key, _ -> new long[2])[side]++;
                }
            }
        }
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : JsonText.wellFormed(text.substring(0, longest - 1)) + "…";
    }

    private static String shortened(String messageId) {
        return cut(messageId, SHORT_ID);
    }

    /// What was found so far.
    public Compared result() {
        return new Compared(
                pipeline.name(),
                from.name(),
                from.revision(),
                to.revision(),
                events,
                changed,
                unreadable,
                unlisted,
                rows(
                        outcomes,
                        OutcomeRow::events,
                        (key, row) -> new OutcomeRow(key.event(), key.from(), key.to(), row.events, row.examples)),
                rows(
                        keys,
                        KeyRow::events,
                        (key, row) -> new KeyRow(key.event(), key.path(), key.change(), row.events, row.examples)),
                rows(
                        notices,
                        row -> row.before() + row.after(),
                        (key, counts) -> new NoticeRow(key.event(), key.code(), key.path(), counts[0], counts[1])));
    }

    private static <K, V, R> List<R> rows(Map<K, V> counted, ToLongFunction<R> events, BiFunction<K, V, R> row) {
        List<R> rows = new ArrayList<>();
        counted.forEach((key, value) -> rows.add(row.apply(key, value)));
        rows.sort(Comparator.comparingLong(events).reversed());
        return rows;
    }
}
