package dev.waybill.collect;

import dev.waybill.browser.BrowserFile;
import dev.waybill.browser.BrowserFiles;
import dev.waybill.http.Refusal;
import io.helidon.common.uri.UriPath;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.PathMatcher;
import io.helidon.http.PathMatchers;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The scripts for the site's pages: `/waybill.js?writeKey=…` and `/v1/pipelines/{writeKey}/file`, the immutable
/// `/waybill.<hash>.js`, and the plugins. Any page may read them, which is what `integrity` needs. Safe for threads.
public final class BrowserRoutes {
    /// The plugins for other SDKs, and the part of the script that reads consent platforms.
    static final List<String> PLUGINS = List.of("waybill-segment.js", "waybill-rudderstack.js", "waybill-consent.js");

    /// Where exactly these bytes always are, and their `integrity`.
    private static final HeaderName SCRIPT = HeaderNames.create("Waybill-Script");

    private static final Header TYPE =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/javascript; charset=utf-8");
    private static final Header NO_SNIFF = HeaderValues.createCached("X-Content-Type-Options", "nosniff");
    private static final Header ANY_ORIGIN = HeaderValues.createCached(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    private static final Header ANY_SITE = HeaderValues.createCached("Cross-Origin-Resource-Policy", "cross-origin");
    private static final Header EXPOSED =
            HeaderValues.createCached(HeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, "Waybill-Script");
    private static final Header VARY = HeaderValues.createCached(HeaderNames.VARY, "Accept-Encoding");
    private static final Header GZIP = HeaderValues.createCached(HeaderNames.CONTENT_ENCODING, "gzip");
    private static final Header SHORT = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "public, max-age=300");
    /// Of refusals: caches may keep a 404 as they like, while another instance has the script already.
    private static final Header NOT_KEPT = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");
    private static final Header FOREVER =
            HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "public, max-age=31536000, immutable");

    private static final Pattern HASHED = Pattern.compile("/waybill\\.([0-9a-z]{1,64})\\.js");
    private static final Pattern OF_PIPELINE = Pattern.compile("/v1/pipelines/([^/]{1,200})/file");

    private final BrowserFiles files;

    public BrowserRoutes(BrowserFiles files) {
        this.files = files;
    }

    /// Adds the routes. Paths that are none of these are left to others.
    public void addTo(HttpRouting.Builder routing) {
        routing.route(_ -> true, new OwnPaths(), this::handle);
    }

    private sealed interface Asked {
        /// @param writeKey null: it stands in the query
        record Script(@Nullable String writeKey) implements Asked {}

        record Hashed(String hash) implements Asked {}

        record Plugin(String name) implements Asked {}
    }

    private static @Nullable Asked asked(String path) {
        String plain = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (plain.equals("/waybill.js")) {
            return new Asked.Script(null);
        }
        if (PLUGINS.stream().anyMatch(name -> plain.equals("/" + name))) {
            return new Asked.Plugin(plain.substring(1));
        }
        Matcher hashed = HASHED.matcher(plain);
        if (hashed.matches()) {
            return new Asked.Hashed(hashed.group(1));
        }
        Matcher ofPipeline = OF_PIPELINE.matcher(plain);
        return ofPipeline.matches() ? new Asked.Script(ofPipeline.group(1)) : null;
    }

    private void handle(ServerRequest request, ServerResponse response) {
        Asked asked = asked(request.path().path());
        if (asked == null) {
            response.next();
            return;
        }
        response.header(ANY_ORIGIN);
        Method method = request.prologue().method();
        if (!method.equals(Method.GET) && !method.equals(Method.HEAD)) {
            response.header(HeaderNames.ALLOW, "GET");
            response.header(NOT_KEPT);
            Answers.refused(
                    response, new Refusal(405, "method_not_allowed", "this route answers GET, not this method"));
            return;
        }
        try {
            send(request, response, find(request, asked), asked instanceof Asked.Hashed);
        } catch (Refusal refusal) {
            response.header(NOT_KEPT);
            Answers.refused(response, refusal);
        }
    }

    private BrowserFile find(ServerRequest request, Asked asked) {
        return switch (asked) {
            case Asked.Script(@Nullable String inPath) -> {
                String writeKey = inPath == null ? WriteKeys.inQuery(request) : inPath;
                if (writeKey == null) {
                    throw new Refusal(
                            401, "missing_write_key", "ask for /waybill.js?writeKey=… with the pipeline's write key");
                }
                yield files.ofPipeline(writeKey).orElseThrow(() -> WriteKeys.unknown(writeKey));
            }
            case Asked.Hashed(String hash) ->
                files.byHash(hash)
                        .orElseThrow(() -> new Refusal(
                                404,
                                "unknown_script",
                                "no script has this hash, or it is no longer kept; the header Waybill-Script of"
                                        + " /waybill.js?writeKey=… names the one in force"));
            case Asked.Plugin(String name) ->
                files.plugin(name)
                        .orElseThrow(() -> new Refusal(404, "unknown_script", "this server has no plugin " + name));
        };
    }

    private static void send(ServerRequest request, ServerResponse response, BrowserFile file, boolean forever) {
        boolean gzip = takesGzip(request);
        response.header(forever ? FOREVER : SHORT);
        response.header(HeaderNames.ETAG, tag(file, gzip));
        response.header(VARY);
        response.header(EXPOSED);
        response.header(SCRIPT, file.path() + " " + file.integrity());
        if (knows(request, file)) {
            response.status(Status.NOT_MODIFIED_304);
            response.send();
            return;
        }
        response.header(TYPE);
        response.header(NO_SNIFF);
        response.header(ANY_SITE);
        if (gzip) {
            response.header(GZIP);
        }
        response.send(gzip ? file.gzip() : file.plain());
    }

    private static String tag(BrowserFile file, boolean gzip) {
        return "\"" + file.hash() + (gzip ? "-gz\"" : "\"");
    }

    private static boolean knows(ServerRequest request, BrowserFile file) {
        if (!request.headers().contains(HeaderNames.IF_NONE_MATCH)) {
            return false;
        }
        String known = String.join(
                ",", request.headers().get(HeaderNames.IF_NONE_MATCH).allValues());
        return known.trim().equals("*") || known.contains(tag(file, true)) || known.contains(tag(file, false));
    }

    private static boolean takesGzip(ServerRequest request) {
        if (!request.headers().contains(HeaderNames.ACCEPT_ENCODING)) {
            return false;
        }
        for (String value : request.headers().get(HeaderNames.ACCEPT_ENCODING).allValues()) {
            for (String coding : value.toLowerCase(Locale.ROOT).split(",", -1)) {
                String plain = coding.replace(" ", "");
                if (plain.equals("gzip") || (plain.startsWith("gzip;") && !plain.matches("gzip;q=0(\\.0*)?"))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static final class OwnPaths implements PathMatcher {
        private static final PathMatcher ANY = PathMatchers.any();

        @Override
        public PathMatchers.MatchResult match(UriPath path) {
            return asked(path.path()) == null ? PathMatchers.MatchResult.notAccepted() : ANY.match(path);
        }

        @Override
        public PathMatchers.PrefixMatchResult prefixMatch(UriPath path) {
            return PathMatchers.PrefixMatchResult.notAccepted();
        }
    }
}
