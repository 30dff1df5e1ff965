package dev.waybill.event;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One received event, or the parts of it that somebody asked for: the received JSON with the batch's `context` and
/// `integrations` laid under its own, key by top-level key. What the collector found out (its id, when it came, the
/// browser's `Sec-GPC`) stands beside the JSON, never in it.
///
/// @param type what the route or the batch item said
/// @param messageId the client's, or the one the collector assigned
/// @param receivedAt when the collector took it, in milliseconds of the epoch
/// @param globalPrivacyControl whether the request carried `Sec-GPC: 1`
/// @param batchSentAt `sentAt` of the batch that brought it, or null
/// @param kitCookies the identifiers in the request's first-party cookies, by kit
/// @param json the event itself
public record Event(
        EventType type,
        String messageId,
        long receivedAt,
        boolean globalPrivacyControl,
        @Nullable String batchSentAt,
        Map<String, String> kitCookies,
        JsonObject json) {

    /// An event whose request carried no identifier in a cookie.
    public Event(
            EventType type,
            String messageId,
            long receivedAt,
            boolean globalPrivacyControl,
            @Nullable String batchSentAt,
            JsonObject json) {
        this(type, messageId, receivedAt, globalPrivacyControl, batchSentAt, Map.of(), json);
    }

    /// The name of a `track` event as received, or null.
    public @Nullable String name() {
        return type == EventType.TRACK ? json.text("event") : null;
    }

    /// The name to count and show the event by: a track's normalised name, any other's type.
    public String countedName() {
        String name = name();
        return name == null ? type.text() : EventName.normalise(name);
    }

    /// The value of a top-level key, or null when it is absent or `null`. `type` and `messageId` are those of the
    /// record, whatever the JSON says.
    public @Nullable Json field(String key) {
        return switch (key) {
            case "type" -> Json.of(type.text());
            case "messageId" -> Json.of(messageId);
            default -> json.present(key);
        };
    }

    /// The event as received with its `type` and `messageId` filled in.
    public JsonObject whole() {
        return json.toBuilder()
                .put("type", type.text())
                .put("messageId", messageId)
                .build();
    }

    public @Nullable String userId() {
        return json.text("userId");
    }

    public @Nullable String anonymousId() {
        return json.text("anonymousId");
    }

    /// `sentAt` of the event itself, else of its batch, or null.
    public @Nullable String sentAt() {
        String own = json.text("sentAt");
        return own != null ? own : batchSentAt;
    }

    /// The event with a batch's defaults under its own keys. A null counts as absent, and so does a `context` or
    /// consent
    /// that is no object: it must not take away what the batch says of consent.
    ///
    /// @param own the event as received
    /// @param context the batch's `context`, or null
    /// @param integrations the batch's `integrations`, or null
    public static JsonObject withDefaults(
            JsonObject own, @Nullable JsonObject context, @Nullable JsonObject integrations) {
        if (context == null && integrations == null) {
            return own;
        }
        JsonObject.Builder merged = own.toBuilder();
        under(merged, own, "context", context);
        under(merged, own, "integrations", integrations);
        return merged.build();
    }

    private static void under(JsonObject.Builder merged, JsonObject own, String key, @Nullable JsonObject defaults) {
        if (defaults == null) {
            return;
        }
        JsonObject object = own.object(key);
        if (object == null) {
            merged.put(key, defaults);
            return;
        }
        JsonObject.Builder both = defaults.toBuilder();
        object.forEach(entry -> {
            if (!isAbsent(key, entry.getKey(), entry.getValue())) {
                both.put(entry.getKey(), entry.getValue());
            }
        });
        merged.put(key, both.build());
    }

    private static boolean isAbsent(String in, String key, Json value) {
        return value instanceof Json.Null
                || (in.equals("context") && key.equals("consent") && !(value instanceof JsonObject));
    }
}
