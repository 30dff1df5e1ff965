package dev.waybill.collect;

import dev.waybill.event.EventType;
import dev.waybill.json.JsonText;
import dev.waybill.outcome.InvalidReason;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;

/// Whether a JSON text has the shape of an event, and what the collector needs to know of it.
public sealed interface EventShape {
    /// An event that may enter the log. Ids are as the client wrote them; empty ones count as absent.
    ///
    /// @param type the route's, else the event's own
    record Valid(
            EventType type,
            @Nullable String messageId,
            @Nullable String userId,
            @Nullable String anonymousId,
            @Nullable String writeKey)
            implements EventShape {}

    /// A text that is told back to the sender.
    ///
    /// @param detail one line: what was found and what is allowed
    record Invalid(InvalidReason reason, String detail) implements EventShape {}

    /// Checks the text of one event.
    ///
    /// @param event the whole text
    /// @param route the type that the route names, or null when the event's own `type` says it
    /// @param maxBytes `limits.eventBytes`
    /// @param maxDepth `limits.depth`: objects and arrays inside each other, the event itself being the first
    static EventShape of(byte[] event, @Nullable EventType route, int maxBytes, int maxDepth) {
        if (event.length > maxBytes) {
            return tooLarge(event.length, maxBytes);
        }
        String foreign = Encoding.problem(event);
        if (foreign != null) {
            return new Invalid(InvalidReason.INVALID_JSON, foreign);
        }
        try {
            return read(event, route, maxDepth);
        } catch (JacksonException failure) {
            byte[] repaired = JsonText.repaired(event);
            return repaired == null ? unreadable(failure, maxDepth) : again(repaired, route, maxDepth);
        }
    }

    private static EventShape again(byte[] event, @Nullable EventType route, int maxDepth) {
        try {
            return read(event, route, maxDepth);
        } catch (JacksonException failure) {
            return unreadable(failure, maxDepth);
        }
    }

    private static EventShape read(byte[] event, @Nullable EventType route, int maxDepth) {
        try (JsonParser parser = JsonText.parser(event)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return new Invalid(InvalidReason.INVALID_JSON, "the body is empty; a JSON object was expected");
            }
            EventShape shape = new ShapeReader(parser, maxDepth).read(first, route);
            if (parser.nextToken() != null) {
                return new Invalid(
                        InvalidReason.INVALID_JSON,
                        "line %d, column %d: more text after the end of the event"
                                .formatted(
                                        parser.currentTokenLocation().getLineNr(),
                                        parser.currentTokenLocation().getColumnNr()));
            }
            return shape;
        }
    }

    static Invalid tooLarge(int bytes, int maxBytes) {
        return new Invalid(InvalidReason.TOO_LARGE, "the event is %d bytes, %d are allowed".formatted(bytes, maxBytes));
    }

    static Invalid unreadable(JacksonException failure, int maxDepth) {
        // The reader's only constraint is its depth: lengths are bounded by the body.
        return failure instanceof StreamConstraintsException
                ? new Invalid(
                        InvalidReason.TOO_DEEP, "objects and arrays are nested more than %d deep".formatted(maxDepth))
                : new Invalid(InvalidReason.INVALID_JSON, JsonText.problem(failure));
    }
}
