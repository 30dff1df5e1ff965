package dev.waybill.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The webhook's settings on a whole server.
class AlertRoutesTest {
    @TempDir
    private Path directory;

    private final List<String> received = new CopyOnWriteArrayList<>();
    private TestServer server;
    private HttpServer receiver;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(directory);
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        receiver.stop(0);
    }

    private TestServer.Answer put(String body) throws Exception {
        return server.call("PUT", "/api/alerts", body, server.token(), "application/json")
                .answer();
    }

    private String url() {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/services/hush";
    }

    @Test
    void a_webhook_goes_in_and_never_comes_out() throws Exception {
        TestServer.Answer first = put("{\"url\":\"" + url() + "\"}");
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.json().text("secret")).startsWith("whs_");
        JsonObject shown = server.get("/api/alerts").mustBe(200).json();
        assertThat(shown.text("host")).isEqualTo("127.0.0.1");
        assertThat(shown.get("secretSet")).isEqualTo(Json.Bool.TRUE);
        assertThat(shown.get("secret")).isNull();
        assertThat(shown.toString()).doesNotContain("hush", "whs_");
        // Whatever is left out stays.
        TestServer.Answer second = put("{\"kinds\":[\"disk_low\"],\"enabled\":false}");
        assertThat(second.json().get("kinds")).isEqualTo(new Json.Arr(List.of(Json.of("disk_low"))));
        assertThat(second.json().get("enabled")).isEqualTo(Json.Bool.FALSE);
        assertThat(second.json().text("host")).isEqualTo("127.0.0.1");
        assertThat(second.body()).doesNotContain("hush", "whs_");
    }

    @Test
    void a_test_arrives_and_is_noted() throws Exception {
        put("{\"url\":\"" + url() + "\",\"secret\":\"my-own-signing-secret\"}");
        assertThat(server.post("/api/alerts/test", "").mustBe(200).body())
                .isEqualTo("{\"sent\":true,\"detail\":\"HTTP 204\",\"answer\":\"\"}");
        assertThat(received).singleElement().satisfies(body -> assertThat(body).contains("\"kind\":\"test\""));
        JsonObject shown = server.get("/api/alerts").mustBe(200).json();
        assertThat(TestServer.in(shown, "last.result")).isEqualTo(Json.of("sent"));
    }

    @Test
    void without_a_webhook_there_is_nothing_to_test_and_it_can_be_forgotten() throws Exception {
        assertThat(server.post("/api/alerts/test", "").mustBe(409).json().text("reason"))
                .isEqualTo("no_webhook");
        put("{\"url\":\"" + url() + "\"}");
        server.call("DELETE", "/api/alerts", "", server.token(), "application/json")
                .mustBe(200);
        JsonObject shown = server.get("/api/alerts").mustBe(200).json();
        assertThat(shown.get("host")).isEqualTo(Json.Null.INSTANCE);
        assertThat(shown.get("secretSet")).isEqualTo(Json.Bool.FALSE);
    }

    @Test
    void everything_wrong_is_said_at_once_and_no_secret_with_it() throws Exception {
        TestServer.Answer answer =
                put("{\"url\":\"ftp://hooks.example/hush\",\"secret\":\"short\",\"kinds\":[\"lane_pause\",7],\"x\":1}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().text("detail"))
                .contains(
                        "url must begin with https:// or http://",
                        "secret is not shown here; a string of 16 to 200 visible ASCII characters is allowed",
                        "kinds holds 'lane_pause'; allowed: intake_closed, lane_paused, breaker_open,",
                        "Did you mean 'lane_paused'?",
                        "kinds holds 'number'",
                        "x is not known here; known: enabled, kinds, secret, url.")
                .doesNotContain("hush", "short;");
        assertThat(put("{}").json().text("detail")).contains("url is absent; give the URL of the webhook");
        assertThat(put("{\"url\":7}").json().text("detail")).contains("url is of type number; a string is allowed");
    }
}
