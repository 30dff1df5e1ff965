package dev.waybill.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// The generator and the sink against each other, and against servers of other making.
class LoadGeneratorTest {
    private static final RequestTemplate ONE = RequestTemplate.single("/v1/track", "wk", OrderCompleted.JSON);

    @Test
    void every_request_is_answered_and_counted() throws IOException {
        try (Sink sink = Sink.answering(_ -> {})) {
            LoadResult result = LoadGenerator.send(
                    Load.fast(sink.port(), 8, ONE, Duration.ofSeconds(10)).atMost(5000));
            assertThat(result.clean()).isTrue();
            assertThat(result.accepted()).isEqualTo(5000);
            assertThat(sink.requests()).isEqualTo(5000);
            assertThat(result.latency().count()).isEqualTo(5000);
            assertThat(result.nextNumber()).isEqualTo(5000);
        }
    }

    @Test
    void every_event_of_a_batch_has_a_number_of_its_own() throws IOException {
        Set<String> ids = ConcurrentHashMap.newKeySet();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/batch", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            java.util.regex.Pattern.compile("\"messageId\":\"([^\"]+)\"")
                    .matcher(body)
                    .results()
                    .forEach(found -> ids.add(found.group(1)));
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('1');
            exchange.close();
        });
        server.start();
        try {
            RequestTemplate batch = RequestTemplate.batch("wk", OrderCompleted.JSON, 50);
            LoadResult result =
                    LoadGenerator.send(Load.fast(server.getAddress().getPort(), 2, batch, Duration.ofSeconds(20))
                            .atMost(20));
            assertThat(result.events()).isEqualTo(1000);
            assertThat(ids).hasSize(1000).contains("bench-00000000000003e7");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void a_schedule_is_kept_and_late_answers_count_from_when_they_were_due() throws IOException {
        try (Sink sink = Sink.answering(_ -> {})) {
            Load load = Load.fast(sink.port(), 4, ONE, Duration.ofSeconds(1)).perSecond(500);
            LoadResult result = LoadGenerator.send(load);
            assertThat(result.accepted()).isCloseTo(500, within(25L));
        }
    }

    @Test
    void a_closed_gate_holds_the_load_back() throws IOException {
        try (Sink sink = Sink.answering(_ -> {})) {
            Load load = Load.fast(sink.port(), 4, ONE, Duration.ofMillis(300)).gated(number -> number < 7);
            assertThat(LoadGenerator.send(load).accepted()).isEqualTo(7);
        }
    }

    @Test
    void the_sink_reads_the_number_from_the_idempotency_key() throws IOException {
        List<Long> numbers = Collections.synchronizedList(new ArrayList<>());
        try (Sink sink = Sink.answering(numbers::add)) {
            exchange(sink.port(), "bench-00000000000000ff");
            exchange(sink.port(), "short");
            exchange(sink.port(), "not-hexadecimal-at-all");
        }
        assertThat(numbers).containsExactly(255L, -1L, -1L);
    }

    private static void exchange(int port, String key) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request =
                    "POST /events HTTP/1.1\r\nHost: x\r\nIdempotency-Key: " + key + "\r\nContent-Length: 2\r\n\r\n{}";
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            assertThat(socket.getInputStream().readNBytes(15)).startsWith("HTTP/1.1 200 OK".getBytes(US_ASCII));
        }
    }

    @Test
    void refusals_are_counted_and_the_first_is_kept() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        AtomicLong asked = new AtomicLong();
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] body = ("no " + asked.incrementAndGet()).getBytes(UTF_8);
            exchange.sendResponseHeaders(503, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            LoadResult result =
                    LoadGenerator.send(Load.fast(server.getAddress().getPort(), 1, ONE, Duration.ofSeconds(10))
                            .atMost(5));
            assertThat(result.accepted()).isZero();
            assertThat(result.refused()).isEqualTo(5);
            assertThat(result.firstRefusal()).isEqualTo("503 no 1");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void a_server_that_goes_away_ends_the_load() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 3; i++) {
                    try (Socket socket = server.accept()) {
                        assertThat(socket.getInputStream().read()).isPositive();
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }
            });
            LoadResult result = LoadGenerator.send(Load.fast(server.getLocalPort(), 3, ONE, Duration.ofMinutes(5)));
            assertThat(result.broken()).isEqualTo(3);
            assertThat(result.took()).isLessThan(Duration.ofSeconds(30));
        }
    }

    @Test
    void a_sink_that_never_answers_still_counts() throws IOException {
        try (Sink sink = Sink.hanging()) {
            Load load = Load.fast(sink.port(), 1, ONE, Duration.ofMillis(50));
            Thread.ofVirtual().start(() -> awaitRequest(sink));
            LoadResult result = LoadGenerator.send(load);
            assertThat(result.accepted()).isZero();
            assertThat(result.broken()).isEqualTo(1);
        }
    }

    private static void awaitRequest(Sink sink) {
        LongStream.generate(sink::requests).takeWhile(count -> count == 0).forEach(_ -> Thread.onSpinWait());
        sink.close();
    }
}
