package dev.waybill.collect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A browser on its way to the destination and back. It is kept in that browser's own cookie and nowhere else, so it
/// survives a restart, and any server of several can take the browser back; that it returns once only is what
/// [SpentVisits] sees to. The address that the browser returns to
/// holds the nonce: only who has both is the browser that set out, so that a page elsewhere can't plant an identifier.
///
/// @param nonce 22 characters that nobody can guess
/// @param ends when it is too late, in milliseconds of the epoch
/// @param anonymousId of the browser, as its events carry it; null when it has none
record RedirectVisit(String nonce, long ends, @Nullable String anonymousId) {
    /// How long it may take, in seconds: twice the longest `sync.timeoutMs`.
    static final long LONGEST = 120;

    private static final long LONGEST_MILLIS = Duration.ofSeconds(LONGEST).toMillis();

    /// An anonymousId of 255 bytes makes 340 characters.
    private static final int LONGEST_COOKIE = 400;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    /// One that begins.
    ///
    /// @param now milliseconds of the epoch
    static RedirectVisit begin(@Nullable String anonymousId, long now) {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return new RedirectVisit(ENCODER.encodeToString(bytes), now + LONGEST_MILLIS, anonymousId);
    }

    /// When it began, in milliseconds of the epoch.
    long began() {
        return ends - LONGEST_MILLIS;
    }

    /// What the cookie holds.
    String cookie() {
        return nonce + "." + ends + "."
                + ENCODER.encodeToString((anonymousId == null ? "" : anonymousId).getBytes(UTF_8));
    }

    /// The visit of a browser that returns with this nonce; empty when it didn't set out, or too long ago.
    static Optional<RedirectVisit> of(ServerRequest request, String cookie, String nonce, long now) {
        if (!request.headers().contains(HeaderNames.COOKIE)) {
            return Optional.empty();
        }
        for (String header : request.headers().get(HeaderNames.COOKIE).allValues()) {
            for (String pair : header.split(";", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0 && pair.substring(0, equals).trim().equals(cookie)) {
                    Optional<RedirectVisit> visit = read(pair.substring(equals + 1)
                                    .trim())
                            .filter(found -> found.ends > now && found.ends <= now + LONGEST_MILLIS)
                            .filter(found -> MessageDigest.isEqual(found.nonce.getBytes(UTF_8), nonce.getBytes(UTF_8)));
                    if (visit.isPresent()) {
                        return visit;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<RedirectVisit> read(String cookie) {
        String[] parts = cookie.split("\\.", -1);
        if (cookie.length() > LONGEST_COOKIE || parts.length != 3 || parts[0].length() != 22) {
            return Optional.empty();
        }
        try {
            String anonymousId = new String(Base64.getUrlDecoder().decode(parts[2]), UTF_8);
            return Optional.of(
                    new RedirectVisit(parts[0], Long.parseLong(parts[1]), anonymousId.isBlank() ? null : anonymousId));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
