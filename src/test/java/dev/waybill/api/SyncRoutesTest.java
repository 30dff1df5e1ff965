package dev.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.deliver.FakeDestination;
import dev.waybill.deliver.FakeDestination.Received;
import dev.waybill.deliver.FakeDestination.Reply;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The sync check and the letter, on a whole server, with ID endpoints good and bad.
@Timeout(60)
class SyncRoutesTest {
    private static final String WWW = "https://www.example.com";
    private static final String CHECK = "/api/pipelines/web/sync-check";
    private static final String LETTER = "/api/pipelines/web/letter";
    private static final String PUID = "{\"puid\":\"3e0b1c2d-4f5a-2b6c-d7e8-9f0a1b2c3d4e\"}";
    private static final String[] GOOD = {
        "Access-Control-Allow-Origin: " + WWW,
        "Access-Control-Allow-Credentials: true",
        "Vary: Origin",
        "Set-Cookie: id=1; Secure; HttpOnly; SameSite=None"
    };

    @TempDir
    private Path directory;

    private final FakeDestination endpoint = FakeDestination.start();
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(directory);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        endpoint.close();
    }

    /// Lets the pipeline pin one integration more, `shop`.
    ///
    /// @param parameters further ones of it: JSON, with a comma in front
    private void web(List<String> origins, String parameters) throws Exception {
        server.post("/api/integrations", """
                        {"name":"shop","kit":"kargo",
                         "parameters":{"PARTNER_ID":"p-7","ENDPOINT":"http://127.0.0.1:9/"%s}}""".formatted(parameters)).mustBe(201);
        pin("shop", origins);
    }

    private void withEndpoint(String... origins) throws Exception {
        web(List.of(origins), ",\"SYNC_URL\":\"" + endpoint.url("/id") + "\"");
    }

    private void pin(String integration, List<String> origins) throws Exception {
        String list = String.join(
                ",", origins.stream().map(origin -> '"' + origin + '"').toList());
        server.call(
                        "PUT",
                        "/api/pipelines/web?confirm=true",
                        """
                        {"writeKey":"wk_web","origins":[%s],"integrations":[{"integration":"%s","revision":1}]}""".formatted(list, integration),
                        server.token(),
                        "application/json")
                .mustBe(200);
    }

    private JsonObject only() throws Exception {
        List<JsonObject> rows = server.get(CHECK).mustBe(200).list("origins");
        assertThat(rows).hasSize(1);
        return rows.getFirst();
    }

    private static List<String> texts(JsonObject json, String key) {
        return json.get(key) instanceof Json.Arr(List<Json> items)
                ? items.stream().map(item -> String.valueOf(item.asText())).toList()
                : List.of("(none)");
    }

    @Test
    void an_origin_that_is_served_is_fine() throws Exception {
        withEndpoint(WWW);
        endpoint.next(Reply.answer(200, PUID, GOOD));
        JsonObject row = only();
        assertThat(row.get("ok")).isEqualTo(Json.Bool.TRUE);
        assertThat(row.text("integration")).isEqualTo("shop");
        assertThat(row.text("origin")).isEqualTo(WWW);
        assertThat(row.text("allowOrigin")).isEqualTo("exact");
        assertThat(row.text("allowCredentials")).isEqualTo("true");
        assertThat(row.text("identifier")).isEqualTo("shaped");
        assertThat(row.text("cookie")).isEqualTo("set");
        assertThat(row.text("sentence")).isEmpty();
        assertThat(endpoint.received()).singleElement().satisfies(asked -> {
            assertThat(asked.method()).isEqualTo("GET");
            assertThat(asked.headers()).containsEntry("origin", WWW);
        });
    }

    @Test
    void an_origin_that_is_not_listed_is_told_with_what_to_do() throws Exception {
        withEndpoint(WWW);
        endpoint.next(Reply.answer(200, PUID));
        JsonObject row = only();
        assertThat(row.get("ok")).isEqualTo(Json.Bool.FALSE);
        assertThat(row.text("allowOrigin")).isEqualTo("missing");
        String sentence = "https://www.example.com is not allow-listed: ask your Kargo representative to add it; see"
                + " docs/kargo-id-sync.md.";
        assertThat(texts(row, "faults")).containsExactly(sentence);
        assertThat(row.text("sentence")).isEqualTo(sentence);
    }

    @Test
    void an_endpoint_that_does_not_answer_is_told() throws Exception {
        withEndpoint(WWW);
        endpoint.next(Reply.closeWithoutAnswer());
        JsonObject row = only();
        assertThat(TestServer.number(row, "status")).isZero();
        assertThat(row.text("allowOrigin")).isEqualTo("-");
        assertThat(row.text("sentence")).startsWith("There is no answer: ");
    }

    @Test
    void a_hostile_answer_gives_bounded_plain_sentences() throws Exception {
        withEndpoint(WWW);
        endpoint.next(
                Reply.answer(
                        200,
                        "{\"puid\":\"\u001b[2J<script>" + "x".repeat(5000) + "\"}",
                        "Access-Control-Allow-Origin: https://evil.example/\u0007<script>" + "y".repeat(3000)),
                Reply.hugeBody(5_000_000));
        for (int i = 0; i < 2; i++) {
            TestServer.Answer answer = server.get(CHECK).mustBe(200);
            assertThat(answer.body().length()).isLessThan(4000);
            JsonObject row = answer.list("origins").getFirst();
            assertThat(row.get("ok")).isEqualTo(Json.Bool.FALSE);
            assertThat(row.text("sentence")).doesNotMatch("(?s).*\\p{Cntrl}.*");
        }
    }

    @Test
    void at_most_twenty_origins_are_asked_for_and_those_with_a_star_are_named() throws Exception {
        List<String> origins = new ArrayList<>(List.of("https://*.example.com"));
        IntStream.range(0, 25).forEach(i -> origins.add("https://s%d.example.com".formatted(i)));
        web(origins, ",\"SYNC_URL\":\"" + endpoint.url("/id") + "\"");
        TestServer.Answer answer = server.get(CHECK).mustBe(200);
        assertThat(answer.list("origins")).hasSize(20);
        assertThat(endpoint.received().stream().map(Received::headers).map(all -> all.get("origin")))
                .containsExactlyElementsOf(origins.subList(1, 21));
        assertThat(texts(answer.json(), "missing"))
                .containsExactly("The pipeline lists origins with a *; a destination allow-lists each origin by itself:"
                        + " ask with ./waybill sync-check --origin for those that your pages have.");
    }

    @Test
    void an_integration_without_an_address_is_named_and_asked_for_nothing() throws Exception {
        web(List.of(WWW), "");
        TestServer.Answer answer = server.get(CHECK).mustBe(200);
        assertThat(answer.list("origins")).isEmpty();
        assertThat(texts(answer.json(), "missing"))
                .containsExactly("shop, revision 1, has no SYNC_URL: ask your Kargo representative for it (the letter"
                        + " asks for it), then save a revision with it.");
    }

    @Test
    void a_third_check_at_once_is_told_to_come_again() throws Exception {
        withEndpoint(WWW);
        CountDownLatch asked = new CountDownLatch(2);
        CountDownLatch enough = new CountDownLatch(1);
        endpoint.usually(_ -> {
            asked.countDown();
            try {
                enough.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Reply.answer(200, PUID, GOOD);
        });
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            List<Future<TestServer.Answer>> first = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                first.add(two.submit(() -> server.get(CHECK).mustBe(200)));
            }
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            TestServer.Answer third = server.get(CHECK).mustBe(429);
            enough.countDown();
            assertThat(third.json().text("reason")).isEqualTo("busy");
            assertThat(third.json().text("detail")).isEqualTo("other checks are under way; try again in some seconds");
            for (Future<TestServer.Answer> one : first) {
                assertThat(one.get().list("origins").getFirst().get("ok")).isEqualTo(Json.Bool.TRUE);
            }
        } finally {
            enough.countDown();
        }
        server.get(CHECK).mustBe(200);
    }

    @Test
    void the_letter_names_origins_and_partner() throws Exception {
        withEndpoint(WWW, "https://shop.example.com");
        String letter = String.valueOf(server.get(LETTER).mustBe(200).json().text("text"));
        assertThat(letter)
                .startsWith("Subject: Server-to-server events and ID sync for partner p-7\n")
                .contains("\n  https://www.example.com\n  https://shop.example.com\n")
                .doesNotContain("(ORIGINS)", "(PARTNER_ID)");
        assertThat(endpoint.received()).isEmpty();
    }

    @Test
    void without_origins_the_letter_keeps_their_place() throws Exception {
        assertThat(server.get(LETTER).mustBe(200).json().text("text")).contains("\n  (your site's origins)\n");
    }

    @Test
    void without_an_id_sync_there_is_nothing_to_ask_for() throws Exception {
        server.post(
                        "/api/integrations",
                        "{\"name\":\"hook\",\"kit\":\"webhook\",\"parameters\":{\"ENDPOINT\":\"http://127.0.0.1:9/\"}}")
                .mustBe(201);
        pin("hook", List.of(WWW));
        TestServer.Answer letter = server.get(LETTER).mustBe(404);
        assertThat(letter.json().text("reason")).isEqualTo("no_letter");
        assertThat(letter.json().text("detail"))
                .isEqualTo("no integration of pipeline web has a kit with an ID sync, so there is nothing to ask for");
        assertThat(server.get(CHECK).mustBe(200).body())
                .isEqualTo("{\"pipeline\":\"web\",\"origins\":[],\"missing\":[]}");
    }

    @Test
    void unknown_pipelines_and_parameters_are_told() throws Exception {
        for (String route : List.of("sync-check", "letter")) {
            TestServer.Answer answer = server.get("/api/pipelines/wbe/" + route).mustBe(404);
            assertThat(answer.json().text("reason")).isEqualTo("unknown_pipeline");
            assertThat(answer.json().text("detail"))
                    .startsWith("the workspace that runs has no pipeline wbe.")
                    .contains("web");
            assertThat(server.get("/api/pipelines/%E2%80%AE%0A/" + route)
                            .mustBe(404)
                            .json()
                            .text("detail"))
                    .startsWith("the workspace that runs has no pipeline ??.");
            assertThat(server.get("/api/pipelines/web/" + route + "?origin=x")
                            .mustBe(400)
                            .json()
                            .text("detail"))
                    .startsWith("origin is not known here; known: .");
        }
    }

    @Test
    void a_viewer_reads_the_letter_and_asks_nobody() throws Exception {
        SignedIn.writeUsers(server.data);
        SignedIn viewer = SignedIn.as(server, "viewer");
        viewer.get(LETTER);
        viewer.call("GET", CHECK, "").mustBe(403);
        SignedIn.as(server, "editor").get(CHECK);
    }
}
