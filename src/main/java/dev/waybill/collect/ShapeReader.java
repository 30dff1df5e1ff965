package dev.waybill.collect;

import dev.waybill.event.EventType;
import dev.waybill.outcome.InvalidReason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads the shape of one event from a stream, in one pass and without a tree. The last of repeated keys wins, also
/// where an earlier one was wrong. Belongs to one thread and one event.
final class ShapeReader {
    private final JsonParser parser;
    private final int maxDepth;
    private int deepest;

    private @Nullable Found type;
    private @Nullable Found event;
    private @Nullable Found writeKey;
    private @Nullable Found messageId;
    private @Nullable Found userId;
    private @Nullable Found anonymousId;
    private @Nullable Found groupId;
    private @Nullable Found previousId;
    private @Nullable Found context;
    private @Nullable Found properties;
    private @Nullable Found traits;

    /// What stands under a key: its first token, and its text when it is a string.
    private record Found(JsonToken token, @Nullable String text) {}

    ShapeReader(JsonParser parser, int maxDepth) {
        this.parser = parser;
        this.maxDepth = maxDepth;
    }

    /// Reads the value that starts at the parser's current token and leaves the parser at its last one, whatever is
    /// wrong with the shape: only text that is no JSON ends in an exception.
    EventShape read(JsonToken first, @Nullable EventType route) {
        if (first != JsonToken.START_OBJECT) {
            depthOf(parser, first);
            return new EventShape.Invalid(
                    InvalidReason.NOT_AN_OBJECT, "the event is %s; an object was expected".formatted(kind(first)));
        }
        deepest = 1;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            field(name, parser.nextToken());
        }
        return judge(route);
    }

    private void field(String name, JsonToken token) {
        switch (name) {
            case "type" -> type = found(token);
            case "event" -> event = found(token);
            case "writeKey" -> writeKey = found(token);
            case "messageId" -> messageId = found(token);
            case "userId" -> userId = found(token);
            case "anonymousId" -> anonymousId = found(token);
            case "groupId" -> groupId = found(token);
            case "previousId" -> previousId = found(token);
            case "context" -> context = found(token);
            case "properties" -> properties = found(token);
            case "traits" -> traits = found(token);
            default -> pass(token);
        }
    }

    private @Nullable Found found(JsonToken token) {
        return switch (token) {
            case VALUE_NULL -> null;
            case VALUE_STRING -> new Found(token, parser.getString());
            default -> {
                pass(token);
                yield new Found(token, null);
            }
        };
    }

    private void pass(JsonToken first) {
        deepest = Math.max(deepest, 1 + depthOf(parser, first));
    }

    /// Passes over the value that starts at the parser's current token. Returns how deep its containers are nested, 0
    /// for a scalar.
    static int depthOf(JsonParser parser, JsonToken first) {
        if (!first.isStructStart()) {
            return 0;
        }
        int open = 1;
        int deepest = 1;
        while (open > 0) {
            JsonToken token = parser.nextToken();
            if (token.isStructStart()) {
                open++;
                deepest = Math.max(deepest, open);
            } else if (token.isStructEnd()) {
                open--;
            }
        }
        return deepest;
    }

    private EventShape judge(@Nullable EventType route) {
        if (deepest > maxDepth) {
            return new EventShape.Invalid(
                    InvalidReason.TOO_DEEP,
                    "objects and arrays are nested %d deep, %d are allowed".formatted(deepest, maxDepth));
        }
        EventType known = route == null ? ownType() : route;
        if (known == null) {
            return new EventShape.Invalid(
                    InvalidReason.UNKNOWN_TYPE, "type is %s; allowed: %s".formatted(shown(type), EventType.allowed()));
        }
        if (known == EventType.TRACK
                && (event == null || event.text() == null || event.text().isBlank())) {
            return new EventShape.Invalid(
                    InvalidReason.MISSING_FIELD,
                    "event is %s; a track call needs its name, a non-empty string".formatted(shown(event)));
        }
        EventShape.Invalid wrong = wrongType();
        return wrong != null
                ? wrong
                : new EventShape.Valid(known, text(messageId), text(userId), text(anonymousId), text(writeKey));
    }

    private @Nullable EventType ownType() {
        return Optional.ofNullable(text(type)).flatMap(EventType::of).orElse(null);
    }

    private EventShape.@Nullable Invalid wrongType() {
        EventShape.Invalid wrong = notAnObject("context", context);
        wrong = wrong != null ? wrong : notAnObject("properties", properties);
        wrong = wrong != null ? wrong : notAnObject("traits", traits);
        wrong = wrong != null ? wrong : notAString("userId", userId);
        wrong = wrong != null ? wrong : notAString("anonymousId", anonymousId);
        wrong = wrong != null ? wrong : notAString("messageId", messageId);
        wrong = wrong != null ? wrong : notAString("groupId", groupId);
        return wrong != null ? wrong : notAString("previousId", previousId);
    }

    private static EventShape.@Nullable Invalid notAnObject(String name, @Nullable Found found) {
        return found == null || found.token() == JsonToken.START_OBJECT ? null : wrongType(name, found, "an object");
    }

    private static EventShape.@Nullable Invalid notAString(String name, @Nullable Found found) {
        return found == null || found.token() == JsonToken.VALUE_STRING ? null : wrongType(name, found, "a string");
    }

    private static EventShape.Invalid wrongType(String name, Found found, String allowed) {
        return new EventShape.Invalid(
                InvalidReason.WRONG_TYPE,
                "%s is %s; allowed: %s, null or nothing".formatted(name, kind(found.token()), allowed));
    }

    private static @Nullable String text(@Nullable Found found) {
        return found == null || found.text() == null || found.text().isEmpty() ? null : found.text();
    }

    private static String shown(@Nullable Found found) {
        if (found == null) {
            return "absent";
        }
        String text = found.text();
        if (text == null) {
            return kind(found.token());
        }
        return text.isBlank() ? "blank" : "\"" + Shown.shortened(text) + "\"";
    }

    /// The kind of value that starts with a token, with its article, for error texts.
    static String kind(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            default -> "null";
        };
    }
}
