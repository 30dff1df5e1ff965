package dev.waybill.api;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.mask.Masking;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Masks what identifies people in answers that tell of events: rows of lists, traces, dead letters, examples. It
/// knows the answers' own keys; what stands under any other is a stranger's text and is masked as such, so that a
/// new key leaks nothing. Within one answer the same identifier becomes the same fake. Belongs to one thread.
final class MaskedAnswer {
    /// The server's own words, names and times, and the messageId, by which one asks for an event.
    private static final Set<String> KEPT = Set.of(
            "at",
            "before",
            "code",
            "from",
            "id",
            "input",
            "integration",
            "kit",
            "messageId",
            "method",
            "next",
            "outcome",
            "output",
            "path",
            "pipeline",
            "reason",
            "receivedAt",
            "replay",
            "rule",
            "batchSentAt",
            "to",
            "type");

    private static final Set<String> IDENTIFIERS = Set.of("userId", "anonymousId", "partitionKey");

    /// Examples of a comparison show values under words that elsewhere are the server's own.
    private static final String EXAMPLES = "examples";

    private final Masking masking = new Masking();

    /// A row or a whole answer about one event.
    ///
    /// @param about what is known of the same event and not shown, such as `received`
    JsonObject of(JsonObject answer, JsonObject about) {
        masking.forget();
        learn(about);
        learn(answer);
        return object(answer);
    }

    private void learn(JsonObject answer) {
        for (Map.Entry<String, Json> entry : answer) {
            Json value = entry.getValue();
            switch (entry.getKey()) {
                case "received", "body" -> learnEvent(value);
                case "batchContext" -> learnEvent(under("context", value));
                case "batchIntegrations" -> learnEvent(under("integrations", value));
                case "userId", "anonymousId", "partitionKey" -> learnEvent(identifier(value));
                case "kitCookies" -> {
                    if (value instanceof JsonObject cookies) {
                        cookies.forEach(cookie -> learnEvent(identifier(cookie.getValue())));
                    }
                }
                default -> learnInside(value);
            }
        }
    }

    private void learnInside(Json value) {
        switch (value) {
            case JsonObject object -> learn(object);
            case Json.Arr(List<Json> items) -> items.forEach(this::learnInside);
            default -> {}
        }
    }

    private void learnEvent(Json value) {
        if (value instanceof JsonObject event) {
            masking.learn(event);
        }
    }

    private static JsonObject identifier(Json value) {
        return under("userId", value);
    }

    /// An event's part, as it stands in an event.
    private static JsonObject under(String key, Json value) {
        return JsonObject.builder().put(key, value).build();
    }

    private JsonObject object(JsonObject answer) {
        JsonObject.Builder masked = JsonObject.builder();
        for (Map.Entry<String, Json> entry : answer) {
            masked.put(entry.getKey(), value(answer, entry.getKey(), entry.getValue()));
        }
        return masked.build();
    }

    private Json value(JsonObject in, String key, Json value) {
        if (value instanceof Json.Null || KEPT.contains(key)) {
            return value;
        }
        if (IDENTIFIERS.contains(key)) {
            return masking.masked("userId", value);
        }
        return switch (key) {
            case "received" -> received(value);
            case "body" -> event(value);
            case "batchContext" -> part("context", value);
            case "batchIntegrations" -> part("integrations", value);
            case "kitCookies" -> masking.masked("puid", value);
            case "value" -> {
                String output = lastKey(in.text("output"));
                yield masking.masked(Masking.identifies(output) ? output : lastKey(in.text("input")), value);
            }
            case EXAMPLES -> examples(lastKey(in.text("path")), value);
            default -> inside(value);
        };
    }

    private Json inside(Json value) {
        return switch (value) {
            case JsonObject object -> object(object);
            case Json.Arr(List<Json> items) ->
                new Json.Arr(items.stream().map(this::inside).toList());
            case Json.Str(String text) -> Json.of(masking.maskedAnswer(text));
            default -> value;
        };
    }

    private Json received(Json value) {
        if (value instanceof JsonObject event) {
            Json messageId = event.get("messageId");
            JsonObject masked = masking.masked(event);
            return messageId == null
                    ? masked
                    : masked.toBuilder().put("messageId", messageId).build();
        }
        return event(value);
    }

    private Json event(Json value) {
        return value instanceof JsonObject event ? masking.masked(event) : masking.masked("", value);
    }

    private Json part(String key, Json value) {
        Json masked = masking.masked(under(key, value)).get(key);
        return masked == null ? Json.Null.INSTANCE : masked;
    }

    private Json examples(String key, Json value) {
        if (!(value instanceof Json.Arr(List<Json> items))) {
            return inside(value);
        }
        return new Json.Arr(items.stream()
                .map(item -> item instanceof JsonObject example ? example(key, example) : inside(item))
                .toList());
    }

    private JsonObject example(String key, JsonObject example) {
        JsonObject.Builder masked = JsonObject.builder();
        example.forEach(entry -> masked.put(
                entry.getKey(),
                entry.getKey().equals("messageId") ? entry.getValue() : masking.masked(key, entry.getValue())));
        return masked.build();
    }

    private static String lastKey(@Nullable String path) {
        return path == null ? "" : path.substring(path.lastIndexOf('.') + 1);
    }
}
