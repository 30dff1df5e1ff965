package dev.waybill.collect;

import dev.waybill.workspace.Pipeline;
import dev.waybill.workspace.Pipeline.Source;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The two first-party cookies of a kit: the identifier, which no script can read, and beside it what scripts may
/// know: that there is one and until when, never the identifier itself.
///
/// @param name of the identifier's
/// @param state of the readable one
/// @param visit of the one that a browser has while it is on its way to the destination and back; null when the
///     pipeline sends none there
/// @param domain null for this host alone
/// @param secure whether they are kept from plain HTTP
record IdentityCookies(
        String name,
        String state,
        @Nullable String visit,
        @Nullable String domain,
        int days,
        boolean secure) {
    private static final String HTTPS = "https://";
    private static final Pattern LOOPBACK =
            Pattern.compile("(?:(?:[a-z0-9-]+\\.)*localhost|127(?:\\.\\d{1,3}){3}|\\[::1])(?::\\d+)?");

    static IdentityCookies of(ServerRequest request, PipelineIndex pipelines, Pipeline pipeline, String kit) {
        return new IdentityCookies(
                pipeline.identityCookie(kit),
                pipeline.stateCookie(kit),
                pipeline.sync().sources().contains(Source.REDIRECT) ? pipeline.identityCookie(kit) + "_r" : null,
                pipeline.cookie().domain(),
                pipeline.sync().cookieDays(),
                !plainLoopback(request, pipelines));
    }

    /// `Host` alone doesn't tell: a proxy that speaks TLS may put its own name for the collector there, such as
    /// 127.0.0.1, and then what it forwards looks as a developer's machine does.
    private static boolean plainLoopback(ServerRequest request, PipelineIndex pipelines) {
        String host = request.headers().first(HeaderNames.HOST).orElse("");
        return !pipelines.clients().secure(request)
                && !isHttps(pipelines.workspace().settings().publicUrl())
                && !isHttps(Cors.origin(request))
                && host.length() <= 300
                && LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }

    private static boolean isHttps(@Nullable String url) {
        return url != null && url.regionMatches(true, 0, HTTPS, 0, HTTPS.length());
    }

    /// @param now milliseconds of the epoch
    void set(ServerResponse response, String identifier, long now) {
        long seconds = Duration.ofDays(days).toSeconds();
        long at = now / 1000;
        send(
                response,
                cookie(name, identifier, seconds, true),
                cookie(state, "ok." + at + "." + (at + seconds), seconds, false));
    }

    void clear(ServerResponse response) {
        send(response, cookie(name, "", 0, true), cookie(state, "", 0, false));
    }

    /// Remembers that the browser sets out.
    void begin(ServerResponse response, RedirectVisit begun) {
        if (visit != null) {
            response.headers().set(HeaderNames.SET_COOKIE, cookie(visit, begun.cookie(), RedirectVisit.LONGEST, true));
        }
    }

    /// Forgets it. [#set] and [#clear] do so too.
    void end(ServerResponse response) {
        send(response);
    }

    private void send(ServerResponse response, String... cookies) {
        List<String> all = new ArrayList<>(List.of(cookies));
        if (visit != null) {
            all.add(cookie(visit, "", 0, true));
        }
        response.headers().set(HeaderNames.SET_COOKIE, all.toArray(String[]::new));
    }

    private String cookie(String cookie, String value, long seconds, boolean httpOnly) {
        List<String> parts = new ArrayList<>(List.of(cookie + "=" + value, "Max-Age=" + seconds, "Path=/"));
        if (domain != null) {
            parts.add("Domain=" + domain);
        }
        if (secure) {
            parts.add("Secure");
        }
        if (httpOnly) {
            parts.add("HttpOnly");
        }
        parts.add("SameSite=Lax");
        return String.join("; ", parts);
    }
}
