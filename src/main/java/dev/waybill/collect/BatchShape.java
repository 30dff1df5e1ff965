package dev.waybill.collect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.json.JsonText;
import dev.waybill.outcome.InvalidReason;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// What stands in the body of a batch.
sealed interface BatchShape {
    /// A batch that can be taken apart. Its items may still be wrong, each for itself.
    ///
    /// @param context the text of the top-level object `context`, or null; likewise `integrations` and `sentAt`
    record Parts(
            List<Item> items,
            @Nullable String writeKey,
            @Nullable String context,
            @Nullable String integrations,
            @Nullable String sentAt)
            implements BatchShape {}

    /// A body that is refused whole.
    record Refused(InvalidReason reason, String detail) implements BatchShape {}

    /// One element of `batch`: its bytes from `start` to before `end` in the body.
    record Item(int start, int end, EventShape shape) {}

    /// Takes a body apart in one pass.
    ///
    /// @param maxEvents `limits.batchEvents`
    /// @param maxEventBytes what an event and the batch's defaults for it may be together
    static BatchShape of(byte[] body, int maxEvents, int maxEventBytes, int maxDepth) {
        String foreign = Encoding.problem(body);
        if (foreign != null) {
            return new Refused(InvalidReason.INVALID_JSON, foreign);
        }
        try {
            return read(body, body, maxEvents, maxEventBytes, maxDepth);
        } catch (JacksonException failure) {
            byte[] repaired = JsonText.repaired(body);
            return repaired == null
                    ? unreadable(failure, maxDepth)
                    : again(repaired, body, maxEvents, maxEventBytes, maxDepth);
        }
    }

    private static BatchShape again(byte[] text, byte[] body, int maxEvents, int maxEventBytes, int maxDepth) {
        try {
            return read(text, body, maxEvents, maxEventBytes, maxDepth);
        } catch (JacksonException failure) {
            return unreadable(failure, maxDepth);
        }
    }

    /// @param text what is parsed: the body, or its repaired copy with everything in the same place
    private static BatchShape read(byte[] text, byte[] body, int maxEvents, int maxEventBytes, int maxDepth) {
        try (JsonParser parser = JsonText.parser(text)) {
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_OBJECT) {
                return first == null
                        ? new Refused(InvalidReason.INVALID_JSON, "the body is empty; a JSON object was expected")
                        : notAnObject(parser, first);
            }
            BatchShape shape = new BatchReader(parser, body, maxEvents, maxEventBytes, maxDepth).read();
            if (shape instanceof Parts && parser.nextToken() != null) {
                return new Refused(InvalidReason.INVALID_JSON, "more text after the end of the batch");
            }
            return shape;
        }
    }

    private static Refused unreadable(JacksonException failure, int maxDepth) {
        EventShape.Invalid invalid = EventShape.unreadable(failure, maxDepth);
        return new Refused(invalid.reason(), invalid.detail());
    }

    private static Refused notAnObject(JsonParser parser, JsonToken first) {
        ShapeReader.depthOf(parser, first);
        return new Refused(
                InvalidReason.NOT_AN_OBJECT,
                "the body is %s; {\"batch\":[…]} was expected".formatted(ShapeReader.kind(first)));
    }

    /// The text from one byte of a body to before another.
    static String text(byte[] body, int start, int end) {
        return new String(body, start, end - start, UTF_8);
    }
}
