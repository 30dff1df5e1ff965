package dev.waybill.collect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.http.Refusal;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Finds the write key of a request.
final class WriteKeys {
    private static final String BASIC = "Basic ";
    private static final String PARAMETER = "writeKey";

    private WriteKeys() {}

    /// The user name of HTTP Basic, else the query's `writeKey`, else null: it may stand in the body.
    static @Nullable String outsideBody(ServerRequest request) {
        String user = request.headers().contains(HeaderNames.AUTHORIZATION)
                ? user(request.headers().get(HeaderNames.AUTHORIZATION).get())
                : null;
        return user == null ? inQuery(request) : user;
    }

    /// The query's `writeKey`, else null. For answers that caches keep by their address: whoever sends a header must
    /// not
    /// decide what others get.
    static @Nullable String inQuery(ServerRequest request) {
        return request.prologue().hasQuery()
                ? request.query().first(PARAMETER).filter(key -> !key.isEmpty()).orElse(null)
                : null;
    }

    private static @Nullable String user(String authorization) {
        if (!authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return null;
        }
        try {
            String pair = new String(
                    Base64.getDecoder()
                            .decode(authorization.substring(BASIC.length()).trim()),
                    UTF_8);
            int colon = pair.indexOf(':');
            String user = colon < 0 ? pair : pair.substring(0, colon);
            return user.isEmpty() ? null : user;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    static Refusal unknown(@Nullable String writeKey) {
        return writeKey == null
                ? new Refusal(
                        401,
                        "missing_write_key",
                        "send the pipeline's write key as HTTP Basic user name, or as writeKey in the body or query")
                : new Refusal(
                        401,
                        "unknown_write_key",
                        "no pipeline has the write key that starts with \"%s\"; compare it with the pipeline's file"
                                .formatted(Shown.shortened(writeKey)));
    }
}
