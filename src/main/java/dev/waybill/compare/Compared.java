package dev.waybill.compare;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.util.List;
import java.util.function.Function;

/// What a comparison found. Rows come with the most events first.
///
/// @param from the one revision
/// @param to the other
/// @param events how many were compared
/// @param changed how many of them something changes for
/// @param unreadable how many could not be read, and are in no other number
/// @param unlisted how many changes are in no row, because there were too many different ones
public record Compared(
        String pipeline,
        String integration,
        int from,
        int to,
        long events,
        long changed,
        long unreadable,
        long unlisted,
        List<OutcomeRow> outcomes,
        List<KeyRow> keys,
        List<NoticeRow> notices) {
    public Compared {
        outcomes = List.copyOf(outcomes);
        keys = List.copyOf(keys);
        notices = List.copyOf(notices);
    }

    public long unchanged() {
        return events - changed;
    }

    public JsonObject json() {
        return JsonObject.builder()
                .put("pipeline", pipeline)
                .put("integration", integration)
                .put("from", from)
                .put("to", to)
                .put("events", events)
                .put("changed", changed)
                .put("unchanged", unchanged())
                .put("unreadable", unreadable)
                .put("unlisted", unlisted)
                .put("outcomes", rows(outcomes, OutcomeRow::json))
                .put("keys", rows(keys, KeyRow::json))
                .put("notices", rows(notices, NoticeRow::json))
                .build();
    }

    private static <T> Json rows(List<T> rows, Function<T, JsonObject> json) {
        return new Json.Arr(rows.stream().<Json>map(json).toList());
    }
}
