package dev.waybill.e2e;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Order Completed events that carry an id of their own through to the destination, as `params.id`.
final class Orders {
    static final String PUID = "0d3c6a52-8f1b-4a7e-9c60-5b2e7f41d9aa";

    private Orders() {}

    /// Sends orders in batches of 50 and returns their ids.
    ///
    /// @param properties more of them as JSON, such as `"refuse":true`, or empty
    static List<String> send(WaybillProcess server, String pipeline, String prefix, int count, String properties) {
        List<String> ids =
                IntStream.range(0, count).mapToObj(i -> prefix + "-" + i).toList();
        for (int from = 0; from < count; from += 50) {
            String batch = ids.subList(from, Math.min(count, from + 50)).stream()
                    .map(id -> event(id, properties))
                    .collect(Collectors.joining(",", "{\"batch\":[", "]}"));
            server.send(pipeline, "batch", batch).ok();
        }
        return ids;
    }

    static String event(String id, String properties) {
        return """
                {"type":"track","event":"Order Completed","messageId":"%1$s","anonymousId":"anonymous-%1$s",\
                "context":{"providers":{"kargo":{"puid":"%2$s"}},"page":{"url":"https://shop.example/thanks"}},\
                "properties":{"id":"%1$s","total":30.5%3$s}}""".formatted(id, PUID, properties.isEmpty() ? "" : "," + properties);
    }

    /// The ids of the orders that a destination holds; a repeated one repeats.
    static List<String> ids(List<JsonObject> bodies) {
        return bodies.stream().map(Orders::id).toList();
    }

    static String id(JsonObject body) {
        JsonObject params = body.object("params");
        Json id = params == null ? null : params.get("id");
        return id == null ? "none" : String.valueOf(id.asText());
    }
}
