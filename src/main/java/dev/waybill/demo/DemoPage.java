package dev.waybill.demo;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/// The shop: one document under each of its pages' addresses, and its files under `/demo/`. Nothing on it comes from
/// elsewhere, and its policy says so to the browser.
final class DemoPage {
    /// The pages' addresses; the script shows the page that the address names.
    private static final List<String> PAGES =
            List.of("/", "/search", "/products/{id}", "/cart", "/checkout", "/thanks");

    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";
    private static final Map<String, String> FILES = Map.ofEntries(
            Map.entry("shop.css", STYLE),
            Map.entry("pages.css", STYLE),
            Map.entry("panel.css", STYLE),
            Map.entry("consent.css", STYLE),
            Map.entry("cmp.js", SCRIPT),
            Map.entry("shop.js", SCRIPT),
            Map.entry("pages.js", SCRIPT),
            Map.entry("checkout.js", SCRIPT),
            Map.entry("cart.js", SCRIPT),
            Map.entry("catalogue.js", SCRIPT),
            Map.entry("dom.js", SCRIPT),
            Map.entry("events.js", SCRIPT),
            Map.entry("consent.js", SCRIPT),
            Map.entry("panel.js", SCRIPT),
            Map.entry("rows.js", SCRIPT),
            Map.entry("visitor.js", SCRIPT),
            Map.entry("icon.svg", "image/svg+xml"));

    private final String policy;

    DemoPage(DemoSites sites) {
        policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' "
                + sites.idSite() + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    void route(HttpRouting.Builder routing) {
        byte[] document = read("index.html");
        for (String page : PAGES) {
            routing.get(page, (_, response) -> send(response, "text/html; charset=utf-8", document));
        }
        routing.get("/demo", (_, response) -> redirect(response)).get("/demo/", (_, response) -> redirect(response));
        FILES.forEach((name, type) -> {
            byte[] bytes = read(name);
            routing.get("/demo/" + name, (_, response) -> send(response, type, bytes));
        });
    }

    private static void redirect(ServerResponse response) {
        response.status(302).header(HeaderNames.LOCATION, "/").send();
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
