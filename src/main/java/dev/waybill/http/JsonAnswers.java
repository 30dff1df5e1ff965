package dev.waybill.http;

import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerResponse;

/// Sends JSON. Safe for threads.
public final class JsonAnswers {
    private static final Header JSON = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");
    private static final Header NO_SNIFF = HeaderValues.createCached("X-Content-Type-Options", "nosniff");

    private JsonAnswers() {}

    public static void send(ServerResponse response, int status, JsonObject body) {
        send(response, status, JsonText.bytes(body));
    }

    /// Sends bytes that are JSON text already.
    public static void send(ServerResponse response, int status, byte[] json) {
        if (status != Status.OK_200.code()) {
            response.status(Status.create(status));
        }
        response.header(JSON);
        response.header(NO_SNIFF);
        response.send(json);
    }

    /// Sends an error.
    public static void refuse(ServerResponse response, Refusal refusal) {
        refuse(response, refusal, error(refusal.reason(), refusal.detail()));
    }

    /// Sends an error in a form of its own.
    public static void refuse(ServerResponse response, Refusal refusal, JsonObject body) {
        if (refusal.retryAfterSeconds() > 0) {
            response.header(HeaderNames.RETRY_AFTER, Integer.toString(refusal.retryAfterSeconds()));
        }
        if (!refusal.isLast()) {
            send(response, refusal.status(), body);
            return;
        }
        response.header(HeaderValues.CONNECTION_CLOSE);
        send(response, refusal.status(), body);
        // The header alone leaves Helidon reading on, and the rest of a malformed body would pass for a request.
        throw new CloseConnectionException("The request was malformed");
    }

    /// The form of every error: `{"reason":"…","detail":"…"}`.
    public static JsonObject error(String reason, String detail) {
        return JsonObject.builder().put("reason", reason).put("detail", detail).build();
    }
}
