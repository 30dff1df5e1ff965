package dev.waybill.collect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.http.JsonAnswers;
import dev.waybill.http.Refusal;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.List;

/// The answers to events: 200 all accepted, 207 some, 400 none.
final class Answers {
    private static final byte[] SUCCESS = "{\"success\":true}".getBytes(UTF_8);

    private Answers() {}

    /// An event of a batch that was not accepted.
    ///
    /// @param index its place in the batch, from 0
    record ItemError(int index, EventShape.Invalid invalid) {}

    static void accepted(ServerResponse response) {
        JsonAnswers.send(response, 200, SUCCESS);
    }

    static void partly(ServerResponse response, int accepted, List<ItemError> errors) {
        JsonAnswers.send(response, 207, body(accepted, items(errors)).build());
    }

    /// None of the events was accepted; `reason` and `detail` are those of the first.
    static void none(ServerResponse response, List<ItemError> errors) {
        EventShape.Invalid first = errors.getFirst().invalid();
        JsonAnswers.send(
                response,
                400,
                body(0, items(errors))
                        .put("reason", first.reason().code())
                        .put("detail", first.detail())
                        .build());
    }

    /// The request was refused whole: a 400 has the form of one without accepted events, any other status the form of
    /// all errors.
    static void refused(ServerResponse response, Refusal refusal) {
        if (refusal.status() != 400) {
            JsonAnswers.refuse(response, refusal);
            return;
        }
        JsonObject error = JsonAnswers.error(refusal.reason(), refusal.detail());
        JsonAnswers.refuse(
                response,
                refusal,
                body(0, List.of(error))
                        .put("reason", refusal.reason())
                        .put("detail", refusal.detail())
                        .build());
    }

    private static JsonObject.Builder body(int accepted, List<Json> errors) {
        return JsonObject.builder()
                .put("success", false)
                .put("accepted", accepted)
                .put("errors", new Json.Arr(errors));
    }

    private static List<Json> items(List<ItemError> errors) {
        List<Json> items = new ArrayList<>(errors.size());
        for (ItemError error : errors) {
            items.add(JsonObject.builder()
                    .put("index", error.index())
                    .put("reason", error.invalid().reason().code())
                    .put("detail", error.invalid().detail())
                    .build());
        }
        return items;
    }
}
