package dev.waybill.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.security.MessageDigest;
import java.util.Optional;

/// A secret that a request must carry as `Authorization: Bearer …`. Safe for threads.
public final class AccessToken {
    private static final String SCHEME = "Bearer ";

    private final byte[] expected;

    /// @param token visible ASCII, not empty
    public AccessToken(String token) {
        if (token.isBlank()) {
            throw new IllegalArgumentException("An access token must not be empty");
        }
        this.expected = token.getBytes(UTF_8);
    }

    /// The token that a request carries, be it right or wrong.
    public static Optional<String> of(ServerRequest request) {
        return request.headers()
                .first(HeaderNames.AUTHORIZATION)
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> value.substring(SCHEME.length()).trim());
    }

    /// Whether the text is the token. The time it takes tells nothing about how much of it is right.
    public boolean matches(String presented) {
        return MessageDigest.isEqual(expected, presented.getBytes(UTF_8));
    }

    @Override
    public String toString() {
        return "AccessToken[hidden]";
    }
}
