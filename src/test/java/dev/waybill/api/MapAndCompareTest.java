package dev.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MapAndCompareTest {
    private static final String EVENT =
            "{\"type\":\"track\",\"event\":\"Order Completed\",\"properties\":{\"total\":30.10},"
                    + "\"context\":{\"providers\":{\"kargo\":{\"puid\":\"11111111-2222-3333-4444-555555555555\"}}}}";

    private static TestServer server;

    @BeforeAll
    static void some_events(@TempDir Path directory) throws Exception {
        server = new TestServer(directory);
        for (int i = 0; i < 5; i++) {
            server.track("m-" + i, i == 0 ? "Unmapped" : "Order Completed", "u", "{\"total\":" + i + "}");
        }
        server.awaitDrained(5);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static JsonObject ok(String path, String body) throws Exception {
        return server.post(path, body).mustBe(200).json();
    }

    private static String refused(String path, String body) throws Exception {
        return server.post(path, body).mustBe(400).body();
    }

    @Test
    void an_event_is_mapped_by_the_pinned_or_the_named_revision() throws Exception {
        for (String which : List.of("", ",\"revision\":1", ",\"pipeline\":\"web\"")) {
            JsonObject line = ok("/api/map", "{\"integration\":\"kargo-main\",\"event\":" + EVENT + which + "}");
            assertThat(line.text("outcome")).isEqualTo("deliver");
            assertThat(line.text("integration")).isEqualTo("kargo-main");
            assertThat(TestServer.in(line, "request.body.params.total")).isEqualTo(new Json.Num("30.10"));
        }
        assertThat(ok("/api/map", "{\"integration\":\"kargo-main\",\"event\":{\"type\":\"track\"}}")
                        .text("reason"))
                .isEqualTo("missing_field");
    }

    @Test
    void an_event_is_mapped_by_a_revision_that_is_not_saved_as_text_or_object() throws Exception {
        String yaml =
                "\"kit: kargo\\nparameters: {PARTNER_ID: p-9, ENDPOINT: '${PATH}', AUTH_TOKEN: '${secret:T}'}\\n\"";
        String json = "{\"kit\":\"kargo\",\"parameters\":{\"PARTNER_ID\":\"p-9\"},\"playbook\":{\"events\":"
                + "{\"order_completed\":{\"exclude\":[\"total\"]}}}}";

        JsonObject byText = ok("/api/map", "{\"file\":" + yaml + ",\"event\":" + EVENT + "}");
        JsonObject byObject = ok(
                "/api/map",
                "{\"file\":" + json + ",\"integration\":\"new\",\"pipeline\":\"web\",\"event\":" + EVENT + "}");

        assertThat(TestServer.in(byText, "request.body.partner_id")).isEqualTo(Json.of("p-9"));
        assertThat(TestServer.in(byText, "request.url"))
                .as("nobody reads the server's environment by it")
                .isEqualTo(Json.of("https://path.invalid/"));
        assertThat(byText.get("integration")).isNull();
        assertThat(TestServer.in(byObject, "request.body.params.total")).isNull();
    }

    @Test
    void everything_wrong_with_a_dry_run_is_told() throws Exception {
        assertThat(refused("/api/map", "{}"))
                .contains("event is required", "integration is required, or file", "bad_parameter");
        assertThat(refused("/api/map", "{\"integration\":\"kargo-mian\",\"evnt\":1}"))
                .contains("Did you mean 'kargo-main'?", "evnt is not known here", "Did you mean 'event'?");
        assertThat(refused("/api/map", "{\"integration\":\"kargo-main\",\"revision\":7,\"event\":{}}"))
                .contains("revision is 7; revisions of kargo-main: 1.");
        assertThat(refused("/api/map", "{\"file\":\"kit: kargoo\\nlimits: {policy: x}\\n\",\"event\":{}}"))
                .contains("invalid_revision", "file:1: kit: there is no kit 'kargoo'", "file:2: limits.policy");
        assertThat(refused("/api/map", "{\"file\":7,\"event\":{}}")).contains("file is no text and no object");
    }

    @Test
    void revisions_are_compared_over_the_last_events() throws Exception {
        JsonObject compared = ok("/api/compare", "{\"integration\":\"kargo-main\",\"from\":1,\"to\":1,\"last\":3}");

        assertThat(compared.get("events")).isEqualTo(Json.of(3));
        assertThat(compared.get("unchanged")).isEqualTo(Json.of(3));
        assertThat(compared.get("complete")).isEqualTo(Json.of(true));
        assertThat(ok("/api/compare", "{\"pipeline\":\"web\",\"integration\":\"kargo-main\",\"from\":1,\"to\":1}")
                        .get("events"))
                .isEqualTo(Json.of(5));
        assertThat(refused("/api/compare", "{\"integration\":\"kargo-main\",\"from\":1,\"to\":9,\"last\":0}"))
                .contains("to is 9; revisions of kargo-main: 1.", "last is 0; a whole number from 1 to 100000");
        assertThat(refused("/api/compare", "{}"))
                .contains("integration is required", "from is required", "to is required");
    }
}
