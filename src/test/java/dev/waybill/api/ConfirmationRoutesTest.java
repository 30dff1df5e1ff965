package dev.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The destination's word about an integration, on a whole server.
class ConfirmationRoutesTest {
    private static final String PATH = "/api/integrations/kargo-main/confirmation";
    private static final String JO = "{\"by\":\"Jo Doe\",\"date\":\"2026-01-02\",\"note\":\"counts match\"}";

    @TempDir
    private Path directory;

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(directory);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private TestServer.Answer put(String body, int status) throws Exception {
        return server.call("PUT", PATH, body, server.token(), "application/json")
                .mustBe(status);
    }

    private List<JsonObject> audit() throws Exception {
        return server.get("/api/audit").mustBe(200).list("entries").stream()
                .filter(entry -> "confirmation changed".equals(entry.text("what")))
                .toList();
    }

    @Test
    void an_integration_is_not_confirmed_until_somebody_says_so() throws Exception {
        assertThat(server.get(PATH).mustBe(200).body())
                .isEqualTo("{\"integration\":\"kargo-main\",\"confirmed\":null}");
        JsonObject word = Objects.requireNonNull(put(JO, 200).json().object("confirmed"));
        assertThat(server.get(PATH).mustBe(200).body())
                .isEqualTo(
                        "{\"integration\":\"kargo-main\",\"confirmed\":{\"by\":\"Jo Doe\",\"date\":\"2026-01-02\",\"note\":\"counts match\",\"keptBy\":\"%s\"}}"
                                .formatted(word.text("keptBy")));
        JsonObject listed =
                server.get("/api/integrations").mustBe(200).list("integrations").getFirst();
        assertThat(listed.get("confirmed")).isEqualTo(word);
        assertThat(Files.readString(server.data.resolve("confirmations.json"))).contains("Jo Doe");
    }

    @Test
    void each_change_is_in_the_audit_journal_with_what_was_said_before() throws Exception {
        put(JO, 200);
        put("{\"by\":\"Al\\u202e\",\"date\":\"2026-01-03\"}", 200);
        List<JsonObject> entries = audit();
        assertThat(entries)
                .hasSize(2)
                .allSatisfy(entry -> assertThat(entry.text("subject")).isEqualTo("integrations/kargo-main"));
        assertThat(entries.getFirst().text("from")).isEqualTo("Jo Doe, 2026-01-02");
        assertThat(entries.getFirst().text("to")).isEqualTo("Al?, 2026-01-03");
        assertThat(entries.getLast().get("from")).isEqualTo(Json.Null.INSTANCE);
        assertThat(entries.getLast().text("to")).isEqualTo("Jo Doe, 2026-01-02");
    }

    @Test
    void a_word_that_can_not_be_kept_is_told_with_what_to_do_and_the_journal_says_so() throws Exception {
        Path inTheWay = Files.createDirectories(server.data.resolve("confirmations.json.tmp/x"));
        assertThat(put(JO, 503).json().toString())
                .startsWith(
                        "{\"reason\":\"not_durable\",\"detail\":\"the server can't read or write its data directory (")
                .contains("), and what was asked for was not done; mend that and ask again");
        assertThat(server.get("/api/audit?limit=1")
                        .mustBe(200)
                        .list("entries")
                        .getFirst()
                        .text("what"))
                .isEqualTo("not written");
        assertThat(server.get(PATH).mustBe(200).body()).contains("\"confirmed\":null");
        Files.delete(inTheWay);
        put(JO, 200);
    }

    @Test
    void whoever_pins_may_write_it_down_under_their_name_and_nobody_else() throws Exception {
        SignedIn.writeUsers(server.data);
        for (String role : List.of("viewer", "editor")) {
            assertThat(SignedIn.as(server, role)
                            .call("PUT", PATH, JO)
                            .mustBe(403)
                            .json()
                            .text("detail"))
                    .startsWith(role + " has the role " + role + ", which may not pin revisions");
        }
        TestServer.Answer answer =
                SignedIn.as(server, "deployer").call("PUT", PATH, JO).mustBe(200);
        assertThat(TestServer.in(answer.json(), "confirmed.keptBy")).isEqualTo(Json.of("deployer"));
        assertThat(audit())
                .singleElement()
                .satisfies(entry -> assertThat(entry.text("who")).isEqualTo("deployer"));
        assertThat(SignedIn.as(server, "viewer").get(PATH).body()).contains("Jo Doe");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}|by is required: who at the destination said so; date is required: the day of the confirmation, such as 2026-11-25
            {"by":"","date":"2026-01-02"}|by is ''; a string of 1 to 1000 characters is allowed
            {"by":"Jo","date":"25.11.2026"}|date is '25.11.2026'; a day such as 2026-11-25 belongs here
            {"by":"Jo","date":"2026-02-30"}|date is '2026-02-30'; a day such as 2026-11-25 belongs here
            {"by":"Jo","date":"2026-01-02","note":7}|note is 7; a string of 1 to 1000 characters is allowed
            {"by":"Jo","date":"2026-01-02","notes":"x"}|notes is not known here; known: by, date, note. Did you mean 'note'?
            """)
    void what_is_wrong_is_told_at_once(String body, String detail) throws Exception {
        TestServer.Answer answer = put(body, 400);
        assertThat(answer.json().text("reason")).isEqualTo("bad_parameter");
        assertThat(answer.json().text("detail")).isEqualTo(detail);
        assertThat(audit()).isEmpty();
        assertThat(server.data.resolve("confirmations.json")).doesNotExist();
    }

    @Test
    void long_names_and_days_to_come_are_refused() throws Exception {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        String body = "{\"by\":\"%s\",\"date\":\"%s\"}";
        assertThat(put(body.formatted("J".repeat(201), today.plusDays(3)), 400)
                        .json()
                        .text("detail"))
                .isEqualTo("by has 201 characters; at most 200 are allowed; date is %s, which is yet to come"
                        .formatted(today.plusDays(3)));
        put(body.formatted("J".repeat(200), today.plusDays(1)), 200);
    }

    @Test
    void hostile_texts_come_back_as_they_are_and_as_json_only() throws Exception {
        TestServer.Answer answer =
                put("{\"by\":\"<script>\\u202e\\u0000\",\"date\":\"2026-01-02\",\"note\":\"\\n😀\"}", 200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(TestServer.in(answer.json(), "confirmed.by")).isEqualTo(Json.of("<script>\u202e\u0000"));
        assertThat(TestServer.in(server.get(PATH).mustBe(200).json(), "confirmed.note"))
                .isEqualTo(Json.of("\n😀"));
    }

    @Test
    void an_integration_that_does_not_run_is_unknown() throws Exception {
        String detail = "the workspace that runs has no integration kargo-mian; GET /api/integrations lists all";
        String path = "/api/integrations/kargo-mian/confirmation";
        assertThat(server.get(path).mustBe(404).json().text("detail")).isEqualTo(detail);
        TestServer.Answer put =
                server.call("PUT", path, JO, server.token(), "application/json").mustBe(404);
        assertThat(put.json().text("reason")).isEqualTo("unknown_integration");
        assertThat(server.get(path.replace("mian", "%E2%80%AE"))
                        .mustBe(404)
                        .json()
                        .text("detail"))
                .startsWith("the workspace that runs has no integration kargo-?;");
    }
}
