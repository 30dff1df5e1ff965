package dev.waybill.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.event.Event;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.json.Projection;
import dev.waybill.log.LogRecord;
import dev.waybill.log.RecordHeader;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Makes the wanted parts of an event from its record, the batch's `context` and `integrations` under its own.
final class ReceivedEvent {
    private ReceivedEvent() {}

    static Event of(LogRecord record, Projection wanted) {
        RecordHeader header = record.header();
        JsonObject json = Event.withDefaults(
                object(record.body(), wanted),
                defaults(header.batchContext(), wanted.of("context")),
                defaults(header.batchIntegrations(), wanted.of("integrations")));
        return new Event(
                header.type(),
                header.messageId(),
                record.receivedAt(),
                header.globalPrivacyControl(),
                header.batchSentAt(),
                json);
    }

    private static @Nullable JsonObject defaults(@Nullable String json, @Nullable Projection part) {
        return json == null || part == null ? null : object(json.getBytes(UTF_8), part);
    }

    /// What can't be read has no parts: it shows, without them.
    private static JsonObject object(byte[] utf8, Projection part) {
        try {
            return JsonText.read(utf8, part) instanceof JsonObject object ? object : JsonObject.EMPTY;
        } catch (JacksonException unreadable) {
            return JsonObject.EMPTY;
        }
    }
}
