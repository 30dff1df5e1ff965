package dev.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.waybill.access.Role;
import dev.waybill.access.User;
import dev.waybill.access.UsersFile;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class SessionTest {
    private static final String PUID = "11111111-2222-3333-4444-555555555555";
    private static final ListAppender<ILoggingEvent> LOGGED = new ListAppender<>();
    private static TestServer server;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        LOGGED.start();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(LOGGED);
        server = new TestServer(directory);
        SignedIn.writeUsers(server.data);
        server.track("m-1", "Order Completed", "u-4711-long", "{\"email\":\"ann@private.org\",\"total\":30}");
        server.track(
                "m-2", "Product Viewed", "u-4712-long", "{\"note\":\"refuse this\",\"phone\":\"+49 170 1234567\"}");
        server.awaitDrained(2);
    }

    @AfterAll
    static void stop() throws Exception {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(LOGGED);
        server.close();
    }

    private static JsonObject newest() throws Exception {
        return server.get("/api/audit?limit=1").mustBe(200).list("entries").getFirst();
    }

    @Test
    void a_person_signs_in_sees_who_they_are_and_signs_out() throws Exception {
        TestServer.Answer answer = server.call(
                        "POST", "/api/session", SignedIn.credentials("  ANN ", SignedIn.PASSWORD), Map.of())
                .mustBe(200);
        String cookie = answer.headers().firstValue("set-cookie").orElseThrow();
        assertThat(cookie).matches("wb_session=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict");
        assertThat(answer.json().text("name")).isEqualTo("ann");
        assertThat(answer.body())
                .contains("\"permissions\":[\"view\",\"reveal\",\"edit\",\"try\",\"suppress\",\"audit\"]");
        SignedIn ann = new SignedIn(
                server,
                cookie.substring(0, cookie.indexOf(';')),
                String.valueOf(answer.json().text("csrf")));
        assertThat(ann.get("/api/session").json()).isEqualTo(answer.json());
        assertThat(newest().text("who")).isEqualTo("ann");
        assertThat(newest().text("what")).isEqualTo("signed in");
        assertThat(newest().text("subject")).isEqualTo("from 127.0.0.1");

        TestServer.Answer out = ann.call("DELETE", "/api/session", "").mustBe(200);
        assertThat(out.headers().firstValue("set-cookie").orElse(""))
                .isEqualTo("wb_session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
        assertThat(newest().text("what")).isEqualTo("signed out");
        ann.call("GET", "/api/session", "").mustBe(401);
        ann.call("GET", "/api/ledger", "").mustBe(401);
    }

    @Test
    void a_stream_ends_with_its_session_and_others_go_on() throws Exception {
        SignedIn ann = SignedIn.as(server, "ann");
        SignedIn other = SignedIn.as(server, "ann");
        try (TestStream hers = server.stream("/api/events/stream", "Cookie", ann.cookie());
                TestStream theirs = server.stream("/api/events/stream", "Cookie", other.cookie())) {
            assertThat(List.of(hers.status, theirs.status)).containsOnly(200);
            ann.call("DELETE", "/api/session", "").mustBe(200);
            TestServer.await(hers::ended);
            assertThat(theirs.ended()).isFalse();
        }
    }

    @Test
    void the_admin_token_opens_a_session_too() throws Exception {
        SignedIn admin = SignedIn.of(server, "{\"token\":\"" + server.token() + "\"}");
        assertThat(admin.get("/api/session").json().text("role")).isEqualTo("admin");
        assertThat(admin.get("/api/users").body())
                .isEqualTo("{\"users\":[{\"name\":\"admin\",\"role\":\"admin\"},{\"name\":\"ann\",\"role\":\"editor\"},"
                        + "{\"name\":\"deployer\",\"role\":\"deployer\"},{\"name\":\"editor\",\"role\":\"editor\"},"
                        + "{\"name\":\"viewer\",\"role\":\"viewer\"}],\"problems\":[]}");
        assertThat(server.get("/api/session").mustBe(200).body())
                .startsWith("{\"name\":\"admin token\",\"role\":\"admin\"")
                .endsWith("\"csrf\":null}");
    }

    @ParameterizedTest
    @CsvSource({
        "www.example.com, true",
        "www.example.com:8080, true",
        "10.0.0.5:8080, true",
        "localhost.example.com, true",
        "127.0.0.1.example.com, true",
        "localhost:8080, false",
        "shop.localhost, false",
        "127.0.0.1:9, false",
        "[::1]:8080, false"
    })
    void the_cookie_goes_over_tls_only_but_on_the_own_machine(String host, boolean secure) throws Exception {
        String raw = RawRequest.send(
                server.url(),
                "POST /api/session HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n",
                "{\"token\":\"" + server.token() + "\"}");
        assertThat(raw).startsWith("HTTP/1.1 200").contains("Set-Cookie: " + (secure ? "__Host-" : "") + "wb_session=");
        assertThat(raw.contains("; Secure")).isEqualTo(secure);
    }

    @Test
    void what_changes_something_needs_the_csrf_token_and_the_own_origin() throws Exception {
        SignedIn deployer = SignedIn.as(server, "deployer");
        String pause = "/api/lanes/web/kargo-main/pause";
        assertThat(deployer.call("POST", pause, "", Map.of()).mustBe(403).json().text("detail"))
                .isEqualTo("the header X-Waybill-CSRF is missing; repeat in it the csrf that GET /api/session answers");
        for (String wrong : List.of(
                "x", deployer.csrf() + "x", SignedIn.as(server, "deployer").csrf())) {
            assertThat(deployer.call("POST", pause, "", Map.of("X-Waybill-CSRF", wrong))
                            .mustBe(403)
                            .json()
                            .text("reason"))
                    .isEqualTo("csrf");
        }
        for (String site : List.of("cross-site", "same-site", "odd")) {
            Map<String, String> headers = Map.of("X-Waybill-CSRF", deployer.csrf(), "Sec-Fetch-Site", site);
            assertThat(deployer.call("POST", pause, "", headers)
                            .mustBe(403)
                            .json()
                            .text("reason"))
                    .isEqualTo("csrf");
            deployer.call("GET", "/api/ledger", "", headers).mustBe(403);
            server.call(
                            "POST",
                            "/api/session",
                            SignedIn.credentials("ann", SignedIn.PASSWORD),
                            Map.of("Sec-Fetch-Site", site))
                    .mustBe(403);
        }
        Map<String, String> right = Map.of("X-Waybill-CSRF", deployer.csrf(), "Sec-Fetch-Site", "same-origin");
        deployer.call("POST", pause, "", right).mustBe(200);
        assertThat(newest().text("who")).isEqualTo("deployer");
        assertThat(newest().text("what")).isEqualTo("lane paused");
        assertThat(newest().text("subject")).isEqualTo("lanes/web/kargo-main");
        server.post("/api/lanes/web/kargo-main/resume", "").mustBe(200);
        assertThat(newest().text("who")).isEqualTo("admin token");
    }

    @Test
    void a_wrong_token_in_the_header_is_not_mended_by_a_cookie() throws Exception {
        SignedIn ann = SignedIn.as(server, "ann");
        ann.call("GET", "/api/ledger", "", Map.of("Authorization", "Bearer wrong"))
                .mustBe(401);
        ann.call("GET", "/api/ledger", "", Map.of()).mustBe(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | give either token, the admin token, or name and password",
                "{\"name\":\"ann\"} | give either token, the admin token, or name and password",
                "{\"token\":\"x\",\"name\":\"ann\",\"password\":\"y\"} | give either token",
                "{\"token\":{\"secret-word\":1}} | token is no string of 1 to 1000 characters",
                "{\"name\":\"ann\",\"password\":[\"secret-word\"]} | password is no string of 1 to 1000 characters",
            })
    void a_malformed_sign_in_is_told_without_what_it_holds(String body, String detail) throws Exception {
        assertThat(server.call("POST", "/api/session", body, Map.of())
                        .mustBe(400)
                        .body())
                .contains(detail)
                .doesNotContain("secret-word");
    }

    @Test
    void a_session_ends_when_its_person_is_removed_or_changed() throws Exception {
        UsersFile file = UsersFile.of(server.data);
        User viewer = Objects.requireNonNull(file.read().users().get("viewer"));
        file.change(users -> users.put("tom", new User("tom", Role.VIEWER, viewer.password())));
        SignedIn tom = SignedIn.as(server, "tom");
        tom.get("/api/ledger");
        file.change(users -> users.put("tom", new User("tom", Role.EDITOR, viewer.password())));
        tom.call("GET", "/api/ledger", "").mustBe(401);

        SignedIn again = SignedIn.as(server, "tom");
        Files.writeString(server.data.resolve("users.yaml"), "users: [broken\n");
        again.get("/api/ledger");
        assertThat(server.get("/api/users").mustBe(200).body()).contains("\"problems\":[\"users.yaml:");
        Files.delete(server.data.resolve("users.yaml"));
        again.call("GET", "/api/ledger", "").mustBe(401);
        SignedIn.writeUsers(server.data);
        assertThat(server.get("/api/audit").mustBe(200).list("entries"))
                .anyMatch(entry -> "role changed".equals(entry.text("what"))
                        && "users/tom".equals(entry.text("subject"))
                        && "viewer".equals(entry.text("from"))
                        && "editor".equals(entry.text("to"))
                        && "data/users.yaml".equals(entry.text("who")));
    }

    @Test
    void a_session_sees_identifiers_only_when_it_asks_and_may() throws Exception {
        SignedIn viewer = SignedIn.as(server, "viewer");
        SignedIn editor = SignedIn.as(server, "editor");
        String letter = "/api/dead-letters/web~kargo-main~1";
        for (String path : List.of("/api/events", "/api/events/m-1", "/api/events/m-2", "/api/dead-letters", letter)) {
            for (SignedIn one : List.of(viewer, editor)) {
                String body = one.get(path).body();
                assertThat(body)
                        .as(path)
                        .contains("\"masked\":true", path.contains("m-1") ? "m-1" : "m-2")
                        .doesNotContain(PUID, "u-4711-long", "u-4712-long", "private.org", "1234567");
            }
            assertThat(viewer.call("GET", path + "?reveal=true", "")
                            .mustBe(403)
                            .json()
                            .text("detail"))
                    .startsWith("viewer has the role viewer, which may not see identifiers in events; it may: see"
                            + " counts, masked events and the workspace. Roles that may: admin, editor, deployer");
            assertThat(server.get(path).mustBe(200).body()).contains("\"masked\":false");
            assertThat(editor.get(path + "?reveal=true").body()).contains("\"masked\":false");
            assertThat(newest().text("what")).isEqualTo("revealed");
            assertThat(newest().text("who")).isEqualTo("editor");
            assertThat(newest().text("subject")).isEqualTo(path.substring("/api/".length()));
        }
        assertThat(editor.get("/api/events/m-1?reveal=true").body()).contains(PUID, "u-4711-long", "ann@private.org");
        editor.get("/api/events?userId=u-4711-long&reveal=true");
        assertThat(newest().text("subject")).isEqualTo("events: userId u-471…");
    }

    @Test
    void a_masked_event_is_alike_in_what_was_received_and_what_was_made_of_it() throws Exception {
        JsonObject event = SignedIn.as(server, "viewer").get("/api/events/m-1").json();
        String received = String.valueOf(TestServer.in(event, "received.context.providers.kargo.puid"));
        String mapped = String.valueOf(
                TestServer.in(TestServer.list(event, "lanes").getFirst(), "mapped.request.body.params.lex_id"));
        assertThat(mapped).isEqualTo(received).doesNotContain(PUID);
        assertThat(String.valueOf(TestServer.in(event, "received.userId")))
                .isEqualTo(String.valueOf(event.get("userId")));
        assertThat(TestServer.in(event, "received.properties.total")).isEqualTo(new Json.Num("30"));
        assertThat(event.text("event")).isEqualTo("Order Completed");
    }

    @Test
    void what_a_batch_says_to_other_integrations_is_masked_as_an_event_is() throws Exception {
        server.post("/v1/batch", """
                        {"writeKey":"wk_web","integrations":{"Adobe Analytics":{"visitorId":"jdoe-17-visits"},
                          "Google Analytics":{"clientId":"GA1.2.5551237.99"},"Kargo":{"id":"jane@x.com","path":"jdoe-17-visits"}},
                         "batch":[{"type":"track","event":"Order Completed","messageId":"m-batch","userId":"u-4713-long"}]}""").mustBe(200);
        JsonObject header = (JsonObject) Objects.requireNonNull(
                SignedIn.as(server, "viewer").get("/api/events/m-batch").json().get("header"));
        assertThat(TestServer.in(header, "batchIntegrations.Kargo.path"))
                .isEqualTo(TestServer.in(header, "batchIntegrations.Adobe Analytics.visitorId"));
        assertThat(JsonText.write(header))
                .contains("\"batchIntegrations\":{\"Adobe Analytics\":{\"visitorId\":", "@example.com")
                .doesNotContain("jdoe", "GA1.2.5551237", "jane");
    }

    @Test
    void a_suppressed_person_is_in_the_journal_in_short() throws Exception {
        server.post("/api/suppress", "{\"userId\":\"someone@example.com\"}").mustBe(200);
        assertThat(newest().text("subject")).isEqualTo("user_id someon…");
        assertThat(server.get("/api/audit").mustBe(200).body()).doesNotContain("someone@example");
    }

    @Test
    void the_journal_is_paged() throws Exception {
        server.post("/api/suppress", "{\"userId\":\"first-of-all\"}").mustBe(200);
        server.post("/api/suppress", "{\"userId\":\"second-of-all\"}").mustBe(200);
        TestServer.Answer page = server.get("/api/audit?limit=1").mustBe(200);
        assertThat(page.list("entries").getFirst().text("subject")).contains("second");
        TestServer.Answer next =
                server.get("/api/audit?limit=1&before=" + page.number("next")).mustBe(200);
        assertThat(next.list("entries").getFirst().text("subject")).contains("first-");
        assertThat(server.get("/api/audit?before=x").mustBe(400).json().text("detail"))
                .contains("before is no cursor");
    }

    @Test
    void every_answer_has_the_headers_that_keep_it_from_foreign_pages() throws Exception {
        for (String path : List.of("/api/ledger", "/api/none", "/api/session", "/metrics")) {
            for (Map<String, String> headers : List.of(Map.<String, String>of(), Map.of("Authorization", "Bearer x"))) {
                var answer = server.call("GET", path, "", headers).answer().headers();
                assertThat(answer.firstValue("content-security-policy"))
                        .contains("default-src 'none'; frame-ancestors 'none'");
                assertThat(answer.firstValue("cache-control")).contains("no-store");
                assertThat(answer.firstValue("x-content-type-options")).contains("nosniff");
                assertThat(answer.firstValue("referrer-policy")).contains("no-referrer");
                assertThat(answer.firstValue("x-frame-options")).contains("DENY");
                assertThat(answer.firstValue("cross-origin-resource-policy")).contains("same-origin");
            }
        }
    }

    @Test
    void no_secret_is_in_a_log_a_url_the_journal_or_a_file() throws Exception {
        SignedIn ann = SignedIn.as(server, "ann");
        String typedAsName = "mistyped-pass-word";
        server.call("POST", "/api/session", SignedIn.credentials(typedAsName, "wrong-pass-word"), Map.of())
                .mustBe(401);
        server.call("POST", "/api/session?password=in-the-url-pass-word", "{}", Map.of())
                .mustBe(400);
        ann.call("GET", "/api/ledger?token=in-the-url-pass-word", "").mustBe(400);
        List<String> secrets = List.of(
                server.token(),
                SignedIn.PASSWORD,
                ann.csrf(),
                ann.cookie().substring("wb_session=".length()),
                typedAsName,
                "wrong-pass-word",
                "in-the-url-pass-word");
        String journal = server.get("/api/audit?limit=1000").mustBe(200).body();
        assertThat(journal).contains("\"sign-in failed\"", "unknown name");
        for (String secret : secrets) {
            assertThat(journal).doesNotContain(secret);
            assertThat(List.copyOf(LOGGED.list))
                    .noneMatch(event -> event.getLevel().isGreaterOrEqual(Level.TRACE)
                            && event.getFormattedMessage().contains(secret));
        }
        try (Stream<Path> files = Files.walk(server.data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.getFileName().toString().equals("admin-token")) {
                    String text = new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
                    assertThat(secrets).as(file.toString()).noneMatch(text::contains);
                }
            }
        }
    }
}
