package dev.waybill.collect;

import dev.waybill.outcome.InvalidReason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads `{"batch":[…]}` from a stream: the place and shape of each event, and what applies to all. The last of
/// repeated keys wins. Belongs to one thread and one body.
final class BatchReader {
    private final JsonParser parser;
    private final byte[] body;
    private final int maxEvents;
    private final int maxEventBytes;
    private final int maxDepth;

    private @Nullable List<BatchShape.Item> items;
    private @Nullable JsonToken wrongBatch;
    private @Nullable JsonToken wrongContext;
    private @Nullable String writeKey;
    private @Nullable String context;
    private @Nullable String integrations;
    private @Nullable String sentAt;
    private int deepest;
    private int defaultBytes;
    private boolean tooMany;

    BatchReader(JsonParser parser, byte[] body, int maxEvents, int maxEventBytes, int maxDepth) {
        this.parser = parser;
        this.body = body;
        this.maxEvents = maxEvents;
        this.maxEventBytes = maxEventBytes;
        this.maxDepth = maxDepth;
    }

    /// Reads the object whose start is the parser's current token.
    BatchShape read() {
        for (String name = parser.nextName(); name != null && !tooMany; name = parser.nextName()) {
            field(name, parser.nextToken());
        }
        return judge();
    }

    private void field(String name, JsonToken token) {
        switch (name) {
            case "batch" -> batch(token);
            case "writeKey" -> writeKey = string(token);
            case "sentAt" -> sentAt = string(token);
            case "context" -> {
                context = object(token);
                wrongContext = context == null && token != JsonToken.VALUE_NULL ? token : null;
            }
            case "integrations" -> integrations = object(token);
            default -> ShapeReader.depthOf(parser, token);
        }
    }

    private void batch(JsonToken token) {
        items = null;
        wrongBatch = null;
        if (token != JsonToken.START_ARRAY) {
            ShapeReader.depthOf(parser, token);
            wrongBatch = token == JsonToken.VALUE_NULL ? null : token;
            return;
        }
        List<BatchShape.Item> found = new ArrayList<>();
        for (JsonToken item = parser.nextToken(); item != JsonToken.END_ARRAY; item = parser.nextToken()) {
            if (found.size() == maxEvents) {
                tooMany = true;
                return;
            }
            int start = start();
            EventShape shape = new ShapeReader(parser, maxDepth).read(item, null);
            found.add(new BatchShape.Item(start, end(), shape));
        }
        items = found;
    }

    private @Nullable String string(JsonToken token) {
        if (token == JsonToken.VALUE_STRING) {
            return parser.getString();
        }
        ShapeReader.depthOf(parser, token);
        return null;
    }

    private @Nullable String object(JsonToken token) {
        int start = start();
        deepest = Math.max(deepest, 1 + ShapeReader.depthOf(parser, token));
        return token == JsonToken.START_OBJECT ? BatchShape.text(body, start, end()) : null;
    }

    private int start() {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    private int end() {
        return (int) parser.currentLocation().getByteOffset();
    }

    private BatchShape judge() {
        if (tooMany) {
            return new BatchShape.Refused(
                    InvalidReason.TOO_LARGE,
                    "the batch holds more than the %d events allowed; send it in parts".formatted(maxEvents));
        }
        if (wrongBatch != null) {
            return new BatchShape.Refused(
                    InvalidReason.WRONG_TYPE,
                    "batch is %s; an array of events was expected".formatted(ShapeReader.kind(wrongBatch)));
        }
        if (items == null) {
            return new BatchShape.Refused(InvalidReason.MISSING_FIELD, "batch is absent; {\"batch\":[…]} was expected");
        }
        if (wrongContext != null) {
            return new BatchShape.Refused(
                    InvalidReason.WRONG_TYPE,
                    "context is %s; allowed: an object, null or nothing".formatted(ShapeReader.kind(wrongContext)));
        }
        if (deepest > maxDepth) {
            return new BatchShape.Refused(
                    InvalidReason.TOO_DEEP,
                    "the batch's context or integrations is nested %d deep in its events, %d are allowed"
                            .formatted(deepest, maxDepth));
        }
        defaultBytes = length(context) + length(integrations);
        return new BatchShape.Parts(items.stream().map(this::sized).toList(), writeKey, context, integrations, sentAt);
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : Utf8.length(text);
    }

    /// The defaults count for each event, or one large `context` would be recorded thousands of times.
    private BatchShape.Item sized(BatchShape.Item item) {
        int bytes = item.end() - item.start() + defaultBytes;
        return bytes <= maxEventBytes || item.shape() instanceof EventShape.Invalid
                ? item
                : new BatchShape.Item(item.start(), item.end(), EventShape.tooLarge(bytes, maxEventBytes));
    }
}
