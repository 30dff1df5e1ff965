package dev.waybill.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.log.LogRecord;
import dev.waybill.log.RecordHeader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// A record as JSON: the event as it was received and what the collector found out about it.
final class RecordJson {
    private RecordJson() {}

    /// What a record knows about people.
    static JsonObject about(LogRecord record) {
        return JsonObject.builder()
                .put("received", received(record))
                .put("header", header(record))
                .build();
    }

    /// The received event; a string with the text when that is no JSON.
    static Json received(LogRecord record) {
        return json(new String(record.body(), UTF_8));
    }

    static JsonObject header(LogRecord record) {
        RecordHeader header = record.header();
        JsonObject.Builder cookies = JsonObject.builder();
        new TreeMap<>(header.kitCookies()).forEach(cookies::put);
        return JsonObject.builder()
                .put("type", header.type().text())
                .put("messageId", header.messageId())
                .put("partitionKey", header.partitionKey())
                .put("globalPrivacyControl", header.globalPrivacyControl())
                .put("kitCookies", cookies.build())
                .put("batchContext", json(header.batchContext()))
                .put("batchIntegrations", json(header.batchIntegrations()))
                .put("batchSentAt", header.batchSentAt())
                .build();
    }

    /// The value of JSON text; null for none; a string where it is no JSON.
    static Json json(@Nullable String text) {
        if (text == null) {
            return Json.Null.INSTANCE;
        }
        try {
            return JsonText.read(text);
        } catch (JacksonException unreadable) {
            return Json.of(text);
        }
    }
}
