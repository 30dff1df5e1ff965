package dev.waybill.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a whole server answers is what the description of the API tells, route by route, errors too.
class OpenApiAnswersTest {
    private static final String LANE = "/api/lanes/web/kargo-main";
    private static final String KARGO =
            "\"kit\":\"kargo\",\"parameters\":{\"PARTNER_ID\":\"p-9\",\"ENDPOINT\":\"http://127.0.0.1:9/events\"}";

    @TempDir
    private Path directory;

    private final Set<String> answered = new TreeSet<>();
    private final List<String> wrong = new ArrayList<>();
    private OpenApiFile file;
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        file = new OpenApiFile();
        server = new TestServer(directory);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private TestServer.Answer call(String method, String path, String body, int status) throws Exception {
        return call(method, path, body, status, "application/json");
    }

    /// Asks, and holds the body and the answer against the file.
    private TestServer.Answer call(String method, String path, String body, int status, String accept)
            throws Exception {
        OpenApiFile.Operation operation = file.of(method, path.replaceFirst("\\?.*", ""));
        if (!body.isEmpty() && status < 400) {
            note(operation, file.faultsOfBody(operation, body), body);
        }
        TestServer.Answer answer =
                server.call(method, path, body, server.token(), accept).mustBe(status);
        String type = answer.headers().firstValue("content-type").orElse("");
        note(operation, file.faults(operation, status, type, answer.body()), answer.body());
        if (status < 300) {
            answered.add(operation.toString());
        }
        return answer;
    }

    private void note(OpenApiFile.Operation operation, List<String> faults, String in) {
        faults.forEach(fault -> wrong.add("%s: %s in %s".formatted(operation, fault, in)));
    }

    private TestServer.Answer get(String path) throws Exception {
        return call("GET", path, "", 200);
    }

    private TestServer.Answer post(String path, String body) throws Exception {
        return call("POST", path, body, 200);
    }

    @Test
    void every_route_answers_as_it_is_told_to() throws Exception {
        send();
        numbers();
        events();
        deadLetters();
        author();
        pipelines();
        onboard();
        tryOut();
        access();
        stream();
        get("/api/openapi.json");
        assertThat(wrong).isEmpty();
        assertThat(answered)
                .containsExactlyInAnyOrderElementsOf(
                        file.operations().stream().map(Object::toString).toList());
    }

    private void send() throws Exception {
        server.track("m-1", "Order Completed", "u-1", "{\"total\":30,\"products\":[{\"sku\":\"s-1\"}]}");
        server.track("m-2", "Product Viewed", "u-2", "{\"name\":\"refuse\"}");
        server.track("m-3", "Newsletter", "u-3", "{}");
        server.track("m-1", "Order Completed", "u-1", "{\"total\":30}");
        server.send("{\"messageId\":\"m-4\",\"event\":\"Order Completed\",\"userId\":\"u-4\",\"writeKey\":\"wk_web\"}");
        server.awaitDrained(5);
    }

    private void numbers() throws Exception {
        get("/api/ledger");
        get("/api/ledger/series");
        get("/api/ledger/series?days=3&zone=America/New_York&pipeline=web");
        call("GET", "/api/ledger/series", "", 200, "text/csv");
        get("/api/overview");
        get("/api/overview?window=month");
    }

    private void events() throws Exception {
        get("/api/events");
        assertThat(get("/api/events?limit=1&outcome=rejected&q=properties.name:refuse")
                        .list("events"))
                .hasSize(1);
        for (String id : List.of("m-1", "m-2", "m-3", "m-4")) {
            get("/api/events/" + id);
        }
        call("GET", "/api/events/none", "", 404);
        get("/api/events/names?days=1");
        get("/api/events/fields?event=Order+Completed&sample=10");
        get(LANE + "/first-event?since=0");
        get(LANE + "/first-event?since=2100-01-01");
        get(LANE + "/evidence?limit=5");
        call("GET", LANE + "/evidence", "", 200, "text/csv");
        call("GET", "/api/lanes/web/kargo-mian/evidence", "", 404);
    }

    private void deadLetters() throws Exception {
        String id = String.valueOf(
                get("/api/dead-letters").list("deadLetters").getFirst().text("id"));
        get("/api/dead-letters/" + id);
        call("GET", "/api/dead-letters/none", "", 404);
        TestServer.Answer export = call("GET", "/api/dead-letters", "", 200, "application/x-ndjson");
        for (String line : export.body().lines().toList()) {
            note(file.of("GET", "/api/dead-letters"), file.faults("LetterLine", line), line);
        }
        String some = "{\"ids\":[\"" + id + "\"],\"dryRun\":%s}";
        post("/api/dead-letters/replay", some.formatted("true"));
        String replay = String.valueOf(call("POST", "/api/dead-letters/replay", some.formatted("false"), 202)
                .json()
                .text("id"));
        call("POST", "/api/dead-letters/replay", "{\"ids\":[\"none\"]}", 404);
        post(LANE + "/replay", "{\"from\":0,\"to\":\"2100-01-01\",\"dryRun\":true}");
        call("POST", LANE + "/replay", "{\"from\":0,\"to\":1,\"includeDelivered\":true}", 202);
        get("/api/replays");
        get("/api/replays/" + replay);
        call("GET", "/api/replays/none", "", 404);
        get("/api/ledger");
        post(LANE + "/pause", "");
        get("/api/overview");
        post(LANE + "/resume", "");
    }

