package dev.waybill.decide;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.event.Event;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.log.LogRecord;
import dev.waybill.log.RecordHeader;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// A record as one JSON event that stands for itself: sent alone, the same becomes of it. What an [EventReader] takes
/// from beside the event stands in it: the batch's defaults, the cookies' identifiers, `Sec-GPC` as
/// `context.consent.gpc`, and `type`, `messageId`, `sentAt` and `receivedAt`.
public final class WholeEvent {
    private WholeEvent() {}

    /// Makes the event of a record.
    ///
    /// @throws IllegalArgumentException when the bytes are no JSON object
    public static JsonObject of(LogRecord record) {
        RecordHeader header = record.header();
        JsonObject event = Event.withDefaults(
                object(record.body()), defaults(header.batchContext()), defaults(header.batchIntegrations()));
        for (Map.Entry<String, String> cookie : new TreeMap<>(header.kitCookies()).entrySet()) {
            event = EventReader.withCookie(event, cookie.getKey(), cookie.getValue());
        }
        if (header.globalPrivacyControl()) {
            event = withGlobalPrivacyControl(event);
        }
        JsonObject.Builder whole = event.toBuilder()
                .put("type", header.type().text())
                .put("messageId", header.messageId())
                .put("receivedAt", Instant.ofEpochMilli(record.receivedAt()).toString());
        if (event.text("sentAt") == null && header.batchSentAt() != null) {
            whole.put("sentAt", header.batchSentAt());
        }
        return whole.build();
    }

    private static JsonObject withGlobalPrivacyControl(JsonObject event) {
        JsonObject context = event.object("context");
        JsonObject.Builder changed = context == null ? JsonObject.builder() : context.toBuilder();
        JsonObject consent = context == null ? null : context.object("consent");
        JsonObject.Builder signals = consent == null ? JsonObject.builder() : consent.toBuilder();
        changed.put("consent", signals.put("gpc", Json.Bool.TRUE).build());
        return event.toBuilder().put("context", changed.build()).build();
    }

    private static @Nullable JsonObject defaults(@Nullable String json) {
        return json == null ? null : object(json.getBytes(UTF_8));
    }

    private static JsonObject object(byte[] utf8) {
        try {
            if (JsonText.read(utf8) instanceof JsonObject object) {
                return object;
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the record holds no JSON: " + JsonText.problem(e), e);
        }
        throw new IllegalArgumentException("the record holds JSON, but no object");
    }
}
