package dev.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Searching two pipelines at once: `app` has many events, `web` a few.
class SearchOverPipelinesTest {
    private static final int MANY = 6_000;
    private static TestServer server;

    @BeforeAll
    static void two_pipelines(@TempDir Path directory) throws Exception {
        server = new TestServer(
                directory,
                Map.of(
                        "pipelines/app.yaml",
                        "writeKey: wk_app\nintegrations: [{integration: kargo-main, revision: 1}]\n"));
        send("wk_web", "w", 0, 3);
        for (int first = 0; first < MANY; first += 500) {
            send("wk_app", "a", first, first + 500);
        }
        send("wk_web", "late", 0, 1);
        server.awaitDrained(MANY);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static void send(String writeKey, String prefix, int from, int to) throws Exception {
        server.batch(IntStream.range(from, to)
                .mapToObj(n -> "{\"type\":\"track\",\"userId\":\"u\",\"messageId\":\"%s-%d\",\"event\":\"common\"}"
                        .formatted(prefix, n))
                .collect(Collectors.joining(",", "{\"writeKey\":\"%s\",\"batch\":[".formatted(writeKey), "]}")));
    }

    @Test
    void an_event_is_found_at_once_beside_a_pipeline_with_many_and_however_little_time_there_is() throws Exception {
        TestServer.Answer found = server.get("/api/events/late-0?within=1").mustBe(200);
        assertThat(found.json().text("pipeline")).isEqualTo("web");
        assertThat(found.list("repeats")).isEmpty();
        assertThat(server.get("/api/events/a-0?within=1").mustBe(200).json().text("pipeline"))
                .isEqualTo("app");
    }

    @Test
    void repeats_are_found_behind_the_first() throws Exception {
        send("wk_app", "a", 1, 2);
        TestServer.Answer found = server.get("/api/events/a-1").mustBe(200);
        assertThat(found.json().text("pipeline")).isEqualTo("app");
        assertThat(found.list("repeats")).hasSize(1);
        assertThat(found.body()).contains("\"complete\":true");
    }

    @Test
    void pages_with_next_to_no_time_come_to_the_end_all_the_same() throws Exception {
        List<String> found = new ArrayList<>();
        @Nullable String next = "";
        for (int page = 0; next != null; page++) {
            assertThat(page).as("pages so far").isLessThan(MANY);
            TestServer.Answer answer = server.get(
                            "/api/events?event=common&q=messageId:w-0&within=1&limit=1&before=" + next)
                    .mustBe(200);
            answer.list("events").forEach(event -> found.add(String.valueOf(event.text("messageId"))));
            next = answer.json().text("next");
        }
        assertThat(found).containsExactly("w-0");
    }
}
