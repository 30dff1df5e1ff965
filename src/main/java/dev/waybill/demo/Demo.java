package dev.waybill.demo;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.sandbox.Received;
import dev.waybill.sandbox.Sandbox;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The demo's routes: the shop's pages, their settings, the feed of outcomes, and what makes trouble at Kargo.
/// Safe for threads.
public final class Demo {
    private static final String IDEMPOTENCY_KEY = "idempotency-key";
    /// The pipeline's identity cookie and the readable one beside it.
    private static final List<String> COOKIES = List.of("wb_kargo", "wb_kargo_s");
    /// How far back the sandbox is searched for the request of an outcome.
    private static final int SEARCHED = 2_000;

    private final DemoSites sites;
    private final Sandbox sandbox;
    private final KargoSwitches switches;
    private final DemoFeed feed;
    private final String writeKey;

    private Demo(DemoSites sites, Sandbox sandbox, DemoFeed feed, String writeKey) {
        this.sites = sites;
        this.sandbox = sandbox;
        this.switches = new KargoSwitches(sandbox, sites.origins());
        this.feed = feed;
        this.writeKey = writeKey;
    }

    /// Adds the shop's pages and everything under `/demo/`.
    public static void routing(
            HttpRouting.Builder routing, DemoSites sites, Sandbox sandbox, DemoFeed feed, String writeKey) {
        Demo demo = new Demo(sites, sandbox, feed, writeKey);
        new DemoPage(sites).route(routing);
        routing.get("/demo/settings", (_, response) -> demo.settings(response))
                .get("/demo/feed", demo::feed)
                .post("/demo/forget", (_, response) -> demo.forget(response));
        for (KargoSwitches.Trouble trouble : KargoSwitches.Trouble.values()) {
            routing.post("/demo/" + trouble.begin(), (_, response) -> demo.set(trouble, true, response))
                    .post("/demo/" + trouble.end(), (_, response) -> demo.set(trouble, false, response));
        }
    }

    private void settings(ServerResponse response) {
        JsonObject settings = JsonObject.builder()
                .put("writeKey", writeKey)
                .put("idUrl", sites.idUrl())
                .put("kargo", switches.toJson())
                .build();
        send(response, 200, settings);
    }

    /// Makes the browser a stranger: the collector's cookies are HttpOnly, so the page can't remove them.
    private void forget(ServerResponse response) {
        for (String cookie : COOKIES) {
            response.headers().add(HeaderNames.SET_COOKIE, cookie + "=; Path=/; Max-Age=0");
        }
        send(response, 200, JsonObject.builder().put("ok", true).build());
    }

    private void set(KargoSwitches.Trouble trouble, boolean begins, ServerResponse response) {
        switches.set(trouble, begins);
        send(response, 200, switches.toJson());
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
                .put(
                        "notices",
                        new Json.Arr(item.notices().stream().map(Json::of).toList()))
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

    private static void send(ServerResponse response, int status, JsonObject json) {
        response.status(status).header(HeaderValues.CONTENT_TYPE_JSON).header(HeaderNames.CACHE_CONTROL, "no-store");
        response.send(JsonText.bytes(json));
    }
}
