package dev.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which rule made which key, and what was decided before.
class ExplainTest {
    private static final String FILE = """
            {"kit":"kargo","parameters":{"PARTNER_ID":"p-9"},"playbook":{
              "global":{"mappings":[{"output":"page_url","input":"properties.url"}]},
              "events":{"order_completed":{
                "exclude":["email"],
                "mappings":[
                  {"output":"params.value","input":["properties.missing","properties.total"],"transforms":["toTruncatedInteger"]},
                  {"output":"params.note","input":"properties.none","default":"nothing"}],
                "enrichments":[{"output":"params.source","value":"web"}],
                "spread":[{"output":"params","input":"context.campaign","prefix":"utm_"}]}}}}
            """;
    private static final String EVENT = """
            {"type":"track","event":"Order Completed","properties":{"url":"https://e.example/","total":"30","email":"a@b.c",
              "long":"%s"},"context":{"campaign":{"name":"may"},"page":{"referrer":"https://r.example/"},
              "providers":{"kargo":{"puid":"11111111-2222-3333-4444-555555555555"}}%s}}
            """;
    private static TestServer server;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        server = new TestServer(directory);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static JsonObject map(String consent) throws Exception {
        String event = EVENT.formatted("x".repeat(400), consent);
        return server.post("/api/map", "{\"explain\":true,\"file\":%s,\"event\":%s}".formatted(FILE, event))
                .mustBe(200)
                .json();
    }

    private static Map<String, JsonObject> steps(JsonObject json) {
        Map<String, JsonObject> steps = new LinkedHashMap<>();
        TestServer.list(json, "steps").forEach(step -> steps.put(String.valueOf(step.text("output")), step));
        return steps;
    }

    private static String said(@Nullable JsonObject given) {
        JsonObject step = Objects.requireNonNull(given);
        return "%s | %s | %s | %s | %s"
                .formatted(
                        step.text("from"),
                        step.text("rule"),
                        step.text("input"),
                        step.text("then"),
                        JsonText.write(Objects.requireNonNull(step.get("value"))));
    }

    @Test
    void every_key_of_the_request_names_the_rule_that_made_it() throws Exception {
        JsonObject answer = map("");
        Map<String, JsonObject> steps = steps(answer);
        assertThat(said(steps.get("partner_id")))
                .isEqualTo("kit global | mapping | the constant \"p-9\" | null | \"p-9\"");
        assertThat(said(steps.get("client_referer")))
                .isEqualTo("kit global | mapping | context.page.referrer | null | \"https://r.example/\"");
        assertThat(said(steps.get("page_url")))
                .isEqualTo("user global | mapping | properties.url | null | \"https://e.example/\"");
        assertThat(said(steps.get("event"))).contains("| enrichment |", "\"order_completed\"");
        assertThat(said(steps.get("params.total"))).isEqualTo("kit event | copy | properties.total | null | \"30\"");
        assertThat(said(steps.get("params.email"))).isEqualTo("null | exclude | null | null | null");
        assertThat(said(steps.get("params.value")))
                .isEqualTo("user event | mapping | properties.total | toTruncatedInteger | 30");
        assertThat(said(steps.get("params.note")))
                .isEqualTo("user event | default | the constant \"nothing\" | null | \"nothing\"");
        assertThat(said(steps.get("params.source")))
                .isEqualTo("user event | enrichment | the constant \"web\" | null | \"web\"");
        assertThat(said(steps.get("params.utm_name")))
                .isEqualTo("user event | spread | context.campaign.name | null | \"may\"");
        assertThat(said(steps.get("params.lex_id"))).contains("context.providers.kargo.puid");
        assertThat(JsonText.write(Objects.requireNonNull(
                        Objects.requireNonNull(steps.get("params.long")).get("notices"))))
                .isEqualTo("[\"value_truncated\"]");
        JsonObject params = (JsonObject) Objects.requireNonNull(TestServer.in(answer, "request.body.params"));
        for (int i = 0; i < params.size(); i++) {
            assertThat(steps).containsKey("params." + params.name(i));
        }
    }

