package dev.waybill.api;

import dev.waybill.deadletter.DeadLetter;
import dev.waybill.deadletter.Letter;
import dev.waybill.deadletter.LetterGroup;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;

/// A dead letter as JSON: a row of a list, or whole.
public final class LetterJson {
    private LetterJson() {}

    /// What a list shows.
    public static JsonObject row(Letter letter) {
        DeadLetter dead = letter.letter();
        return JsonObject.builder()
                .put("id", dead.id())
                .put("pipeline", dead.lane().pipeline())
                .put("integration", dead.lane().integration())
                .put("position", dead.position())
                .put("messageId", dead.record().header().messageId())
                .put("event", dead.event())
                .put("reason", dead.reason().code())
                .put("detail", dead.detail())
                .put("status", dead.status())
                .put("attempts", dead.attempts())
                .put("revision", dead.revision())
                .put("receivedAt", Times.iso(dead.record().receivedAt()))
                .put("at", Times.iso(dead.at()))
                .put(
                        "replays",
                        new Json.Arr(letter.replays().stream()
                                .<Json>map(LetterJson::replay)
                                .toList()))
                .build();
    }

    /// With the event as received, the request that was refused and the answer.
    public static JsonObject whole(Letter letter) {
        DeadLetter dead = letter.letter();
        return row(letter).toBuilder()
                .put("verdict", dead.verdict())
                .put("answer", dead.answer())
                .put("request", RecordJson.json(dead.request()))
                .put("received", RecordJson.received(dead.record()))
                .put("header", RecordJson.header(dead.record()))
                .build();
    }

    /// How many have lane, reason and event in common.
    static Json group(LetterGroup group) {
        return JsonObject.builder()
                .put("reason", group.reason().code())
                .put("pipeline", group.lane().pipeline())
                .put("integration", group.lane().integration())
                .put("event", group.event())
                .put("count", group.count())
                .put("redelivered", group.redelivered())
                .put("newest", Times.iso(group.newest()))
                .build();
    }

    private static JsonObject replay(Letter.Replayed replayed) {
        return JsonObject.builder()
                .put("replay", replayed.replay())
                .put("outcome", replayed.outcome())
                .put("at", Times.iso(replayed.at()))
                .build();
    }
}
