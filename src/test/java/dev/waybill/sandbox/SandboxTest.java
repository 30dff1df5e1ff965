package dev.waybill.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonPath;
import dev.waybill.json.JsonText;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxTest {
    private static final String SHOP = "https://shop.example";
    private static final String EVENT = """
            {"partner_id":"p-1","event":"page","params":{"lex_id":"8f14e45f-ceea-467f-a0e6-0f0f0f0f0f0f"}}""";

    private final SplittableRandom random = new SplittableRandom(7);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Sandbox sandbox;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(
                "127.0.0.1",
                0,
                new SandboxOptions(
                        AllowedOrigins.of(List.of(SHOP)),
                        1000,
                        1 << 20,
                        InstantSource.fixed(Instant.parse("2026-11-23T10:00:00Z")),
                        this::chance));
    }

    @AfterEach
    void stop() {
        sandbox.close();
        client.close();
    }

    private synchronized double chance() {
        return random.nextDouble();
    }

    @Test
    void a_good_event_is_accepted_and_shown() {
        HttpResponse<String> answer = send(
                request("/events").header("Idempotency-Key", "m-1").POST(HttpRequest.BodyPublishers.ofString(EVENT)));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"ok\":true}");
        JsonObject shown = (JsonObject) received("/received").get(0);
        assertThat(shown.text("at")).isEqualTo("2026-11-23T10:00:00Z");
        assertThat(shown.get("status")).isEqualTo(Json.of(200));
        assertThat(JsonPath.parse("headers.idempotency-key").in(shown)).isEqualTo(Json.of("m-1"));
        assertThat(shown.get("body")).isEqualTo(JsonText.read(EVENT));
        assertThat(get("/received/count").body()).isEqualTo("{\"accepted\":1,\"refused\":0}");
    }

    @Test
    void an_event_that_breaks_rules_is_refused_with_each_and_kept_too() {
        HttpResponse<String> answer = post("{\"partner_id\":\"p\",\"event\":\"page\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"errors\":[\"params is missing; send an object with lex_id\"]}");
        assertThat(get("/received/count").body()).isEqualTo("{\"accepted\":0,\"refused\":1}");
        assertThat(sandbox.newest(10)).extracting(Received::status).containsExactly(400);
    }

    @Test
    void a_body_over_a_mebibyte_is_refused() {
        HttpResponse<String> answer = post("x".repeat((1 << 20) + 1));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).isEqualTo("{\"errors\":[\"the body has over 1 MiB\"]}");
    }

    @Test
    void received_is_limited_filtered_and_forgotten_on_demand() {
        post(EVENT);
        post(EVENT.replace("\"page\"", "\"identify\""));
        post(EVENT);

        assertThat(received("/received?limit=2")).hasSize(2);
        assertThat(received("/received?limit=0")).isEmpty();
        assertThat(received("/received?event=identify")).hasSize(1);
        assertThat(send(request("/received").DELETE()).statusCode()).isEqualTo(200);
        assertThat(received("/received")).isEmpty();
        assertThat(get("/received/count").body()).isEqualTo("{\"accepted\":0,\"refused\":0}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "many", "", "99999999999"})
    void an_odd_limit_is_refused(String limit) {
        HttpResponse<String> answer = get("/received?limit=" + limit);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("{\"errors\":[\"limit is '" + limit + "'; send a whole number from 0 up\"]}");
    }

    @Test
    void one_browser_keeps_one_id() {
        HttpResponse<String> first = get("/id");
        String cookie = first.headers().firstValue("set-cookie").orElseThrow();
        String puid = json(first).text("puid");

        assertThat(puid).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(cookie)
                .isEqualTo("sandbox_puid=" + puid + "; Path=/; Max-Age=31536000; HttpOnly; Secure; SameSite=None");
        assertThat(first.headers().firstValue("cache-control")).contains("no-store");
        HttpResponse<String> again = send(request("/id").header("Cookie", "other=1; sandbox_puid=" + puid));
        assertThat(json(again).text("puid")).isEqualTo(puid);
        assertThat(json(get("/id")).text("puid")).isNotEqualTo(puid);
    }

    @Test
    void a_forged_cookie_is_replaced() {
        HttpResponse<String> answer = send(request("/id").header("Cookie", "sandbox_puid=<script>"));

        assertThat(json(answer).text("puid")).matches("[0-9a-f-]{36}");
    }

    @Test
    void gdpr_needs_a_consent_string() {
        assertThat(get("/id?gdpr=1").statusCode()).isEqualTo(400);
        assertThat(get("/id?gdpr=1&gdpr_consent=").statusCode()).isEqualTo(400);
        assertThat(get("/id?gdpr=1").body())
                .isEqualTo("{\"errors\":[\"gdpr is 1 and gdpr_consent is missing; send the TC string\"]}");
        assertThat(get("/id?gdpr=1&gdpr_consent=CPXxRfAPXxRfA").statusCode()).isEqualTo(200);
        assertThat(get("/id?gdpr=0").statusCode()).isEqualTo(200);
    }

    @Test
    void a_redirect_sync_sends_the_browser_back_with_its_id() {
        String puid = json(get("/id")).text("puid");

        HttpResponse<String> back = send(request("/dsync?gdpr=0&r=https%3A%2F%2Fc.example%2Fback%3Fpuid%3D%24UID")
                .header("Cookie", "sandbox_puid=" + puid));

        assertThat(back.statusCode()).isEqualTo(302);
        assertThat(back.headers().firstValue("location")).contains("https://c.example/back?puid=" + puid);
        assertThat(back.headers().firstValue("set-cookie").orElse("")).startsWith("sandbox_puid=" + puid);
        assertThat(back.headers().firstValue("cache-control")).contains("no-store");
        for (String odd : List.of("", "?r=", "?r=https%3A%2F%2Fc.example", "?r=javascript%3A%24UID", "?r=%20%24UID")) {
            assertThat(get("/dsync" + odd).body())
                    .isEqualTo("{\"errors\":[\"r is no absolute http or https URL with $UID in it, URL-encoded\"]}");
        }
        assertThat(get("/dsync?gdpr=1&r=https%3A%2F%2Fc.example%2F%24UID").statusCode())
                .isEqualTo(400);
    }

    @Test
    void only_listed_origins_may_read_the_id() {
        HttpResponse<String> listed = send(request("/id").header("Origin", SHOP));
        HttpResponse<String> foreign = send(request("/id").header("Origin", "https://other.example"));

        assertThat(listed.headers().firstValue("access-control-allow-origin")).contains(SHOP);
        assertThat(listed.headers().firstValue("access-control-allow-credentials"))
                .contains("true");
        assertThat(foreign.headers().firstValue("access-control-allow-origin")).isEmpty();
        assertThat(foreign.headers().firstValue("access-control-allow-credentials"))
                .isEmpty();
        assertThat(foreign.headers().allValues("vary")).contains("Origin");
    }

    @Test
    void a_status_fault_answers_so_until_healed() {
        fault("{\"status\":429,\"retryAfterSeconds\":3}");
        HttpResponse<String> answer = post(EVENT);

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("retry-after")).contains("3");
        assertThat(get("/id").statusCode()).isEqualTo(429);
        assertThat(get("/received/count").body()).isEqualTo("{\"accepted\":0,\"refused\":1}");
        fault("{}");
        assertThat(post(EVENT).statusCode()).isEqualTo(200);
        assertThat(get("/id").statusCode()).isEqualTo(200);
    }

    @Test
    void a_fault_befalls_only_its_endpoint() {
        fault("{\"status\":503,\"for\":\"events\"}");
        assertThat(post(EVENT).statusCode()).isEqualTo(503);
        assertThat(get("/id").statusCode()).isEqualTo(200);
        fault("{\"status\":503,\"for\":\"id\"}");
        assertThat(post(EVENT).statusCode()).isEqualTo(200);
        assertThat(get("/id").statusCode()).isEqualTo(503);
    }

    @Test
    void a_share_befalls_that_share() {
        fault("{\"status\":503,\"share\":0.3}");
        long refused = 0;
        for (int i = 0; i < 400; i++) {
            refused += post(EVENT).statusCode() == 503 ? 1 : 0;
        }

        assertThat(refused).isBetween(90L, 150L);
        fault("{\"status\":503,\"share\":0}");
        assertThat(post(EVENT).statusCode()).isEqualTo(200);
    }

    @Test
    void a_delay_alone_leaves_the_answer_as_it_is() {
        fault("{\"delayMs\":150}");
        long start = System.nanoTime();
        HttpResponse<String> answer = post(EVENT);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(140));
    }

    @Test
    void a_hanging_request_gets_no_answer_and_is_cut_when_healed() {
        fault("{\"hang\":true}");
        CompletableFuture<HttpResponse<String>> hanging = client.sendAsync(
                request("/events")
                        .POST(HttpRequest.BodyPublishers.ofString(EVENT))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThatThrownBy(() -> client.send(
                        request("/events")
                                .timeout(Duration.ofMillis(200))
                                .POST(HttpRequest.BodyPublishers.ofString(EVENT))
                                .build(),
                        HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
        assertThat(hanging).isNotDone();
        fault("{}");

        assertThatThrownBy(hanging::get).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(IOException.class);
        assertThat(sandbox.newest(10)).isEmpty();
    }

    @Test
    void a_reset_is_one_on_the_wire() {
        fault("{\"reset\":true,\"for\":\"events\"}");

        assertThatThrownBy(() -> client.send(
                        request("/events")
                                .POST(HttpRequest.BodyPublishers.ofString(EVENT))
                                .build(),
                        HttpResponse.BodyHandlers.ofString()))
                .hasStackTraceContaining("Connection reset")
                .hasRootCauseInstanceOf(SocketException.class);
        assertThat(sandbox.newest(10)).isEmpty();
    }

    @Test
    void an_odd_fault_is_refused_and_changes_nothing() {
        HttpResponse<String> answer =
                send(request("/faults").PUT(HttpRequest.BodyPublishers.ofString("{\"status\":99,\"shaer\":1}")));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(items(json(answer).get("errors"))).hasSize(2);
        assertThat(post(EVENT).statusCode()).isEqualTo(200);
    }

    @Test
    void anything_else_is_a_404_in_json() {
        for (String path : List.of("/", "/event", "/events", "/received/1")) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(json(answer).get("errors")).isNotNull();
        }
    }

    private void fault(String json) {
        HttpResponse<String> answer = send(request("/faults").PUT(HttpRequest.BodyPublishers.ofString(json)));
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    private List<Json> received(String path) {
        return items(json(get(path)).get("received"));
    }

    private static List<Json> items(@Nullable Json json) {
        return json instanceof Json.Arr(List<Json> items) ? items : fail("no array: " + json);
    }

    private HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    private HttpResponse<String> post(String body) {
        return send(request("/events").POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(sandbox.url() + path));
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

    private static JsonObject json(HttpResponse<String> answer) {
        return (JsonObject) JsonText.read(answer.body());
    }
}
