package dev.waybill.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.json.Json;
import dev.waybill.json.JsonPath;
import dev.waybill.json.JsonText;
import dev.waybill.json.Projection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// What an answer means when its JSON body says something. Immutable.
///
/// @param status the answers that it looks at: a status, a class of statuses by its first digit, 0 for all
/// @param path keys into the body
/// @param equals the text, number or boolean that stands there; null when it is enough that something does
record BodyRule(int status, JsonPath path, @Nullable Json equals, Verdict means) {
    private static final int HIGHEST_CLASS = 9;

    boolean fits(Answer answer) {
        return looksAt(answer.status()) && saysSo(answer.body());
    }

    private boolean looksAt(int found) {
        return status == 0 || status == (status <= HIGHEST_CLASS ? found / 100 : found);
    }

    /// Reads no further than it must: the body may be cut off, or no JSON at all from some point on.
    private boolean saysSo(String body) {
        byte[] utf8 = body.getBytes(UTF_8);
        try (JsonParser parser = JsonText.parser(utf8)) {
            return parser.nextToken() == JsonToken.START_OBJECT && find(parser, utf8.length, path.keys());
        } catch (JacksonException e) {
            return false;
        }
    }

    private boolean find(JsonParser parser, int length, List<String> keys) {
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken token = parser.nextToken();
            if (!name.equals(keys.getFirst())) {
                parser.skipChildren();
            } else if (keys.size() == 1) {
                return matches(parser, length, token);
            } else {
                return token == JsonToken.START_OBJECT && find(parser, length, keys.subList(1, keys.size()));
            }
        }
        return false;
    }

    private boolean matches(JsonParser parser, int length, @Nullable JsonToken token) {
        if (token == null || token == JsonToken.VALUE_NULL) {
            return false;
        }
        if (equals == null) {
            return true;
        }
        if (!token.isScalarValue()) {
            return false;
        }
        Json found = JsonText.value(parser, token, Projection.ALL);
        // A number at the very end may be the beginning of a longer one.
        return found.equals(equals)
                && (!(found instanceof Json.Num) || parser.currentLocation().getByteOffset() < length);
    }
}
