package dev.waybill.sandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// One answered request to the event endpoint, kept as bytes because hundreds of thousands are kept. Immutable.
public final class Received {
    /// What an entry costs beside its bytes: the objects, their headers and the queue's slot.
    private static final int OVERHEAD_BYTES = 96;

    private final long atMillis;
    private final int status;
    private final byte[] headers;
    private final byte[] body;

    /// @param headers the request's headers as lines of `name: value`
    Received(Instant at, int status, String headers, byte[] body) {
        this.atMillis = at.toEpochMilli();
        this.status = status;
        this.headers = headers.getBytes(ISO_8859_1);
        this.body = body;
    }

    /// The status it was answered with.
    public int status() {
        return status;
    }

    /// The value of a request header, its name in lower case; null when it was not sent.
    public @Nullable String header(String name) {
        return headers().text(name);
    }

    /// The body, as a string when it is no JSON.
    public Json body() {
        try {
            return JsonText.read(body);
        } catch (JacksonException notJson) {
            return new Json.Str(new String(body, UTF_8));
        }
    }

    boolean isEvent(String name) {
        return body() instanceof JsonObject root && name.equals(root.text("event"));
    }

    boolean accepted() {
        return status >= 200 && status < 300;
    }

    int bytes() {
        return headers.length + body.length + OVERHEAD_BYTES;
    }

    JsonObject toJson() {
        return JsonObject.builder()
                .put("at", Instant.ofEpochMilli(atMillis).toString())
                .put("status", status)
                .put("headers", headers())
                .put("body", body())
                .build();
    }

    private JsonObject headers() {
        JsonObject.Builder object = JsonObject.builder();
        new String(headers, ISO_8859_1).lines().forEach(line -> {
            int colon = line.indexOf(": ");
            object.put(line.substring(0, colon), line.substring(colon + 2));
        });
        return object.build();
    }
}
