package dev.waybill.kit;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How several events become one request. Immutable.
///
/// @param events the most events of a request; 1 – 10,000
/// @param bytes the most bytes of its events as JSON; an event that is larger alone goes alone
/// @param patience how long the first event waits for others
/// @param under the key that holds the list of events; null when the body is the list
/// @param refused what becomes of a batch that the destination refuses
public record BatchRule(
        int events, long bytes, Duration patience, @Nullable String under, Refused refused) {
    /// What becomes of the events of a refused batch.
    public enum Refused {
        /// It is halved until the event that is refused is alone; the others are delivered.
        SPLIT,
        /// All of them are refused.
        REJECT
    }

    /// The body of a request for these events, one at least.
    Json body(List<JsonObject> bodies) {
        Json.Arr list = new Json.Arr(new ArrayList<Json>(bodies));
        return under == null ? list : JsonObject.builder().put(under, list).build();
    }

    /// The request for the events of all of these, in their order. They were made by one integration and differ in
    /// their events alone.
    public KitRequest together(List<KitRequest> requests) {
        KitRequest first = requests.getFirst();
        if (requests.size() == 1) {
            return first;
        }
        List<Json> items = new ArrayList<>();
        requests.forEach(request -> items.addAll(items(request)));
        Json.Arr list = new Json.Arr(items);
        return first.with(
                under == null ? list : JsonObject.builder().put(under, list).build());
    }

    private List<Json> items(KitRequest request) {
        Json body = request.body();
        Json list = under != null && body instanceof JsonObject object ? object.get(under) : body;
        return list instanceof Json.Arr(List<Json> items) ? items : List.of(body);
    }
}
