package dev.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.deliver.FakeDestination;
import dev.waybill.deliver.FakeDestination.Received;
import dev.waybill.deliver.FakeDestination.Reply;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One labelled event by a saved revision, on a whole server, to destinations good and bad.
@Timeout(60)
class ConnectRoutesTest {
    private static final String TOKEN = "t0p-s3cret-token";
    private static final String PATH = "/api/integrations/shop/1/test";

    @TempDir
    private Path directory;

    private final FakeDestination destination = FakeDestination.start();
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(directory);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        destination.close();
    }

    /// Saves an integration `shop` that no pipeline pins.
    private void shop(String playbook) throws Exception {
        shop(playbook, destination.url("/events"));
    }

    private void shop(String playbook, String endpoint) throws Exception {
        server.post("/api/integrations", """
                        {"name":"shop","kit":"kargo","parameters":{"PARTNER_ID":"p-7","ENDPOINT":"%s"},
                         "secrets":{"AUTH_TOKEN":"%s"},"playbook":%s}""".formatted(endpoint, TOKEN, playbook))
                .mustBe(201);
    }

    private JsonObject test(String body) throws Exception {
        TestServer.Answer answer = server.post(PATH, body).mustBe(200);
        assertThat(answer.body()).doesNotContain(TOKEN);
        return answer.json();
    }

    private List<JsonObject> audit() throws Exception {
        return server.get("/api/audit").mustBe(200).list("entries").stream()
                .filter(entry -> "test sent".equals(entry.text("what")))
                .toList();
    }

    @Test
    void a_dry_run_shows_the_request_and_sends_nothing() throws Exception {
        shop("{}");
        JsonObject shown = test("{\"dryRun\":true}");
        assertThat(shown.get("dryRun")).isEqualTo(Json.Bool.TRUE);
        assertThat(shown.text("event")).isEqualTo("page");
        assertThat(TestServer.in(shown, "request.url")).isEqualTo(Json.of(destination.url("/events")));
        assertThat(TestServer.in(shown, "request.body.partner_id")).isEqualTo(Json.of("p-7"));
        assertThat(Objects.requireNonNull(TestServer.in(shown, "request.headers.authorization"))
                        .asText())
                .startsWith("Bearer ");
        assertThat(shown.get("verdict")).isNull();
        assertThat(destination.received()).isEmpty();
        assertThat(audit()).isEmpty();
    }

    @Test
    void one_event_is_sent_that_can_be_told_by_its_label_and_is_in_no_count() throws Exception {
        shop("{}");
        destination.next(Reply.answer(200, "{\"ok\":true}"));
        JsonObject answer = test("");
        assertThat(answer.text("outcome")).isEqualTo("deliver");
        assertThat(answer.text("verdict")).isEqualTo("delivered");
        assertThat(TestServer.number(answer, "status")).isEqualTo(200);
        assertThat(answer.text("answer")).isEqualTo("{\"ok\":true}");
        assertThat(TestServer.number(answer, "milliseconds")).isBetween(0L, 30_000L);

        Received sent = destination.received().getFirst();
        assertThat(destination.received()).hasSize(1);
        assertThat(sent.headers()).containsEntry("authorization", "Bearer " + TOKEN);
        JsonObject body = (JsonObject) JsonText.read(sent.body());
        assertThat(TestServer.in(body, "params.waybill_test")).isEqualTo(Json.Bool.TRUE);
        assertThat(TestServer.in(body, "params.lex_id")).isEqualTo(Json.of("00000000-0000-4000-8000-000000000000"));
        assertThat(TestServer.number(server.lane(), "accepted")).isZero();
        assertThat(server.get("/api/events").mustBe(200).list("events")).isEmpty();
    }

    @Test
    void each_is_in_the_audit_journal_under_the_name_of_whoever_sent_it() throws Exception {
        shop("{}");
        SignedIn.writeUsers(server.data);
        SignedIn.as(server, "editor").call("POST", PATH, "{}").mustBe(200);
        assertThat(audit()).singleElement().satisfies(entry -> {
            assertThat(entry.text("who")).isEqualTo("editor");
            assertThat(entry.text("subject")).isEqualTo("integrations/shop/1");
        });
        assertThat(SignedIn.as(server, "viewer")
                        .call("POST", PATH, "{}")
                        .mustBe(403)
                        .json()
                        .text("detail"))
                .contains("may not send a labelled test event and ask the ID endpoint");
        assertThat(destination.received()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"200,delivered", "204,delivered", "302,setup", "400,rejected", "401,setup", "429,retry", "503,retry"})
    void an_answer_is_shown_with_what_it_means(int status, String verdict) throws Exception {
        shop("{}");
        destination.usually(Reply.status(status, "Location: " + destination.url("/elsewhere"), "Retry-After: 1"));
        JsonObject answer = test("{\"dryRun\":false}");
        assertThat(TestServer.number(answer, "status")).isEqualTo(status);
        assertThat(answer.text("verdict")).isEqualTo(verdict);
        assertThat(destination.received()).hasSize(1);
    }

    @Test
    void without_an_answer_it_says_why() throws Exception {
        shop("{}");
        destination.next(Reply.closeWithoutAnswer(), Reply.raw("SSH-2.0-nothing\r\n\r\n"));
        for (String what : List.of("closed", "no HTTP")) {
            JsonObject answer = test("");
            assertThat(answer.text("verdict")).as(what).isEqualTo("retry");
            assertThat(answer.text("detail")).as(what).isNotBlank().doesNotContain("\n");
            assertThat(answer.get("status")).as(what).isNull();
            assertThat(answer.get("answer")).as(what).isNull();
        }
    }

    @Test
    void a_closed_port_is_told() throws Exception {
        int port = destination.port();
        shop("{}");
        destination.close();
        JsonObject answer = test("");
        assertThat(answer.text("verdict")).isEqualTo("retry");
        assertThat(answer.text("detail")).contains("127.0.0.1").contains(Integer.toString(port));
    }

    @Test
    void a_hostile_answer_is_bounded_plain_and_repeats_no_secret() throws Exception {
        shop("{}");
        destination.next(
                Reply.answer(403, "no: Bearer " + TOKEN + " \u001b[31m<script>\u0000\r\n"),
                Reply.hugeBody(3_000_000),
                Reply.answer(200, "ab" + TOKEN.repeat(1000)));
        assertThat(test("").text("answer")).startsWith("no: Bearer ").endsWith(" ?[31m<script>???");
        assertThat(test("").text("answer")).isEqualTo("x".repeat(2048));
        // Where the answer is cut, a secret may be cut too.
        String repeated = String.valueOf(test("").text("answer"));
        assertThat(repeated.length()).isLessThanOrEqualTo(2048);
        assertThat(repeated).startsWith("ab").doesNotContain(TOKEN.substring(0, 6));
    }

    @Test
    void where_page_views_are_kept_back_it_takes_another_event() throws Exception {
        shop("{\"events\":{\"page\":{\"send\":false}}}");
        JsonObject answer = test("");
        assertThat(answer.text("verdict")).isEqualTo("delivered");
        assertThat(answer.text("event")).isNotBlank().isNotEqualTo("page");
    }

    @Test
    void a_playbook_that_lets_no_such_event_through_has_nothing_to_send() throws Exception {
        shop("{\"global\":{\"filters\":[{\"name\":\"none\",\"allow\":\"event.properties.total >= 10\"}]}}");
        TestServer.Answer answer = server.post(PATH, "").mustBe(409);
        assertThat(answer.json().text("reason")).isEqualTo("nothing_to_send");
        assertThat(answer.json().text("detail"))
                .isEqualTo("shop, revision 1, sends none of the events that it maps when they carry no more than a"
                        + " label; send an event of the site instead");
        assertThat(destination.received()).isEmpty();
        assertThat(audit()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "kargo-main/2,no revision 2 of kargo-main;",
        "kargo-main/0,no revision 0 of kargo-main;",
        "kargo-main/01,no revision 01 of kargo-main;",
        "kargo-main/99999999999,no revision 99999999999 of kargo-main;",
        "kargo-main/one,no revision one of kargo-main;",
        "kargo-mian/1,no revision 1 of kargo-mian;",
        "%E2%80%AEevil/%1B1,no revision ?1 of ?evil;",
    })
    void what_does_not_run_is_told(String which, String words) throws Exception {
        TestServer.Answer answer =
                server.post("/api/integrations/" + which + "/test", "").mustBe(404);
        assertThat(answer.json().text("reason")).isEqualTo("unknown_revision");
        assertThat(answer.json().text("detail"))
                .isEqualTo("the workspace that runs has " + words + " GET /api/integrations lists all");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"dryRun":"maybe"}|dryRun is 'maybe'; true or false is allowed
            {"dryrun":true}|dryrun is not known here; known: dryRun. Did you mean 'dryRun'?
            [true]|the body is of type array; send a JSON object
            """)
    void a_body_that_says_something_else_is_refused_and_nothing_is_sent(String body, String detail) throws Exception {
        assertThat(server.post("/api/integrations/kargo-main/1/test", body)
                        .mustBe(400)
                        .json()
                        .text("detail"))
                .isEqualTo(detail);
        assertThat(server.delivered).isEmpty();
    }
}
