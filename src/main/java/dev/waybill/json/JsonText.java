package dev.waybill.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/// Reads and writes JSON text through Jackson. Safe for threads.
public final class JsonText {
    /// Containers inside containers beyond which text is refused whatever the caller allows: it bounds the parser's
    /// memory.
    public static final int HARD_DEPTH = 1000;

    /// What is written may be deeper than what was read: a request holds the event, a batch the request, an API's
    /// answer the batch.
    private static final int WRITE_DEPTH = HARD_DEPTH + 100;

    /// The factory for every reader of event text. Lengths of names, strings and numbers are bounded by the size of
    /// the body, which callers bound; depth is bounded here.
    public static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(HARD_DEPTH)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .streamWriteConstraints(StreamWriteConstraints.builder()
                    .maxNestingDepth(WRITE_DEPTH)
                    .build())
            // Hostile keys must not fill the JVM's intern table, nor make the shared symbol table refuse an honest
            // event.
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .disable(TokenStreamFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .build();

    private static final char REPLACEMENT = '\uFFFD';

    private JsonText() {}

    public static JsonParser parser(byte[] utf8) {
        return FACTORY.createParser(ObjectReadContext.empty(), utf8);
    }

    /// Reads one whole document.
    ///
    /// @throws StreamReadException when the text is no JSON, goes on after it, or is deeper than [#HARD_DEPTH]
    public static Json read(byte[] utf8) {
        return read(utf8, Projection.ALL);
    }

    public static Json read(String text) {
        return read(text.getBytes(UTF_8));
    }

    /// Reads the wanted parts of one whole document; the rest is checked for form and left out.
    public static Json read(byte[] utf8, Projection wanted) {
        try {
            return parse(utf8, wanted);
        } catch (StreamReadException e) {
            byte[] fixed = repaired(utf8);
            if (fixed == null) {
                throw e;
            }
            return parse(fixed, wanted);
        }
    }

    /// Reads all values of a text that holds one after the other, as in a file with one a line. May be none.
    ///
    /// @throws StreamReadException when the text is no JSON or is deeper than [#HARD_DEPTH]
    public static List<Json> readAll(byte[] utf8) {
        byte[] fixed = repaired(utf8);
        List<Json> values = new ArrayList<>();
        try (JsonParser parser = parser(fixed == null ? utf8 : fixed)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                values.add(value(parser, token, Projection.ALL));
            }
        }
        return values;
    }

    /// A copy of the text in which escapes of lone surrogates (`\ud800`) are `\ufffd`, or null when there are none.
    /// Everything else stays in its place. The parser refuses such escapes in keys.
    public static byte @Nullable [] repaired(byte[] utf8) {
        return LoneSurrogates.replaced(utf8);
    }

    private static Json parse(byte[] utf8, Projection wanted) {
        try (JsonParser parser = parser(utf8)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new StreamReadException(parser, "The text is empty");
            }
            Json value = value(parser, first, wanted);
            if (parser.nextToken() != null) {
                throw new StreamReadException(parser, "More text after the end of the JSON value");
            }
            return value;
        }
    }

    /// Reads the value that starts at the parser's current token, and leaves the parser at its last one.
    public static Json value(JsonParser parser, JsonToken token, Projection wanted) {
        return switch (token) {
            case START_OBJECT -> object(parser, wanted);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> new Json.Str(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Num(parser.getString());
            case VALUE_TRUE -> Json.Bool.TRUE;
            case VALUE_FALSE -> Json.Bool.FALSE;
            case VALUE_NULL -> Json.Null.INSTANCE;
            default -> throw new StreamReadException(parser, "A value was expected, not " + token);
        };
    }

    private static Json object(JsonParser parser, Projection wanted) {
        JsonObject.Builder builder = JsonObject.builder();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            Projection inner = wanted.of(name);
            JsonToken token = parser.nextToken();
            if (inner == null) {
                parser.skipChildren();
            } else {
                builder.put(name, value(parser, token, inner));
            }
        }
        return builder.build();
    }

    private static Json array(JsonParser parser) {
        List<Json> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(value(parser, token, Projection.ALL));
        }
        return new Json.Arr(items);
    }

    /// The value as compact JSON text.
    public static String write(Json value) {
        return new String(bytes(value), UTF_8);
    }

    /// The value as compact UTF-8 JSON text; lone surrogates become U+FFFD.
    public static byte[] bytes(Json value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            write(generator, value);
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator out, Json value) {
        switch (value) {
            case Json.Str(String text) -> out.writeString(wellFormed(text));
            case Json.Num(String literal) -> out.writeNumber(literal);
            case Json.Bool bool -> out.writeBoolean(bool == Json.Bool.TRUE);
            case Json.Null _ -> out.writeNull();
            case Json.Arr(List<Json> items) -> {
                out.writeStartArray();
                for (Json item : items) {
                    write(out, item);
                }
                out.writeEndArray();
            }
            case JsonObject object -> {
                out.writeStartObject();
                for (int i = 0; i < object.size(); i++) {
                    out.writeName(wellFormed(object.name(i)));
                    write(out, object.value(i));
                }
                out.writeEndObject();
            }
        }
    }

    /// The text with U+FFFD in place of each lone surrogate.
    public static String wellFormed(String text) {
        StringBuilder fixed = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            boolean paired = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (paired) {
                i++;
                continue;
            }
            fixed = fixed == null ? new StringBuilder(text) : fixed;
            fixed.setCharAt(i, REPLACEMENT);
        }
        return fixed == null ? text : fixed.toString();
    }

    /// Where and why reading failed, in one line: `line 3, column 17: …`.
    public static String problem(tools.jackson.core.JacksonException failure) {
        TokenStreamLocation at = failure.getLocation();
        String what = failure.getOriginalMessage();
        String firstLine = what.lines().findFirst().orElse("not JSON");
        return at == null ? firstLine : "line %d, column %d: %s".formatted(at.getLineNr(), at.getColumnNr(), firstLine);
    }
}
