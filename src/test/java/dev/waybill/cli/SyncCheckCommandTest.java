package dev.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.deliver.FakeDestination;
import dev.waybill.deliver.FakeDestination.Reply;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.sandbox.AllowedOrigins;
import dev.waybill.sandbox.Sandbox;
import dev.waybill.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SyncCheckCommandTest {
    private static final String WWW = "https://www.example.com";
    private static final String PUID = "{\"puid\":\"3e0b1c2d-4f5a-2b6c-d7e8-9f0a1b2c3d4e\"}";
    private static final String ACAO = "Access-Control-Allow-Origin: ";
    private static final String ACAC = "Access-Control-Allow-Credentials: true";
    private static final String VARY = "Vary: Origin";
    private static final String COOKIE = "Set-Cookie: id=1; Secure; HttpOnly; SameSite=None";

    @TempDir
    Path dir;

    private final FakeDestination endpoint = FakeDestination.start();
    private final CommandRun ran = new CommandRun();
    private final StringWriter out = ran.out;
    private final StringWriter err = ran.err;

    @AfterEach
    void stop() throws IOException {
        endpoint.close();
    }

    private void workspace(String url, String origins) throws IOException {
        write("waybill.yaml", "allowPrivateEndpoints: true\n");
        write(
                "pipelines/web.yaml",
                "writeKey: wk\norigins: " + origins + "\nintegrations: [{integration: kargo-main, revision: 1}]\n");
        write(
                "integrations/kargo-main/1.yaml",
                "kit: kargo\nparameters: {PARTNER_ID: p-7, ENDPOINT: https://kargo.example/events" + url + "}\n");
    }

    private void write(String path, String text) throws IOException {
        Files.createDirectories(dir.resolve(path).getParent());
        Files.writeString(dir.resolve(path), text);
    }

    private int run(String... options) {
        return ran.of(new SyncCheckCommand(), Stream.of("--workspace", dir.toString()), options);
    }

    /// What it says of one origin whose request is answered so.
    private String said(Reply reply) throws IOException {
        workspace(", SYNC_URL: '" + endpoint.url("/id") + "'", "[" + WWW + "]");
        endpoint.next(reply);
        assertThat(run("--pipeline", "web")).as(out.toString() + err).isEqualTo(1);
        return out.toString();
    }

    @Test
    void the_real_sandbox_lists_one_origin_and_not_the_other() throws IOException {
        SandboxOptions options = SandboxOptions.of(AllowedOrigins.of(List.of(WWW)), 10);
        try (Sandbox sandbox = Sandbox.start("127.0.0.1", 0, options)) {
            workspace(", SYNC_URL: " + sandbox.url() + "/id", "[" + WWW + ", https://staging.example.com]");

            assertThat(run("--pipeline", "web")).isEqualTo(1);
            assertThat(out.toString())
                    .containsPattern("kargo-main +https://www.example.com +200 +\\d+ +exact +true +shaped +set\n")
                    .containsPattern(
                            "kargo-main +https://staging.example.com +200 +\\d+ +missing +missing +shaped +set\n")
                    .contains("https://www.example.com: fine, its pages get an identifier.")
                    .contains("  https://staging.example.com is not allow-listed: ask your Kargo representative to add"
                            + " it; see docs/kargo-id-sync.md.")
                    .doesNotContain("Note:");

            assertThat(run("--origin", WWW)).isZero();
            assertThat(out.toString()).doesNotContain("staging");

            assertThat(run("--json")).isEqualTo(1);
            JsonObject json = (JsonObject) JsonText.read(out.toString());
            assertThat(json.get("ok")).isEqualTo(Json.Bool.FALSE);
            JsonObject first = (JsonObject) Objects.requireNonNull((Json.Arr) json.get("origins"))
                    .items()
                    .getFirst();
            assertThat(first.text("origin")).isEqualTo(WWW);
            assertThat(first.text("identifier")).isEqualTo("shaped");
            assertThat(first.get("ok")).isEqualTo(Json.Bool.TRUE);
            assertThat(err.toString()).isEmpty();
        }
    }

    @Test
    void it_asks_as_a_page_does_and_shows_no_identifier() throws IOException {
        workspace(", SYNC_URL: '" + endpoint.url("/id?a=b") + "'", "[" + WWW + "]");
        endpoint.next(Reply.answer(200, PUID, ACAO + WWW, ACAC, VARY, COOKIE));
        assertThat(run("--pipeline", "web")).isZero();
        assertThat(endpoint.received()).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("GET");
            assertThat(request.target()).isEqualTo("/id?a=b");
            assertThat(request.headers()).containsEntry("origin", WWW).doesNotContainKey("cookie");
        });
        assertThat(out.toString()).doesNotContain("3e0b1c2d");
    }

    @Test
    void each_cors_fault_is_told_with_what_to_do() throws IOException {
        assertThat(said(Reply.answer(200, PUID, COOKIE)))
                .contains("https://www.example.com is not allow-listed: ask your Kargo representative to add it");
        assertThat(said(Reply.answer(200, PUID, ACAO + "*", ACAC, COOKIE)))
                .contains(
                        "allows any origin (Access-Control-Allow-Origin: *), which browsers refuse for a request with"
                                + " cookies: ask your Kargo representative to have it answer with https://www.example.com itself.");
        assertThat(said(Reply.answer(200, PUID, ACAO + "https://example.com", ACAC, COOKIE)))
                .contains("The answer allows 'https://example.com' and not https://www.example.com");
        assertThat(said(Reply.answer(200, PUID, ACAO + WWW + "/", ACAC, COOKIE)))
                .contains("The answer allows 'https://www.example.com/' and not");
        assertThat(said(Reply.answer(200, PUID, ACAO + WWW, ACAO + WWW, ACAC, COOKIE)))
                .contains("has 2 Access-Control-Allow-Origin headers");
        assertThat(said(Reply.answer(200, PUID, ACAO + WWW, VARY, COOKIE)))
                .contains("Access-Control-Allow-Credentials is missing and must be 'true'");
        assertThat(said(Reply.answer(200, PUID, ACAO + WWW, "Access-Control-Allow-Credentials: True", VARY, COOKIE)))
                .contains("Access-Control-Allow-Credentials is 'True' and must be 'true'");
        assertThat(said(Reply.answer(200, PUID, ACAO + "*", COOKIE)))
                .contains("allows any origin", "Access-Control-Allow-Credentials is missing");
    }

    @Test
    void each_fault_of_the_body_is_told() throws IOException {
        assertThat(said(Reply.answer(200, "<html>", ACAO + WWW, ACAC))).contains("The body is no JSON object");
        assertThat(said(Reply.answer(200, "[" + "1".repeat(9000), ACAO + WWW, ACAC)))
                .contains("The body is no JSON object");
        assertThat(said(Reply.answer(200, "", ACAO + WWW, ACAC))).contains("The body is empty; expected is {\"puid\"");
        assertThat(said(Reply.answer(200, "{\"id\":1}", ACAO + WWW, ACAC))).contains("'puid' is absent");
        assertThat(said(Reply.answer(200, "{\"puid\":7}", ACAO + WWW, ACAC))).contains("'puid' is no text (number)");
        assertThat(said(Reply.answer(200, "{\"puid\":\" \"}", ACAO + WWW, ACAC)))
                .contains("'puid' is blank");
        assertThat(said(Reply.answer(200, "{\"puid\":\"1234\"}", ACAO + WWW, ACAC)))
                .contains("'puid' is not shaped 8-4-4-4-12 hex", "odd");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | It answered 400: it refuses a request without consent parameters",
                "403 | It answered 403: it refuses the request; ask your Kargo representative why.",
                "404 | It answered 404: there is no ID endpoint at this path",
                "429 | It answered 429: too many requests",
                "500 | It answered 500: it fails; try again later.",
                "503 | It answered 503: it fails; try again later.",
            })
    void an_error_status_is_told(int status, String sentence) throws IOException {
        assertThat(said(Reply.answer(status, PUID, ACAO + WWW, ACAC))).contains(sentence);
    }

    @Test
    void a_redirect_is_shown_and_not_followed() throws IOException {
        String elsewhere = endpoint.url("/elsewhere");
        assertThat(said(Reply.answer(302, "", "Location: " + elsewhere, ACAO + WWW, ACAC)))
                .contains("It answered 302 and points to '" + elsewhere + "', which was not followed");
        assertThat(endpoint.received()).hasSize(1);
    }

    @Test
    void what_a_stranger_answers_can_not_steer_the_terminal_nor_flood_it() throws IOException {
        String told = said(Reply.answer(
                302, "x".repeat(2_000_000), "Location: \u001b[2J" + "y".repeat(3000), ACAO + "\u001b[31mx"));
        assertThat(told).doesNotContain("\u001b").hasSizeLessThan(2000);
    }

    @Test
    void what_works_and_deserves_a_look_is_a_note() throws IOException {
        workspace(", SYNC_URL: '" + endpoint.url("/id") + "'", "[" + WWW + "]");
        endpoint.next(Reply.answer(200, PUID, ACAO + WWW, ACAC, "Set-Cookie: id=1"));
        assertThat(run()).isZero();
        assertThat(out.toString())
                .contains("Note: The answer lacks Vary: Origin")
                .contains("Note: Its cookie is not SameSite=None; Secure");
        endpoint.next(Reply.answer(200, PUID, ACAO + WWW, ACAC, VARY));
        assertThat(run()).isZero();
        assertThat(out.toString()).contains("Note: It sets no cookie");
    }

    @Test
    void nobody_there_is_3_with_the_why() throws IOException {
        int port = endpoint.port();
        endpoint.close();
        workspace(", SYNC_URL: 'http://127.0.0.1:" + port + "/id'", "[" + WWW + "]");
        assertThat(run()).isEqualTo(3);
        assertThat(out.toString()).contains("There is no answer:", "Check host and port in SYNC_URL");
        assertThat(err.toString()).contains("No answer came from SYNC_URL");
    }

    @Test
    void a_private_address_is_asked_only_when_it_is_allowed() throws IOException {
        workspace(", SYNC_URL: '" + endpoint.url("/id") + "'", "[" + WWW + "]");
        write("waybill.yaml", "allowPrivateEndpoints: false\n");
        assertThat(run()).isEqualTo(1);
        assertThat(err.toString()).contains("'127.0.0.1' is a loopback, private or link-local address");
        // Its text doesn't show where it leads.
        workspace(", SYNC_URL: 'http://0x7f000001:" + endpoint.port() + "/id'", "[" + WWW + "]");
        write("waybill.yaml", "allowPrivateEndpoints: false\n");
        assertThat(run()).isEqualTo(3);
        assertThat(endpoint.received()).isEmpty();
    }

    @Test
    void without_a_url_it_can_not_run_and_a_letter_helps() throws IOException {
        workspace("", "[" + WWW + "]");
        assertThat(run()).isEqualTo(3);
        assertThat(err.toString())
                .contains("kargo-main, revision 1, has no SYNC_URL: ask your Kargo representative for it");
        assertThat(run("--letter")).isZero();
        assertThat(out.toString())
                .contains("for partner p-7\n", "\n  https://www.example.com\n")
                .doesNotContain("(ORIGINS)", "(PARTNER_ID)");
    }

    /// Beside `kargo-main`, which has an address, pins `kargo-new`, which has none.
    ///
    /// @param mainPin further keys of the pin of `kargo-main`: YAML, with a comma in front
    private void withOneThatIsNotReady(String mainPin, String newPin) throws IOException {
        workspace(", SYNC_URL: '" + endpoint.url("/id") + "'", "[" + WWW + "]");
        write("integrations/kargo-new/1.yaml", """
                kit: kargo
                parameters: {PARTNER_ID: p-8, ENDPOINT: https://kargo.example/events}
                """);
        write("pipelines/web.yaml", """
                writeKey: wk
                origins: [%s]
                integrations:
                  - {integration: kargo-new, revision: 1%s}
                  - {integration: kargo-main, revision: 1%s}
                """.formatted(WWW, newPin, mainPin));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''               | kargo-new, revision 1, has no SYNC_URL: ask your Kargo representative for it (the letter
            , enabled: false | kargo-new, which pipelines/web.yaml doesn't enable: --integration kargo-new asks for it
            """)
    void an_integration_that_is_not_ready_keeps_no_other_from_being_asked(String newPin, String line)
            throws IOException {
        withOneThatIsNotReady("", newPin);
        endpoint.next(Reply.answer(200, PUID, ACAO + WWW, ACAC, VARY, COOKIE));

        assertThat(run("--json")).as(out.toString() + err).isZero();
        assertThat(err.toString().lines()).singleElement().asString().startsWith("Left out: " + line);
        assertThat(out.toString()).contains("\"integration\":\"kargo-main\"").doesNotContain("kargo-new");
        assertThat(endpoint.received()).hasSize(1);
    }

    @Test
    void an_integration_that_is_named_is_asked_also_when_it_is_disabled_and_told_what_it_lacks() throws IOException {
        withOneThatIsNotReady(", enabled: false", "");
        endpoint.next(Reply.answer(200, PUID, ACAO + WWW, ACAC, VARY, COOKIE));

        assertThat(run("--integration", "kargo-main")).as(out.toString() + err).isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(run("--integration", "kargo-new")).isEqualTo(3);
        assertThat(err.toString()).startsWith("kargo-new, revision 1, has no SYNC_URL");
    }

    @Test
    void with_no_integration_left_to_ask_it_can_not_run_and_says_why_of_each() throws IOException {
        withOneThatIsNotReady(", enabled: false", "");

        assertThat(run()).isEqualTo(3);
        assertThat(err.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("Left out: kargo-new, revision 1, has no SYNC_URL"),
                        line -> assertThat(line).startsWith("Left out: kargo-main, which pipelines/web.yaml doesn't"),
                        line -> assertThat(line)
                                .isEqualTo("pipelines/web.yaml pins no integration that is enabled and has an address"
                                        + " to ask, so nobody was asked: do what the lines above say, or name one with"
                                        + " --integration"));
        assertThat(endpoint.received()).isEmpty();
    }

    @Test
    void the_letter_lists_the_origins_that_are_named() throws IOException {
        workspace("", "['https://*.example.com']");
        assertThat(run("--letter", "--origin", WWW, "--origin", "https://shop.example.com"))
                .isZero();
        assertThat(out.toString()).contains("\n\n  https://www.example.com\n  https://shop.example.com\n\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://www.example.com/", "www.example.com", "https://*.example.com", "HTTPS://a.example"})
    void an_odd_origin_is_wrong_use(String origin) throws IOException {
        workspace("", "[" + WWW + "]");
        assertThat(run("--origin", origin)).isEqualTo(2);
        assertThat(err.toString()).contains("'" + origin + "' is no origin");
    }

    @Test
    void wrong_use_is_told() throws IOException {
        workspace("", "['https://*.example.com']");
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString())
                .contains("lists https://*.example.com, and a destination allow-lists each origin by itself: name those"
                        + " that your pages have with --origin");
        workspace("", "[]");
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("pipeline web lists no origins: add them to pipelines/web.yaml");
        assertThat(run("--pipeline", "weeb")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no pipeline 'weeb'", "Did you mean 'web'?");
        assertThat(run("--integration", "x")).isEqualTo(2);
        assertThat(run("--letter", "--json")).isEqualTo(2);
        write("integrations/kargo-main/1.yaml", "kit: webhook\nparameters: {ENDPOINT: https://hooks.example/}\n");
        assertThat(run("--origin", WWW)).as(out.toString() + err).isEqualTo(2);
        assertThat(err.toString()).contains("no kit of pipeline web has an ID sync: there is nothing to check");
    }
}
