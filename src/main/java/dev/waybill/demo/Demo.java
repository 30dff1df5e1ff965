package dev.waybill.demo;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.sandbox.Fault;
import dev.waybill.sandbox.Received;
import dev.waybill.sandbox.Sandbox;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The demo's routes: the page, its settings, the feed of outcomes, and two buttons that break and heal the
/// destination.
/// Safe for threads.
public final class Demo {
    private static final String IDEMPOTENCY_KEY = "idempotency-key";
    private static final int OUTAGE = 503;
    /// How far back the sandbox is searched for the request of an outcome.
    private static final int SEARCHED = 2_000;

    private final Sandbox sandbox;
    private final DemoFeed feed;
    private final String writeKey;

    private Demo(Sandbox sandbox, DemoFeed feed, String writeKey) {
        this.sandbox = sandbox;
        this.feed = feed;
        this.writeKey = writeKey;
    }

    /// The origins under which a browser on this machine may open the page, for the sandbox's allow-list.
    public static List<String> origins(int port) {
        String suffix = port == 80 ? "" : ":" + port;
        return List.of("http://localhost" + suffix, "http://127.0.0.1" + suffix);
    }

    /// Adds `/`, `/demo` and everything under `/demo/`.
    public static void routing(HttpRouting.Builder routing, Sandbox sandbox, DemoFeed feed, String writeKey) {
        Demo demo = new Demo(sandbox, feed, writeKey);
        new DemoPage(sandbox.url()).route(routing);
        routing.get("/demo/settings", demo::settings)
                .get("/demo/feed", demo::feed)
                .post("/demo/break", (_, response) -> demo.misbehave(Fault.ofEvents(OUTAGE), response))
                .post("/demo/heal", (_, response) -> demo.misbehave(Fault.NONE, response));
    }

    /// The identity comes from the host name under which the page was opened: to a browser `localhost` and `127.0.0.1`
    /// are two sites, and many keep no cookies of another site.
    private void settings(ServerRequest request, ServerResponse response) {
        String host = request.headers().first(HeaderNames.HOST).orElse("");
        List<URI> names = names(sandbox.url());
        URI near = host.startsWith("localhost") ? names.getLast() : names.getFirst();
        JsonObject settings = JsonObject.builder()
                .put("writeKey", writeKey)
                .put("idUrl", near + "/id")
                .build();
        send(response, 200, settings);
    }

    /// The sandbox's address, and the same by the name `localhost` when it listens on loopback.
    static List<URI> names(URI sandbox) {
        return sandbox.getHost().equals("127.0.0.1")
                ? List.of(sandbox, URI.create("http://localhost:" + sandbox.getPort()))
                : List.of(sandbox);
    }

    private void feed(ServerRequest request, ServerResponse response) {
        String asked = request.query().first("since").orElse("0");
        long since;
        try {
            since = Long.parseUnsignedLong(asked);
        } catch (NumberFormatException odd) {
            JsonObject error = JsonObject.builder()
                    .put("reason", "wrong_type")
                    .put("detail", "since is no whole number; send the last next, or 0")
                    .build();
            send(response, 400, error);
            return;
        }
        List<DemoFeed.Item> items = feed.since(since);
        Map<String, Received> received = items.isEmpty() ? Map.of() : receivedByKey();
        List<Json> shown = new ArrayList<>();
        long next = since;
        for (DemoFeed.Item item : items) {
            shown.add(shown(item, received));
            next = Math.max(next, item.n());
        }
        send(
                response,
                200,
                JsonObject.builder()
                        .put("items", new Json.Arr(shown))
                        .put("next", next)
                        .build());
    }

    private Map<String, Received> receivedByKey() {
        Map<String, Received> received = new HashMap<>();
        for (Received one : sandbox.newest(SEARCHED)) {
            String key = one.header(IDEMPOTENCY_KEY);
            if (key != null) {
                received.putIfAbsent(key, one);
            }
        }
        return received;
    }

    private static JsonObject shown(DemoFeed.Item item, Map<String, Received> received) {
        JsonObject.Builder shown = JsonObject.builder()
                .put("messageId", item.messageId())
                .put("event", item.event())
                .put("outcome", item.outcome())
                .put("reason", item.reason())
                .put("detail", item.detail())
                .put("request", item.request() == null ? Json.Null.INSTANCE : item.request())
                .put("at", item.at().toString());
        Received arrived = received.get(item.messageId());
        if (arrived != null) {
            JsonObject answered = JsonObject.builder()
                    .put("status", arrived.status())
                    .put("body", arrived.body())
                    .build();
            shown.put("received", answered);
        }
        return shown.build();
    }

    private void misbehave(Fault fault, ServerResponse response) {
        sandbox.misbehave(fault);
        send(response, 200, JsonObject.builder().put("ok", true).build());
    }

    private static void send(ServerResponse response, int status, JsonObject json) {
        response.status(status).header(HeaderValues.CONTENT_TYPE_JSON).header(HeaderNames.CACHE_CONTROL, "no-store");
        response.send(JsonText.bytes(json));
    }
}
