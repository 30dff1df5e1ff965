package dev.waybill.api;

import dev.waybill.access.Shortened;
import dev.waybill.event.Event;
import dev.waybill.event.EventName;
import dev.waybill.journal.Entry;
import dev.waybill.journal.LaneKey;
import dev.waybill.json.Json;
import dev.waybill.json.JsonPath;
import dev.waybill.json.Projection;
import dev.waybill.outcome.Outcome;
import dev.waybill.outcome.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which events somebody looks for; what is null lets all through.
///
/// @param event compared normalised
/// @param outcome an outcome's word, or `pending`
/// @param from received at or after, milliseconds of the epoch
/// @param to received before
/// @param path where in the received event [#value] must stand
/// @param value compared as text
record EventFilter(
        LaneNames.Chosen lanes,
        @Nullable String event,
        @Nullable String outcome,
        @Nullable Reason reason,
        @Nullable String userId,
        @Nullable String anonymousId,
        @Nullable Long from,
        @Nullable Long to,
        @Nullable JsonPath path,
        String value) {
    static final String PENDING = "pending";
    private static final List<String> OUTCOMES = Stream.concat(
                    Arrays.stream(Outcome.values()).map(Outcome::text), Stream.of(PENDING))
            .toList();

    static EventFilter of(Arguments query, LaneNames names) {
        LaneNames.Chosen lanes = names.chosen(query);
        String event = query.text("event");
        String outcome = query.word("outcome", OUTCOMES);
        Reason reason = Words.reason(query);
        String userId = query.text("userId");
        String anonymousId = query.text("anonymousId");
        Long from = query.time("from");
        Long to = query.time("to");
        String q = query.text("q");
        int colon = q == null ? -1 : q.indexOf(':');
        JsonPath path = null;
        if (q != null) {
            try {
                path = JsonPath.parse(q.substring(0, Math.max(0, colon)));
            } catch (IllegalArgumentException odd) {
                query.problem("q is no path:value; write keys joined by dots, a colon and the value, such as"
                        + " properties.order_id:4711");
            }
        }
        return new EventFilter(
                lanes,
                event == null ? null : EventName.normalise(event),
                outcome,
                reason,
                userId,
                anonymousId,
                from,
                to,
                path,
                q == null ? "" : q.substring(colon + 1));
    }

    /// The parts of an event that [#matches] looks at, and those that a trace shows.
    Projection wanted() {
        List<JsonPath> paths = new ArrayList<>(
                List.of(JsonPath.parse("event"), JsonPath.parse("userId"), JsonPath.parse("anonymousId")));
        if (path != null) {
            paths.add(path);
        }
        return Projection.of(paths);
    }

    /// What is looked for, for the audit journal; identifiers are shortened.
    String subject() {
        List<String> parts = new ArrayList<>();
        if (lanes.pipeline() != null) {
            parts.add("pipeline " + lanes.pipeline());
        }
        if (event != null) {
            parts.add("event " + event);
        }
        if (userId != null) {
            parts.add("userId " + Shortened.of(userId));
        }
        if (anonymousId != null) {
            parts.add("anonymousId " + Shortened.of(anonymousId));
        }
        if (path != null) {
            parts.add(path + " " + Shortened.of(value));
        }
        return "events" + (parts.isEmpty() ? "" : ": " + String.join(", ", parts));
    }

    boolean matches(Event received) {
        return (from == null || received.receivedAt() >= from)
                && (to == null || received.receivedAt() < to)
                && (event == null || event.equals(received.countedName()))
                && (userId == null || userId.equals(received.userId()))
                && (anonymousId == null || anonymousId.equals(received.anonymousId()))
                && (path == null || value.equals(text(path.in(received.json()))));
    }

    private static @Nullable String text(@Nullable Json value) {
        return switch (value) {
            case Json.Str(String text) -> text;
            case Json.Num(String literal) -> literal;
            case Json.Bool bool -> bool == Json.Bool.TRUE ? "true" : "false";
            case null, default -> null;
        };
    }

    /// Whether an outcome alone, without its event, rules the event out. Cheap: lanes ask it.
    boolean mayMatch(LaneKey lane, Entry.Decided ended) {
        return lanes.has(lane)
                && (event == null || event.length() >= Entry.MAX_TEXT || event.equals(ended.event()))
                && (reason == null || reason == ended.reason())
                && (outcome == null
                        || outcome.equals(PENDING)
                        || outcome.equals(ended.outcome().text()));
    }

    /// Whether one of the lanes is asked for and made of the event what is asked for.
    boolean matches(List<LaneHistory> histories, long position) {
        boolean any = lanes.integration() == null && outcome == null && reason == null;
        return any
                || histories.stream()
                        .filter(history -> lanes.has(history.lane().key()) && history.concerns(position))
                        .map(history -> history.decided(position))
                        .anyMatch(this::ended);
    }

    private boolean ended(Entry.@Nullable Decided decided) {
        String word = decided == null ? PENDING : decided.outcome().text();
        return (outcome == null || outcome.equals(word))
                && (reason == null || (decided != null && decided.reason() == reason));
    }
}
