package dev.waybill.console;

import dev.waybill.http.JsonAnswers;
import dev.waybill.http.Refusal;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/// Serves the pages under `/console/`. Safe for threads.
public final class Console {
    private static final String ROOT = "/console/";

    private static final List<Header> HEADERS = List.of(
            HeaderValues.createCached(
                    "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
                            + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"),
            HeaderValues.createCached("X-Content-Type-Options", "nosniff"),
            HeaderValues.createCached("X-Frame-Options", "DENY"),
            HeaderValues.createCached("Referrer-Policy", "no-referrer"),
            HeaderValues.createCached("Cross-Origin-Opener-Policy", "same-origin"),
            HeaderValues.createCached("Cross-Origin-Resource-Policy", "same-origin"),
            HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-cache"),
            HeaderValues.createCached(HeaderNames.VARY, "Accept-Encoding"));

    private final ConsoleFiles files = new ConsoleFiles();

    /// Adds the routes. Every path under `/console` is the console's.
    public void addTo(HttpRouting.Builder routing) {
        routing.any("/console", this::handle);
        routing.any("/console/*", this::handle);
    }

    private void handle(ServerRequest request, ServerResponse response) {
        HEADERS.forEach(response::header);
        Method method = request.prologue().method();
        if (!method.equals(Method.GET) && !method.equals(Method.HEAD)) {
            response.header(HeaderNames.ALLOW, "GET, HEAD");
            JsonAnswers.refuse(
                    response,
                    new Refusal(405, "method_not_allowed", "the console's files answer GET, not this method"));
            return;
        }
        String path = request.path().path();
        if (!path.startsWith(ROOT)) {
            response.status(302).header(HeaderNames.LOCATION, ROOT).send();
            return;
        }
        files.find(path.substring(ROOT.length()))
                .ifPresentOrElse(
                        file -> send(request, response, file),
                        () -> JsonAnswers.refuse(
                                response, new Refusal(404, "not_found", "the console has no such file")));
    }

    private static void send(ServerRequest request, ServerResponse response, ConsoleFile file) {
        response.header(HeaderNames.ETAG, file.etag());
        if (request.headers()
                .first(HeaderNames.IF_NONE_MATCH)
                .filter(known -> known.contains(file.etag()))
                .isPresent()) {
            response.status(304).send();
            return;
        }
        response.header(HeaderNames.CONTENT_TYPE, file.type());
        boolean gzip = request.headers()
                .first(HeaderNames.ACCEPT_ENCODING)
                .filter(accepted -> accepted.contains("gzip"))
                .isPresent();
        if (gzip) {
            response.header(HeaderNames.CONTENT_ENCODING, "gzip");
        }
        byte[] bytes = file.bytes(gzip);
        if (request.prologue().method().equals(Method.HEAD)) {
            response.header(HeaderNames.CONTENT_LENGTH, Integer.toString(bytes.length));
            response.send();
        } else {
            response.send(bytes);
        }
    }
}
