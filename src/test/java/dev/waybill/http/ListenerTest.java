package dev.waybill.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.json.JsonObject;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ListenerTest {
    private static final Listener.Limits SHORT =
            new Listener.Limits(4096, 1 << 20, 100, Listener.Waits.USUAL, Duration.ofSeconds(5));

    @Test
    void an_unexpected_failure_is_told_without_its_insides() throws IOException {
        try (Listener listener = start(routing -> routing.get("/", (_, _) -> {
                    throw new IllegalStateException("the password is 1234");
                }));
                RawConnection connection = new RawConnection(listener.port())) {
            RawConnection.Answer answer =
                    connection.send("GET / HTTP/1.1\r\nHost: t\r\n\r\n").answer();

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body())
                    .isEqualTo(
                            "{\"reason\":\"internal_error\",\"detail\":\"an error of the server's own; its log says more\"}");
            assertThat(answer.headers()).doesNotContainKey("server");
        }
    }

    @Test
    void a_refusal_is_told_as_json_with_its_advice() throws IOException {
        try (Listener listener = start(routing -> routing.get("/", (_, _) -> {
                    throw new Refusal(503, "unavailable", "come again", 7);
                }));
                RawConnection connection = new RawConnection(listener.port())) {
            RawConnection.Answer answer =
                    connection.send("GET / HTTP/1.1\r\nHost: t\r\n\r\n").answer();

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("retry-after")).isEqualTo("7");
            assertThat(answer.body()).isEqualTo("{\"reason\":\"unavailable\",\"detail\":\"come again\"}");
        }
    }

    @Test
    void a_taken_port_is_named() throws IOException {
        try (Listener listener = start(_ -> {})) {
            assertThatThrownBy(() -> Listener.start("127.0.0.1", listener.port(), SHORT, _ -> {}))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(
                            "can't listen on 127.0.0.1:" + listener.port() + " (Address already in use); stop what");
        }
    }

    @Test
    void stopping_lets_a_request_in_hand_finish() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Listener listener = start(routing -> routing.get("/", (_, response) -> {
            entered.countDown();
            release.await();
            JsonAnswers.send(response, 200, JsonObject.builder().put("ok", true).build());
        }));
        try (RawConnection connection = new RawConnection(listener.port())) {
            connection.send("GET / HTTP/1.1\r\nHost: t\r\n\r\n");
            entered.await();
            Thread stopping = Thread.ofVirtual().start(listener::close);
            release.countDown();

            assertThat(connection.answer().body()).isEqualTo("{\"ok\":true}");
            stopping.join();
        }
    }

    @Test
    void a_token_admits_only_itself() throws IOException {
        AccessToken token = new AccessToken("s3cret");
        try (Listener listener = start(routing -> routing.get(
                "/",
                (request, response) -> JsonAnswers.send(
                        response,
                        AccessToken.of(request).filter(token::matches).isPresent() ? 200 : 401,
                        JsonObject.EMPTY)))) {
            for (String right : new String[] {"Bearer s3cret", "bearer s3cret"}) {
                assertThat(status(listener, right)).isEqualTo(200);
            }
            for (String wrong : new String[] {"Bearer s3cre", "Bearer s3cret1", "Basic s3cret", "Bearer", "s3cret"}) {
                assertThat(status(listener, wrong)).isEqualTo(401);
            }
        }
        assertThat(token.toString()).doesNotContain("s3cret");
    }

    private static int status(Listener listener, String authorization) throws IOException {
        try (RawConnection connection = new RawConnection(listener.port())) {
            return connection
                    .send("GET / HTTP/1.1\r\nHost: t\r\nAuthorization: " + authorization + "\r\n\r\n")
                    .answer()
                    .status();
        }
    }

    @Test
    void bodies_share_a_bounded_memory_and_give_it_back() throws IOException {
        BodyReader bodies = new BodyReader(Duration.ofSeconds(5), 100_000);
        try (Listener listener = start(routing -> routing.post("/", (request, response) -> {
                    try (Body body = bodies.read(request, 500_000)) {
                        JsonAnswers.send(
                                response,
                                200,
                                JsonObject.builder()
                                        .put("n", body.bytes().length)
                                        .build());
                    }
                }));
                RawConnection connection = new RawConnection(listener.port())) {
            for (int round = 0; round < 5; round++) {
                assertThat(connection.post("/", "", bytes(60_000)).answer().body())
                        .isEqualTo("{\"n\":60000}");
            }
            assertThat(connection.post("/", "", bytes(300_000)).answer().status())
                    .isEqualTo(503);
            assertThat(bodies.held()).isZero();
        }
    }

    private static byte[] bytes(int size) {
        return "x".repeat(size).getBytes(UTF_8);
    }

    private static Listener start(Consumer<HttpRouting.Builder> routes) throws IOException {
        return Listener.start("127.0.0.1", 0, SHORT, routes);
    }
}
