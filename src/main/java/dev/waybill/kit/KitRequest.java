package dev.waybill.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.net.URLEncoder;
import java.util.Set;
import java.util.SortedMap;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// The HTTP request that an event becomes.
///
/// @param method such as `POST`
/// @param url absolute, without what [BodyEncoding#QUERY] adds; null when the integration has no endpoint yet (only a
///     dry run goes that far)
/// @param headers lower-case names
/// @param body what is sent, before it is encoded
/// @param signing how it is signed when it is sent, or null; never on a request that may be shown
public record KitRequest(
        String method,
        @Nullable String url,
        SortedMap<String, String> headers,
        Json body,
        BodyEncoding encoding,
        @Nullable Signing signing) {
    /// Headers that the sender writes itself: two of them would make two requests of one.
    public static final Set<String> SENDERS_HEADERS =
            Set.of("host", "content-length", "transfer-encoding", "connection", "expect", "upgrade", "te", "trailer");

    /// A JSON request without a signature.
    public KitRequest(String method, @Nullable String url, SortedMap<String, String> headers, Json body) {
        this(method, url, headers, body, BodyEncoding.JSON, null);
    }

    KitRequest with(Json other) {
        return new KitRequest(method, url, headers, other, encoding, signing);
    }

    /// Where it really goes: with the keys that travel in the query. Null when there is no URL.
    public @Nullable String target() {
        if (encoding != BodyEncoding.QUERY || url == null) {
            return url;
        }
        String query = pairs();
        return query.isEmpty() ? url : url + (url.indexOf('?') < 0 ? "?" : "&") + query;
    }

    /// The bytes of its body; null when it has none.
    public byte @Nullable [] payload() {
        return switch (encoding) {
            case JSON -> JsonText.bytes(body);
            case FORM -> pairs().getBytes(UTF_8);
            case QUERY -> null;
        };
    }

    /// Top-level keys as `key=value`, percent-encoded; a value that is no text stands as its compact JSON.
    private String pairs() {
        StringJoiner pairs = new StringJoiner("&");
        if (body instanceof JsonObject object) {
            for (int i = 0; i < object.size(); i++) {
                Json value = object.value(i);
                String text = value instanceof Json.Str(String string) ? string : JsonText.write(value);
                pairs.add(encoded(object.name(i)) + "=" + encoded(text));
            }
        }
        return pairs.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(JsonText.wellFormed(text), UTF_8);
    }
}
