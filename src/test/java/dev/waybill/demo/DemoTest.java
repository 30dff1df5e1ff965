package dev.waybill.demo;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
                    (JsonObject) JsonText.read("{\"body\":{\"event\":\"page\"}}"),
                    Instant.EPOCH),
            new DemoFeed.Item(
                    2, "m-2", "Video Played", "filtered", "unmapped_event", "no mapping", null, Instant.EPOCH));

    private final HttpClient client = HttpClient.newHttpClient();
    private Sandbox sandbox;
    private WebServer server;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start("127.0.0.1", 0, SandboxOptions.of(AllowedOrigins.of(Demo.origins(8080)), 100));
        server = WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .routing(routing -> Demo.routing(routing, sandbox, DemoTest::since, "wk_demo"))
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

    @Test
    void the_page_and_all_it_asks_for_are_served_under_a_strict_policy() {
        HttpResponse<String> page = get("/demo/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("content-security-policy"))
                .contains("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' "
                        + sandbox.url() + " " + underLocalhost()
                        + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        Matcher asked = Pattern.compile("(?:href|src)=\"([^\"#]+)\"").matcher(page.body());
        int files = 0;
        while (asked.find()) {
            assertThat(get("/demo/" + asked.group(1)).statusCode())
                    .as(asked.group(1))
                    .isEqualTo(200);
            files++;
        }
        assertThat(files).isEqualTo(4);
    }

    @Test
    void every_module_that_a_module_imports_is_served() {
        Matcher imported = Pattern.compile("from '\\./([^']+)'")
                .matcher(get("/demo/shop.js").body());
        int modules = 0;
        while (imported.find()) {
            HttpResponse<String> module = get("/demo/" + imported.group(1));
            assertThat(module.statusCode()).isEqualTo(200);
            assertThat(module.headers().firstValue("content-type")).contains("text/javascript; charset=utf-8");
            modules++;
        }
        assertThat(modules).isEqualTo(3);
    }

    @Test
    void nothing_on_the_page_is_inline_or_from_elsewhere() {
        assertThat(get("/demo/").body())
                .doesNotContain("<style")
                .doesNotContain(" style=")
                .doesNotContain(" onclick=")
                .doesNotContain("http");
    }

    @Test
    void the_root_leads_to_the_page_and_other_files_are_not_served() {
        assertThat(get("/").headers().firstValue("location")).contains("/demo/");
        assertThat(get("/demo/../workspace/waybill.yaml").statusCode()).isEqualTo(404);
        assertThat(get("/demo/nothing.js").statusCode()).isEqualTo(404);
    }

    @Test
    void the_settings_give_the_identity_a_home_on_the_page_s_own_site() {
        URI underLocalhost = URI.create("http://localhost:" + server.port() + "/demo/settings");

        assertThat(get("/demo/settings").body())
                .isEqualTo("{\"writeKey\":\"wk_demo\",\"idUrl\":\"" + sandbox.url() + "/id\"}");
        assertThat(send(HttpRequest.newBuilder(underLocalhost)).body())
                .isEqualTo("{\"writeKey\":\"wk_demo\",\"idUrl\":\"" + underLocalhost() + "/id\"}");
    }

    private String underLocalhost() {
        return "http://localhost:" + sandbox.url().getPort();
    }

    @Test
    void the_feed_shows_what_the_sandbox_received_beside_the_outcome() {
        send(HttpRequest.newBuilder(URI.create(sandbox.url() + "/events"))
                .header("Idempotency-Key", "m-1")
                .POST(HttpRequest.BodyPublishers.ofString(EVENT)));

        assertThat(get("/demo/feed").body()).isEqualTo("""
                        {"items":[{"messageId":"m-1","event":"page","outcome":"delivered","reason":null,"detail":null,\
                        "request":{"body":{"event":"page"}},"at":"1970-01-01T00:00:00Z",\
                        "received":{"status":200,"body":%s}},\
                        {"messageId":"m-2","event":"Video Played","outcome":"filtered","reason":"unmapped_event",\
                        "detail":"no mapping","request":null,"at":"1970-01-01T00:00:00Z"}],"next":2}""".formatted(EVENT));
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
    void the_page_s_origins_leave_out_the_default_port() {
        assertThat(Demo.origins(8080)).containsExactly("http://localhost:8080", "http://127.0.0.1:8080");
        assertThat(Demo.origins(80)).containsExactly("http://localhost", "http://127.0.0.1");
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