    @Test
    void the_line_is_the_one_without_an_explanation() throws Exception {
        String event = EVENT.formatted("", "");
        JsonObject plain = server.post("/api/map", "{\"file\":%s,\"event\":%s}".formatted(FILE, event))
                .mustBe(200)
                .json();
        JsonObject explained = server.post(
                        "/api/map", "{\"explain\":true,\"file\":%s,\"event\":%s}".formatted(FILE, event))
                .mustBe(200)
                .json();
        plain.forEach(entry -> assertThat(explained.get(entry.getKey())).isEqualTo(entry.getValue()));
        assertThat(plain.get("steps")).isNull();
    }

    @Test
    void what_was_decided_about_identity_and_consent_is_told_in_words() throws Exception {
        assertThat(TestServer.in(map(""), "decision.consent"))
                .isEqualTo(Json.of("allowed: no consent signal came, and scope us allows that"));
        assertThat(TestServer.in(map(""), "decision.identity")).isEqualTo(Json.of("on the event itself"));
        JsonObject denied = map(",\"consent\":{\"usp\":\"1YYN\",\"gpp\":\"\"}");
        assertThat(denied.text("reason")).isEqualTo("consent_denied");
        assertThat(TestServer.in(denied, "decision.consent"))
                .isEqualTo(Json.of("denied by usp: the person opted out of sale"));
        assertThat(TestServer.in(denied, "decision.consentRule")).isEqualTo(Json.of("usp"));
        JsonObject allowed = map(",\"consent\":{\"usp\":\"1YNN\",\"gdprApplies\":false}");
        assertThat(TestServer.in(allowed, "decision.consent"))
                .isEqualTo(Json.of("allowed: nothing refuses of gdprApplies false, US Privacy 1YNN"));
        assertThat(TestServer.in(allowed, "decision.consentAllowed")).isEqualTo(Json.Bool.TRUE);
    }

    @Test
    void an_invalid_event_has_no_steps_and_a_key_with_dots_in_its_name_keeps_its_step() throws Exception {
        JsonObject invalid = server.post("/api/map", "{\"explain\":true,\"file\":%s,\"event\":{}}".formatted(FILE))
                .mustBe(200)
                .json();
        assertThat(invalid.text("outcome")).isEqualTo("invalid");
        assertThat(TestServer.list(invalid, "steps")).isEmpty();
        String file = "{\"kit\":\"kargo\",\"parameters\":{\"PARTNER_ID\":\"p\"},\"playbook\":{\"events\":{\"page\":"
                + "{\"mappings\":[{\"output\":\"params.a.b\",\"input\":\"properties.c\"}]}}}}";
        String event = "{\"type\":\"page\",\"properties\":{\"a.b\":1,\"c\":2},"
                + "\"context\":{\"providers\":{\"kargo\":{\"puid\":\"x\"}}}}";
        JsonObject odd = server.post("/api/map", "{\"explain\":true,\"file\":%s,\"event\":%s}".formatted(file, event))
                .mustBe(200)
                .json();
        assertThat(TestServer.list(odd, "steps").stream()
                        .filter(step -> "params.a.b".equals(step.text("output")))
                        .map(ExplainTest::said))
                .containsExactlyInAnyOrder(
                        "kit event | copy | properties.a.b | null | 1",
                        "user event | mapping | properties.c | null | 2");
    }

    @Test
    void a_trace_tells_the_steps_and_that_the_browser_reported_the_identifier() throws Exception {
        String puid = "99999999-2222-3333-4444-555555555555";
        server.post("/v1/identity/kargo?writeKey=wk_web", "{\"puid\":\"%s\",\"anonymousId\":\"a-7\"}".formatted(puid))
                .mustBe(200);
        server.send("{\"messageId\":\"m-r\",\"type\":\"track\",\"event\":\"Order Completed\",\"anonymousId\":\"a-7\","
                + "\"properties\":{\"total\":1},\"writeKey\":\"wk_web\"}");
        TestServer.await(() -> server.delivered.stream().anyMatch(body -> body.contains(puid)));
        JsonObject lane = TestServer.list(
                        server.get("/api/events/m-r").mustBe(200).json(), "lanes")
                .getFirst();
        assertThat(TestServer.in(lane, "decision.identityFrom")).isEqualTo(Json.of("report"));
        assertThat(String.valueOf(TestServer.in(lane, "decision.identity"))).contains("reported by the browser");
        assertThat(TestServer.in(lane, "mapped.request.body.params.lex_id")).isEqualTo(Json.of(puid));
        assertThat(steps(lane)).containsKeys("params.total", "params.lex_id", "partner_id");
    }
}
