package dev.waybill.sandbox;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the sandbox reads bodies and answers. Every answer is JSON.
final class Answers {
    /// The largest documented body is far smaller: 20 values of 300 characters.
    private static final int BODY_BYTES = 1 << 20;

    private Answers() {}

    static void send(ServerResponse response, int status, Json json) {
        send(response, status, JsonText.bytes(json));
    }

    static void send(ServerResponse response, int status, byte[] json) {
        response.status(status).header(HeaderValues.CONTENT_TYPE_JSON).send(json);
    }

    static void refuse(ServerResponse response, int status, List<String> errors) {
        send(response, status, errors(errors));
    }

    static JsonObject errors(List<String> errors) {
        List<Json> sentences = new ArrayList<>();
        errors.forEach(sentence -> sentences.add(new Json.Str(sentence)));
        return JsonObject.builder().put("errors", new Json.Arr(sentences)).build();
    }

    /// The answer that a fault puts in the place of the real one.
    static void fault(ServerResponse response, int status, @Nullable Long retryAfterSeconds) {
        if (retryAfterSeconds != null) {
            response.header(HeaderNames.RETRY_AFTER, Long.toString(retryAfterSeconds));
        }
        if (status == 204 || status == 304) {
            response.status(status).send();
            return;
        }
        refuse(response, status, List.of("a fault set by PUT /faults answers " + status));
    }

    /// The whole body, or null when it is over 1 MiB: then the request was answered with 413 and its connection closes.
    static byte @Nullable [] body(ServerRequest request, ServerResponse response) throws IOException {
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        byte[] body;
        try (InputStream in = request.content().inputStream()) {
            body = in.readNBytes(BODY_BYTES + 1);
        }
        if (body.length <= BODY_BYTES) {
            return body;
        }
        response.header(HeaderValues.CONNECTION_CLOSE);
        refuse(response, 413, List.of("the body has over 1 MiB"));
        return null;
    }
}
