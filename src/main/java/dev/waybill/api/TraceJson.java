package dev.waybill.api;

import dev.waybill.event.Event;
import dev.waybill.journal.Entry;
import dev.waybill.journal.LaneKey;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.outcome.NoticeCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The life of one event as one row of JSON.
final class TraceJson {
    /// Names and ids are the sender's; longer ones are cut in a list, so that a page stays small.
    private static final int LONGEST = 300;

    private TraceJson() {}

    /// What lists and the live tail show of an event.
    ///
    /// @param histories of all lanes of its pipeline
    static JsonObject of(String pipeline, long sequence, Event event, List<LaneHistory> histories) {
        return row(
                pipeline,
                sequence,
                event,
                histories.stream()
                        .filter(history -> history.concerns(sequence))
                        .map(history -> lane(history, sequence))
                        .toList());
    }

    /// @param lanes what became of it in each lane
    static JsonObject row(String pipeline, long sequence, Event event, List<JsonObject> lanes) {
        return JsonObject.builder()
                .put("messageId", event.messageId())
                .put("pipeline", pipeline)
                .put("sequence", sequence)
                .put("receivedAt", Times.iso(event.receivedAt()))
                .put("type", event.type().text())
                .put("event", cut(event.name()))
                .put("userId", cut(event.userId()))
                .put("anonymousId", cut(event.anonymousId()))
                .put("lanes", new Json.Arr(List.copyOf(lanes)))
                .build();
    }

    static @Nullable String cut(@Nullable String text) {
        return text == null || text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    /// What one lane did with it.
    static JsonObject lane(LaneHistory history, long position) {
        LaneKey key = history.lane().key();
        Entry.Decided decided = history.decided(position);
        if (decided == null) {
            List<Entry.Attempted> attempts = history.attempts(position);
            Entry.Attempted last = attempts.isEmpty() ? null : attempts.getLast();
            return JsonObject.builder()
                    .put("integration", key.integration())
                    .put("outcome", EventFilter.PENDING)
                    .put("reason", (String) null)
                    .put("detail", last == null ? null : last.what())
                    .put("revision", last == null ? history.lane().status().revision() : last.revision())
                    .put("attempts", last == null ? 0 : last.attempt())
                    .put("status", last == null ? 0 : last.status())
                    .put("answer", (String) null)
                    .put("notices", new Json.Arr(List.of()))
                    .put("at", last == null ? null : Times.iso(last.at()))
                    .build();
        }
        return JsonObject.builder()
                .put("integration", key.integration())
                .put("outcome", decided.outcome().text())
                .put(
                        "reason",
                        decided.reason() == null ? null : decided.reason().code())
                .put("detail", decided.detail())
                .put("revision", decided.revision())
                .put("attempts", decided.attempts())
                .put("status", decided.status())
                .put("answer", decided.answer())
                .put("notices", notices(decided.notices()))
                .put("at", Times.iso(decided.at()))
                .build();
    }

    private static Json.Arr notices(List<NoticeCode> notices) {
        return new Json.Arr(
                notices.stream().map(NoticeCode::code).<Json>map(Json::of).toList());
    }
}
