package dev.waybill.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.json.JsonObject;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Connections that hold a place and never become a request.
class SlowSenderTest {
    private static final Duration FIRST = Duration.ofMillis(300);
    private static final Duration HEAD = Duration.ofMillis(600);
    private static final Duration IDLE = Duration.ofSeconds(1);
    /// For a busy machine, on top of each limit.
    private static final Duration LATE = Duration.ofSeconds(2);

    private static final String GET = "GET / HTTP/1.1\r\nHost: t\r\n\r\n";
    private static final String DRIPPED = "X-Slow: " + "a".repeat(1000);

    private Listener listener;

    @BeforeEach
    void start() throws IOException {
        Listener.Waits waits = new Listener.Waits(FIRST, HEAD, IDLE);
        listener = Listener.start(
                "127.0.0.1", 0, new Listener.Limits(4096, 1 << 20, 2, waits, Duration.ofSeconds(5)), this::routes);
    }

    private void routes(HttpRouting.Builder routing) {
        routing.get("/", (_, response) -> JsonAnswers.send(response, 200, JsonObject.EMPTY))
                .get("/streamed", (_, response) -> stream(response))
                .get("/slow", (_, response) -> {
                    Thread.sleep(FIRST.plus(HEAD).plus(IDLE).toMillis());
                    JsonAnswers.send(response, 200, JsonObject.EMPTY);
                });
    }

    private static void stream(ServerResponse response) throws IOException {
        response.contentLength(2);
        try (OutputStream out = response.outputStream()) {
            out.write("{}".getBytes(StandardCharsets.UTF_8));
        }
    }

    @AfterEach
    void stop() {
        listener.close();
    }

    @Test
    void one_that_never_sends_a_byte_is_cut() throws IOException {
        try (RawConnection connection = connect()) {
            assertThat(cutAfter(connection)).isBetween(FIRST.dividedBy(2), FIRST.plus(LATE));
        }
    }

    @Test
    void one_that_stops_in_the_midst_of_its_request_line_is_cut() throws IOException {
        try (RawConnection connection = connect().send("GET /hea")) {
            assertThat(cutAfter(connection)).isBetween(HEAD.dividedBy(2), HEAD.plus(LATE));
        }
    }

    @Test
    void one_that_drips_its_headers_is_cut_though_bytes_keep_coming() throws Exception {
        try (RawConnection connection = connect().send("GET / HTTP/1.1\r\nHost: t\r\n")) {
            assertThat(drip(connection)).isBetween(HEAD.dividedBy(2), HEAD.plus(LATE));
        }
    }

    @Test
    void one_that_drips_its_second_request_is_cut_too() throws Exception {
        for (String first : new String[] {GET, GET.replace("GET /", "GET /streamed")}) {
            try (RawConnection connection = connect().send(first)) {
                assertThat(connection.answer().status()).isEqualTo(200);
                assertThat(drip(connection.send("GET / HTTP/1.1\r\nHost: t\r\n")))
                        .isBetween(HEAD.dividedBy(2), HEAD.plus(LATE));
            }
        }
    }

    @Test
    void one_that_sends_nothing_more_is_kept_for_the_idle_time_and_cut_then() throws IOException {
        try (RawConnection connection = connect().send(GET)) {
            assertThat(connection.answer().status()).isEqualTo(200);
            assertThat(cutAfter(connection)).isBetween(IDLE.dividedBy(2), IDLE.plus(LATE));
        }
    }

    @Test
    void a_handler_that_takes_its_time_is_not_cut() throws IOException {
        try (RawConnection connection = connect().send("GET /slow HTTP/1.1\r\nHost: t\r\n\r\n")) {
            assertThat(connection.answer().status()).isEqualTo(200);
            assertThat(connection.send(GET).answer().status()).isEqualTo(200);
        }
    }

    @Test
    void silent_ones_that_take_every_place_give_them_back() throws IOException {
        try (RawConnection one = connect();
                RawConnection another = connect();
                RawConnection honest = connect().send(GET)) {
            assertThat(honest.answer().status()).isEqualTo(200);
            assertThat(one.isClosedByServer()).isTrue();
            assertThat(another.isClosedByServer()).isTrue();
        }
    }

    private RawConnection connect() throws IOException {
        return new RawConnection(listener.port());
    }

    private static Duration cutAfter(RawConnection connection) throws IOException {
        long start = System.nanoTime();
        assertThat(connection.isClosedByServer()).isTrue();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /// Sends one byte of a header after the other until the server has had enough.
    private static Duration drip(RawConnection connection) throws InterruptedException {
        long start = System.nanoTime();
        for (int i = 0; i < DRIPPED.length(); i++) {
            Duration passed = Duration.ofNanos(System.nanoTime() - start);
            assertThat(passed).isLessThan(Duration.ofSeconds(10));
            Thread.sleep(50);
            try {
                connection.send(DRIPPED.substring(i, i + 1));
            } catch (IOException cut) {
                return passed;
            }
        }
        throw new AssertionError("It was never cut");
    }
}
