package dev.waybill.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The live tail over HTTP.
class StreamTest {
    private TestServer server;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        server = new TestServer(directory);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void an_outcome_is_sent_as_the_list_shows_it() throws Exception {
        try (TestStream stream = server.stream("/api/events/stream")) {
            assertThat(stream.status).isEqualTo(200);
            assertThat(stream.contentType).startsWith("text/event-stream");
            server.track("m-1", "Order Completed", "u-1", "{\"total\":30}");
            TestServer.await(() -> stream.ids().equals(List.of("m-1")));
            JsonObject listed =
                    server.get("/api/events").mustBe(200).list("events").getFirst();
            assertThat(stream.traces.getFirst()).isEqualTo(listed);
            assertThat(TestServer.list(listed, "lanes").getFirst().text("outcome"))
                    .isEqualTo("delivered");
            assertThat(stream.comments).contains("events follow as they end");
        }
    }

    @Test
    void filters_let_through_what_the_list_would() throws Exception {
        List<TestStream> streams = new ArrayList<>();
        for (String filter : List.of(
                "event=order-completed",
                "outcome=rejected&reason=refused_by_destination",
                "userId=u-2",
                "q=properties.order_id:4711",
                "pipeline=web&integration=kargo-main&outcome=filtered")) {
            streams.add(server.stream("/api/events/stream?" + filter));
        }
        server.track("m-1", "Order Completed", "u-1", "{\"order_id\":4711}");
        server.track("m-2", "Product Viewed", "u-2", "{}");
        server.track("m-3", "Product Viewed", "u-3", "{\"note\":\"refuse\"}");
        server.track("m-4", "Nobody Maps This", "u-4", "{}");
        List<List<String>> expected =
                List.of(List.of("m-1"), List.of("m-3"), List.of("m-2"), List.of("m-1"), List.of("m-4"));
        TestServer.await(() -> streams.stream().map(TestStream::ids).toList().equals(expected));
        for (TestStream stream : streams) {
            stream.close();
        }
    }

    @Test
    void hostile_content_stays_one_line_of_json() throws Exception {
        String odd = "<script>alert(1)</script>\\n\\ndata: x\\r\\n\\u2028\\u202e\\ud800\\uD83D\\uDE00";
        try (TestStream stream = server.stream("/api/events/stream")) {
            server.track("m-\\n-1", odd, "u-" + odd, "{}");
            server.track("m-2", "x".repeat(10_000), "u".repeat(10_000), "{}");
            TestServer.await(() -> stream.traces.size() == 2);
            assertThat(stream.traces.getFirst().text("userId"))
                    .startsWith("u-<script>alert(1)</script>\n\ndata: x\r\n");
            assertThat(stream.ids()).containsExactly("m-\n-1", "m-2");
            assertThat(JsonText.bytes(stream.traces.get(1))).hasSizeLessThan(3_000);
        }
    }

    @Test
    void no_more_than_32_streams_are_open_and_one_that_is_closed_makes_room() throws Exception {
        List<TestStream> streams = new ArrayList<>();
        for (int i = 0; i < LiveTail.MAX_WATCHERS; i++) {
            streams.add(server.stream("/api/events/stream"));
        }
        JsonObject refused = server.get("/api/events/stream").mustBe(503).json();
        assertThat(refused.text("reason")).isEqualTo("too_many_streams");
        assertThat(refused.text("detail"))
                .isEqualTo("32 streams are open, and no more are allowed; close a page that shows live events");
        streams.getFirst().close();
        // The server learns of it when it writes.
        TestServer.await(() -> {
            try {
                server.track("m-" + System.nanoTime(), "Order Completed", "u-1", "{}");
                TestStream again = server.stream("/api/events/stream");
                streams.add(again);
                return again.status == 200;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        for (TestStream stream : streams) {
            stream.close();
        }
    }

    @Test
    void a_reader_that_stands_still_neither_holds_up_the_lane_nor_other_readers() throws Exception {
        try (Socket still = new Socket(server.uri().getHost(), server.uri().getPort());
                TestStream reader = server.stream("/api/events/stream?event=order-completed")) {
            still.setReceiveBufferSize(1024);
            still.getOutputStream()
                    .write("GET /api/events/stream HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n"
                            .formatted(server.token())
                            .getBytes(US_ASCII));
            String batch = "{\"writeKey\":\"wk_web\",\"batch\":["
                    + String.join(
                            ",",
                            Collections.nCopies(
                                    500,
                                    "{\"type\":\"track\",\"event\":\"common\",\"userId\":\"" + "u".repeat(290) + "\"}"))
                    + "]}";
            for (int i = 0; i < 10; i++) {
                server.batch(batch);
            }
            server.track("m-last", "Order Completed", "u-1", "{}");
            server.awaitDrained(5_001);
            TestServer.await(() -> reader.ids().equals(List.of("m-last")));
        }
    }

    @Test
    void more_than_a_page_can_show_is_dropped_and_told() throws Exception {
        try (TestStream stream = server.stream("/api/events/stream")) {
            String item = "{\"type\":\"track\",\"event\":\"common\",\"userId\":\"u\"}";
            String batch =
                    "{\"writeKey\":\"wk_web\",\"batch\":[" + String.join(",", Collections.nCopies(2_000, item)) + "]}";
            server.batch(batch);
            server.awaitDrained(2_000);
            TestServer.await(() -> stream.traces.size()
                            + stream.dropped.stream()
                                    .mapToLong(told -> TestServer.number(told, "count"))
                                    .sum()
                    == 2_000);
            assertThat(stream.dropped).isNotEmpty();
        }
    }

    @Test
    void a_stream_ends_when_the_server_stops() throws Exception {
        try (TestStream stream = server.stream("/api/events/stream")) {
            TestServer.await(() -> !stream.comments.isEmpty());
            long started = System.nanoTime();
            server.close();
            TestServer.await(stream::ended);
            assertThat(System.nanoTime() - started).isLessThan(8_000_000_000L);
        }
    }

    @Test
    void a_wrong_parameter_is_refused_and_takes_no_place() throws Exception {
        for (int i = 0; i < 40; i++) {
            assertThat(server.get("/api/events/stream?outcom=rejected")
                            .mustBe(400)
                            .json()
                            .text("detail"))
                    .contains("outcom is not known here; known:", "Did you mean 'outcome'?");
        }
        server.stream("/api/events/stream").close();
    }
}