    private void author() throws Exception {
        get("/api/kits");
        get("/api/transforms");
        get("/api/integrations");
        call("POST", "/api/integrations", "{\"name\":\"second\"," + KARGO + "}", 201);
        call("POST", "/api/integrations", "{\"name\":\"second\"," + KARGO + "}", 409);
        call("POST", "/api/integrations", "{\"name\":\"../up\"," + KARGO + "}", 400);
        call("POST", "/api/integrations", "{\"name\":\"third\",\"kit\":\"karg\"}", 422);
        call("POST", "/api/integrations/second/revisions", "{" + KARGO + ",\"note\":\"again\"}", 201);
        call("POST", "/api/integrations/none/revisions", "{" + KARGO + "}", 404);
        post("/api/integrations/second/check", "{\"kit\":\"kargo\",\"playbook\":{\"globl\":1}}");
        get("/api/integrations/second/2");
        call("GET", "/api/integrations/second/9", "", 404);
        get("/api/integrations/second/diff?from=1&to=2");
        get("/api/integrations");
    }

    private void pipelines() throws Exception {
        get("/api/pipelines");
        call(
                "PUT",
                "/api/pipelines/app",
                "{\"writeKey\":\"wk_app\",\"integrations\":[{\"integration\":\"second\",\"revision\":1}]}",
                201);
        call(
                "PUT",
                "/api/pipelines/web?confirm=true",
                "{\"writeKey\":\"wk_web\",\"origins\":[\"https://shop.example\",\"https://*.shop.example\"],"
                        + "\"integrations\":[{\"integration\":\"kargo-main\",\"revision\":1}]}",
                200);
        call("PUT", "/api/pipelines/web", "{\"writeKey\":7,\"integratons\":[]}", 422);
        get("/api/pipelines/web");
        call("GET", "/api/pipelines/none", "", 404);
    }

    private void onboard() throws Exception {
        post("/api/integrations/kargo-main/1/test", "{\"dryRun\":true}");
        post("/api/integrations/kargo-main/1/test", "");
        post("/api/integrations/second/1/test", "{}");
        call("POST", "/api/integrations/second/7/test", "{}", 404);
        get("/api/integrations/kargo-main/confirmation");
        call("PUT", "/api/integrations/kargo-main/confirmation", "{\"by\":\"Jo\",\"date\":\"2026-01-02\"}", 200);
        get("/api/integrations/kargo-main/confirmation");
        get("/api/integrations");
        call("GET", "/api/integrations/none/confirmation", "", 404);
        get("/api/pipelines/web/sync-check");
        call("GET", "/api/pipelines/none/sync-check", "", 404);
        get("/api/pipelines/web/letter");
        call("GET", "/api/pipelines/none/letter", "", 404);
    }

    private void tryOut() throws Exception {
        String event = "\"event\":{\"type\":\"track\",\"event\":\"Order Completed\",\"properties\":{\"total\":3}}";
        post("/api/map", "{\"integration\":\"kargo-main\",\"pipeline\":\"web\",\"explain\":true," + event + "}");
        post("/api/map", "{\"file\":{\"kit\":\"kargo\",\"parameters\":{\"PARTNER_ID\":\"p\"}}," + event + "}");
        post("/api/map", "{\"integration\":\"kargo-main\",\"explain\":true,\"event\":{\"type\":\"trak\"}}");
        call("POST", "/api/map", "{\"file\":{\"kit\":\"karg\"}," + event + "}", 400);
        post("/api/compare", "{\"integration\":\"second\",\"pipeline\":\"app\",\"from\":1,\"to\":2}");
        post("/api/compare", "{\"integration\":\"kargo-main\",\"pipeline\":\"web\",\"from\":1,\"to\":1}");
        post("/api/suppress", "{\"userId\":\"u-9\"}");
    }

    private void access() throws Exception {
        post("/api/session", "{\"token\":\"" + server.token() + "\"}");
        call("POST", "/api/session", "{\"name\":\"ann\",\"password\":\"no\"}", 401);
        get("/api/session");
        call("DELETE", "/api/session", "", 200);
        get("/api/audit");
        get("/api/audit?limit=1");
        get("/api/users");
        get("/api/alerts");
        call("POST", "/api/alerts/test", "", 409);
        call("PUT", "/api/alerts", "{\"url\":\"http://127.0.0.1:9/hook\",\"kinds\":[\"lane_paused\"]}", 200);
        post("/api/alerts/test", "");
        get("/api/alerts");
        call("DELETE", "/api/alerts", "", 200);
        for (OpenApiFile.Operation operation : file.operations()) {
            if (!operation.path().equals("/api/session")) {
                stranger(operation);
            }
        }
    }

    private void stranger(OpenApiFile.Operation operation) throws Exception {
        String path = operation.path().replaceAll("\\{[^}]*}", "none");
        TestServer.Answer answer =
                server.call(operation.method(), path, "", Map.of()).mustBe(401);
        note(operation, file.faults(operation, 401, "application/json", answer.body()), answer.body());
    }

    private void stream() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/api/events/stream?pipeline=web"))
                .header("Authorization", "Bearer " + server.token())
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            var response = http.send(request, BodyHandlers.ofInputStream());
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
                assertThat(lines.readLine()).startsWith(":");
                server.track("m-7", "Order Completed", "u-1", "{\"total\":30}");
                String line = lines.readLine();
                while (!line.startsWith("data: ")) {
                    line = lines.readLine();
                }
                String row = line.substring("data: ".length());
                assertThat(((JsonObject) JsonText.read(row)).text("messageId")).isEqualTo("m-7");
                note(file.of("GET", "/api/events/stream"), file.faults("TraceRow", row), row);
                answered.add("GET /api/events/stream");
            } finally {
                http.shutdownNow();
            }
        }
    }
}
