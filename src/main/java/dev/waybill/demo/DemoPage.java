package dev.waybill.demo;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;

/// The shop page's files, under `/demo/`. Nothing on it comes from elsewhere, and its policy says so to the browser.
final class DemoPage {
    private static final Map<String, String> FILES = Map.of(
            "index.html", "text/html; charset=utf-8",
            "shop.css", "text/css; charset=utf-8",
            "panel.css", "text/css; charset=utf-8",
            "shop.js", "text/javascript; charset=utf-8",
            "catalogue.js", "text/javascript; charset=utf-8",
            "tracker.js", "text/javascript; charset=utf-8",
            "panel.js", "text/javascript; charset=utf-8",
            "icon.svg", "image/svg+xml");

    private final String policy;

    DemoPage(URI sandbox) {
        policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' "
                + Demo.names(sandbox).stream().map(URI::toString).collect(Collectors.joining(" "))
                + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    void route(HttpRouting.Builder routing) {
        routing.get("/", (_, response) -> redirect(response)).get("/demo", (_, response) -> redirect(response));
        FILES.forEach((name, type) -> {
            byte[] bytes = read(name);
            routing.get("/demo/" + name, (_, response) -> send(response, type, bytes));
            if (name.equals("index.html")) {
                routing.get("/demo/", (_, response) -> send(response, type, bytes));
            }
        });
    }

    private static void redirect(ServerResponse response) {
        response.status(302).header(HeaderNames.LOCATION, "/demo/").send();
    }

    private void send(ServerResponse response, String type, byte[] bytes) {
        response.header(HeaderNames.CONTENT_TYPE, type);
        response.header("Content-Security-Policy", policy);
        response.header("X-Content-Type-Options", "nosniff");
        response.header("Referrer-Policy", "same-origin");
        response.header(HeaderNames.CACHE_CONTROL, "no-cache");
        response.send(bytes);
    }

    private static byte[] read(String name) {
        try (InputStream in = DemoPage.class.getResourceAsStream("/demo/page/" + name)) {
            if (in == null) {
                throw new IllegalStateException("The program lacks its resource /demo/page/" + name);
            }
            return in.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
