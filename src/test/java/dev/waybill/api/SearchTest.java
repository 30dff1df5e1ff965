package dev.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Searching a log that is longer than what is read at once: every hundredth of 2,000 events is a rare one.
class SearchTest {
    private static final int EVENTS = 2_000;
    private static TestServer server;

    @BeforeAll
    static void many_events(@TempDir Path directory) throws Exception {
        server = new TestServer(directory);
        for (int first = 0; first < EVENTS; first += 500) {
            String batch = IntStream.range(first, first + 500)
                    .mapToObj(n -> "{\"type\":\"track\",\"userId\":\"u\",\"messageId\":\"m-%d\",\"event\":\"%s\"}"
                            .formatted(n, n % 100 == 0 ? "Rare One" : "common"))
                    .collect(Collectors.joining(
                            ",", "{\"writeKey\":\"wk_web\",\"context\":{\"app\":\"batch\"},\"batch\":[", "]}"));
            server.batch(batch);
        }
        server.awaitDrained(EVENTS);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static List<String> pages(String query) throws Exception {
        List<String> found = new ArrayList<>();
        @Nullable String next = "";
        while (next != null) {
            TestServer.Answer page =
                    server.get("/api/events?" + query + "&before=" + next).mustBe(200);
            page.list("events").forEach(event -> found.add(String.valueOf(event.text("messageId"))));
            next = page.json().text("next");
        }
        return found;
    }

    private static List<String> newestFirst(int step) {
        return IntStream.iterate(EVENTS - step, n -> n >= 0, n -> n - step)
                .mapToObj(n -> "m-" + n)
                .toList();
    }

    @Test
    void rare_events_are_all_found_in_order_whatever_the_page() throws Exception {
        for (int limit : List.of(1, 3, 50)) {
            assertThat(pages("event=rare-one&limit=" + limit))
                    .as("limit %d", limit)
                    .isEqualTo(newestFirst(100));
        }
    }

    @Test
    void every_event_is_on_exactly_one_page() throws Exception {
        assertThat(pages("limit=333")).isEqualTo(newestFirst(1));
        assertThat(pages("outcome=filtered&reason=unmapped_event&limit=1000")).isEqualTo(newestFirst(1));
    }

    @Test
    void a_page_that_may_take_a_moment_only_says_how_much_there_is_and_goes_on() throws Exception {
        TestServer.Answer page = server.get("/api/events?event=nobody&within=1").mustBe(200);
        assertThat(page.number("of")).isEqualTo(EVENTS);
        assertThat(page.number("scanned")).isPositive();
        assertThat(pages("event=rare-one&limit=3&within=1")).isEqualTo(newestFirst(100));
    }

    @Test
    void what_the_batch_says_for_all_its_events_is_found_too() throws Exception {
        assertThat(server.get("/api/events?q=context.app:batch&limit=2")
                        .mustBe(200)
                        .list("events"))
                .hasSize(2);
        JsonObject whole = server.get("/api/events/m-1234").mustBe(200).json();
        assertThat(TestServer.in(whole, "header.batchContext.app")).isEqualTo(Json.of("batch"));
        assertThat(TestServer.in(whole, "received.context")).isNull();
    }
}
