package dev.waybill.kit;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.outcome.Notice;
import dev.waybill.outcome.Reason;
import java.util.List;

/// What a playbook made of an event, as the one line of JSON that `map` and `test` print.
public final class MappedJson {
    private MappedJson() {}

    /// Without a workspace: no integration and no revision to name.
    public static JsonObject of(Mapped mapped) {
        return line(mapped, JsonObject.EMPTY);
    }

    public static JsonObject of(Mapped mapped, String integration, int revision) {
        JsonObject which = JsonObject.builder()
                .put("integration", integration)
                .put("revision", revision)
                .build();
        return line(mapped, which);
    }

    private static JsonObject line(Mapped mapped, JsonObject which) {
        JsonObject.Builder line = JsonObject.builder();
        switch (mapped) {
            case Mapped.Deliver deliver -> {
                line.put("outcome", "deliver");
                which.forEach(entry -> line.put(entry.getKey(), entry.getValue()));
                line.put("event", deliver.event());
                line.put("request", request(deliver.request()));
            }
            case Mapped.Stopped stopped -> {
                Reason reason = stopped.reason();
                line.put("outcome", reason.outcome().text());
                which.forEach(entry -> line.put(entry.getKey(), entry.getValue()));
                line.put("reason", reason.code());
                if (stopped.detail() != null) {
                    line.put("detail", stopped.detail());
                }
            }
        }
        List<Json> notices = mapped.notices().stream()
                .map(Notice::toJson)
                .map(Json.class::cast)
                .toList();
        return line.put("notices", new Json.Arr(notices)).build();
    }

    /// A request alone.
    public static JsonObject request(KitRequest request) {
        JsonObject.Builder headers = JsonObject.builder();
        request.headers().forEach(headers::put);
        boolean inQuery = request.encoding() == BodyEncoding.QUERY && request.url() != null;
        return JsonObject.builder()
                .put("method", request.method())
                .put("url", request.target())
                .put("headers", headers.build())
                .put("body", inQuery ? Json.Null.INSTANCE : request.body())
                .build();
    }
}
