package dev.waybill.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.iabtcf.decoder.TCString;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.sandbox.AllowedOrigins;
import dev.waybill.sandbox.Sandbox;
import dev.waybill.sandbox.SandboxOptions;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoTest {
    private static final String EVENT = "{\"partner_id\":\"p\",\"event\":\"page\",\"params\":{\"lex_id\":\"l\"}}";
    private static final List<DemoFeed.Item> NEWS = List.of(
            new DemoFeed.Item(
                    1,
                    "m-1",
                    "page",
                    "delivered",
                    null,
                    null,
                    List.of("joined_late"),
                    (JsonObject) JsonText.read("{\"body\":{\"event\":\"page\"}}"),
                    Instant.EPOCH),
            new DemoFeed.Item(
                    2,
                    "m-2",
                    "Video Played",
                    "filtered",
                    "unmapped_event",
                    "no mapping",
                    List.of(),
                    null,
                    Instant.EPOCH));

    private final HttpClient client = HttpClient.newHttpClient();
    private Sandbox sandbox;
    private DemoSites sites;
    private WebServer server;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start("127.0.0.1", 0, SandboxOptions.of(AllowedOrigins.of(DemoSites.origins(8080)), 100));
        sites = new DemoSites(8080, sandbox.url());
        server = WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .routing(routing -> Demo.routing(routing, sites, sandbox, DemoTest::since, "wk_demo"))
                .build()
                .start();
    }

    private static List<DemoFeed.Item> since(long n) {
        return NEWS.stream().filter(item -> item.n() > n).toList();
    }

    @AfterEach
    void stop() {
        server.stop();
        sandbox.close();
        client.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/search?q=mug", "/products/kt-104", "/cart", "/checkout", "/thanks"})
    void each_page_of_the_shop_is_served_under_a_strict_policy(String address) {
        HttpResponse<String> page = get(address);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).isEqualTo(get("/").body());
        assertThat(page.headers().firstValue("content-security-policy"))
                .contains("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' "
                        + "http://crb.localhost:" + sandbox.url().getPort()
                        + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    }

    @Test
    void all_that_the_page_asks_for_is_served() {
        Matcher asked = Pattern.compile("(?:href|src)=\"(/demo/[^\"]+)\"").matcher(get("/").body());
        int files = 0;
        while (asked.find()) {
            assertThat(get(asked.group(1)).statusCode()).as(asked.group(1)).isEqualTo(200);
            files++;
        }
        assertThat(files).isEqualTo(7);
    }

    @Test
    void every_module_that_a_module_imports_is_served() {
        Set<String> seen = new HashSet<>();
        Deque<String> next = new ArrayDeque<>(List.of("shop.js"));
        while (!next.isEmpty()) {
            String name = next.removeFirst();
            if (seen.add(name)) {
                HttpResponse<String> module = get("/demo/" + name);
                assertThat(module.statusCode()).as(name).isEqualTo(200);
                assertThat(module.headers().firstValue("content-type")).contains("text/javascript; charset=utf-8");
                Pattern.compile("from '\\./([^']+)'")
                        .matcher(module.body())
                        .results()
                        .forEach(imported -> next.add(imported.group(1)));
            }
        }
        assertThat(seen).hasSize(11);
    }

    @Test
    void nothing_on_the_page_is_inline_or_from_elsewhere() {
        assertThat(get("/").body())
                .doesNotContain("<style")
                .doesNotContain(" style=")
                .doesNotContain(" onclick=")
                .doesNotContain("http");
    }

    @Test
    void the_former_address_leads_to_the_shop_and_other_files_are_not_served() {
        assertThat(get("/demo/").headers().firstValue("location")).contains("/");
        assertThat(get("/demo/../workspace/waybill.yaml").statusCode()).isEqualTo(404);
        assertThat(get("/demo/nothing.js").statusCode()).isEqualTo(404);
    }

    @Test
    void the_settings_name_the_identity_s_own_site_and_the_troubles() {
        assertThat(get("/demo/settings").body())
                .isEqualTo("{\"writeKey\":\"wk_demo\",\"idUrl\":\"http://crb.localhost:"
                        + sandbox.url().getPort()
                        + "/id\",\"kargo\":{\"events_down\":false,\"id_down\":false,\"unknown_site\":false}}");
    }

    @Test
    @SuppressWarnings("NullAway") // both keys were asserted
    void the_tc_strings_of_the_banner_mean_what_its_buttons_say() {
        Matcher found = Pattern.compile("(accept|reject): '([^']+)'")
                .matcher(get("/demo/cmp.js").body());
        Map<String, TCString> strings = new HashMap<>();
        while (found.find()) {
            strings.put(found.group(1), TCString.decode(found.group(2)));
        }
        assertThat(strings).containsOnlyKeys("accept", "reject");
        assertThat(strings.get("accept").getVendorConsent().toSet()).containsExactly(972);
        assertThat(strings.get("accept").getPurposesConsent().toSet()).containsExactlyInAnyOrder(1, 2, 3, 4, 7, 9, 10);
        assertThat(strings.get("reject").getVendorConsent()).isEmpty();
        assertThat(strings.get("reject").getPurposesConsent()).isEmpty();
        assertThat(strings.values())
                .allSatisfy(one -> assertThat(one.getDisclosedVendors().toSet()).containsExactly(972));
    }

    @Test
    void a_visitor_who_starts_over_loses_the_collector_s_cookies() {
        assertThat(post("/demo/forget").headers().allValues("set-cookie"))
                .containsExactlyInAnyOrder("wb_kargo=; Path=/; Max-Age=0", "wb_kargo_s=; Path=/; Max-Age=0");
    }

    @Test
    void the_feed_shows_what_the_sandbox_received_beside_the_outcome() {
        send(HttpRequest.newBuilder(URI.create(sandbox.url() + "/events"))
                .header("Idempotency-Key", "m-1")
                .POST(HttpRequest.BodyPublishers.ofString(EVENT)));

        assertThat(get("/demo/feed").body()).isEqualTo("""
                        {"items":[{"messageId":"m-1","event":"page","outcome":"delivered","reason":null,"detail":null,\
                        "notices":["joined_late"],"request":{"body":{"event":"page"}},"at":"1970-01-01T00:00:00Z",\
                        "received":{"status":200,"body":%s}},\
                        {"messageId":"m-2","event":"Video Played","outcome":"filtered","reason":"unmapped_event",\
                        "detail":"no mapping","notices":[],"request":null,"at":"1970-01-01T00:00:00Z"}],"next":2}""".formatted(EVENT));
    }

    @Test
    void the_feed_goes_on_where_the_page_stopped() {
        assertThat(get("/demo/feed?since=2").body()).isEqualTo("{\"items\":[],\"next\":2}");
        assertThat(get("/demo/feed?since=x").statusCode()).isEqualTo(400);
    }

    @Test
    void the_buttons_break_and_heal_the_destination() {
        HttpRequest.Builder event = HttpRequest.newBuilder(URI.create(sandbox.url() + "/events"))
                .POST(HttpRequest.BodyPublishers.ofString(EVENT));
        assertThat(post("/demo/break").statusCode()).isEqualTo(200);
        assertThat(send(event).statusCode()).isEqualTo(503);
        assertThat(post("/demo/heal").statusCode()).isEqualTo(200);
        assertThat(send(event).statusCode()).isEqualTo(200);
    }

    @Test
    void troubles_of_the_id_endpoint_come_and_go_beside_those_of_the_event_endpoint() {
        HttpRequest.Builder id =
                HttpRequest.newBuilder(URI.create(sandbox.url() + "/id")).header("Origin", sites.shop());
        assertThat(post("/demo/break").statusCode()).isEqualTo(200);
        assertThat(send(id).statusCode()).isEqualTo(200);
        assertThat(post("/demo/id-down").body())
                .isEqualTo("{\"events_down\":true,\"id_down\":true,\"unknown_site\":false}");
        assertThat(send(id).statusCode()).isEqualTo(503);
        post("/demo/heal");
        assertThat(send(id).statusCode()).isEqualTo(503);
        post("/demo/id-up");
        assertThat(send(id).headers().firstValue("access-control-allow-origin")).contains(sites.shop());
        post("/demo/unlist");
        assertThat(send(id).statusCode()).isEqualTo(200);
        assertThat(send(id).headers().firstValue("access-control-allow-origin")).isEmpty();
        post("/demo/list");
        assertThat(send(id).headers().firstValue("access-control-allow-origin")).contains(sites.shop());
    }

    @Test
    void the_page_s_origins_leave_out_the_default_port() {
        assertThat(DemoSites.origins(8080))
                .containsExactly("http://shop.localhost:8080", "http://localhost:8080", "http://127.0.0.1:8080");
        assertThat(DemoSites.origins(80))
                .containsExactly("http://shop.localhost", "http://localhost", "http://127.0.0.1");
    }

    private HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    private HttpResponse<String> post(String path) {
        return send(HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.noBody()));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
