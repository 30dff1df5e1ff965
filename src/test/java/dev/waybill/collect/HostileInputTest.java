package dev.waybill.collect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.http.RawConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever comes over the wire: the right answer or none, and the server stays well.
class HostileInputTest {
    private static final String BASIC = "Authorization: Basic d2tfZGVtbzo=\r\n";
    private static final String POST = "POST /v1/page HTTP/1.1\r\nHost: t\r\n" + BASIC;

    private static final int BOMBS = 32;
    private static final long MOST_HEAP = 200L << 20;

    private final TestCollector collector = new TestCollector(TestCollector.pipeline("web", "wk_demo"));

    @AfterEach
    void the_server_is_well_and_stops() throws IOException {
        int before = collector.records.size();
        assertThat(collector.post("/v1/page", BASIC, "{}").status()).isEqualTo(200);
        assertThat(collector.records).hasSize(before + 1);
        collector.close();
    }

    @Test
    void a_gigabyte_of_zeros_in_gzip_costs_no_more_than_the_limit() throws IOException {
        byte[] bomb = bomb(1 << 30);
        assertThat(bomb.length).isGreaterThan(500 << 10);

        assertThat(collector
                        .post("/v1/batch", BASIC + "Content-Encoding: gzip\r\n", bomb)
                        .status())
                .isEqualTo(413);
    }

    @Test
    void many_gigabytes_of_zeros_at_once_cost_bounded_memory() throws Exception {
        byte[] large = bomb(1 << 30);
        byte[] small = bomb(450 << 20);
        assertThat(small.length).isLessThan(500 << 10);
        long before = used();
        long most = before;
        List<Future<Integer>> statuses = new ArrayList<>();
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < BOMBS; i++) {
                byte[] bomb = i % 2 == 0 ? large : small;
                statuses.add(senders.submit(() -> collector
                        .post("/v1/batch", BASIC + "Content-Encoding: gzip\r\n", bomb)
                        .status()));
            }
            while (!statuses.stream().allMatch(Future::isDone)) {
                most = Math.max(most, used());
                Thread.sleep(20);
            }
        }
        assertThat(statuses).hasSize(BOMBS).extracting(Future::resultNow).containsOnly(413);
        assertThat(most - before).isLessThan(MOST_HEAP);
    }

    /// What is reachable, not what waits for the collector.
    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @Test
    void a_bomb_that_is_small_on_the_wire_is_stopped_where_it_unpacks() throws IOException {
        byte[] bomb = bomb(20 << 20);
        assertThat(bomb.length).isLessThan(32 << 10);

        RawConnection.Answer answer = collector.post("/v1/page", BASIC, bomb);
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.body()).contains("the body is larger than the 32768 bytes allowed");
    }

    private static byte[] bomb(int zeros) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            byte[] block = new byte[1 << 20];
            for (int i = 0; i < zeros / block.length; i++) {
                gzip.write(block);
            }
        }
        return out.toByteArray();
    }

    @Test
    void gzip_that_is_broken_or_cut_is_400() throws IOException {
        byte[] good = TestCollector.gzip("{\"a\":1}".getBytes(UTF_8));
        byte[] cut = java.util.Arrays.copyOf(good, good.length - 6);
        byte[] broken = good.clone();
        broken[12] ^= 0x55;

        for (byte[] bad : new byte[][] {cut, broken, "{}".getBytes(UTF_8)}) {
            RawConnection.Answer answer = collector.post("/v1/page", BASIC + "Content-Encoding: gzip\r\n", bad);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("\"reason\":\"invalid_json\"", "the body is not whole gzip");
        }
        assertThat(collector
                        .post("/v1/page", BASIC + "Content-Encoding: br\r\n", "{}")
                        .body())
                .contains("Content-Encoding is not gzip");
    }

    @Test
    void a_sender_that_drips_is_cut() throws IOException, InterruptedException {
        try (RawConnection connection = collector.connect()) {
            connection.send(POST + "Content-Length: 1000\r\n\r\n{");
            long start = System.nanoTime();
            boolean cut = false;
            while (!cut && System.nanoTime() - start < Duration.ofSeconds(10).toNanos()) {
                Thread.sleep(50);
                try {
                    connection.send(" ");
                } catch (IOException closed) {
                    cut = true;
                }
            }
            assertThat(cut).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
        assertThat(collector.records).isEmpty();
    }

    @Test
    void a_sender_that_stops_in_the_midst_of_a_chunk_is_cut() throws IOException {
        try (RawConnection connection = collector.connect()) {
            connection.send(POST + "Transfer-Encoding: chunked\r\n\r\n100000\r\n{");
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    @Test
    void a_body_that_ends_early_never_becomes_an_event() throws IOException {
        try (RawConnection connection = collector.connect()) {
            connection.send(POST + "Content-Length: 10\r\n\r\n{}");
            connection.finishSending();
            assertThat(connection.isClosedByServer()).isTrue();
        }
        assertThat(collector.records).isEmpty();
    }

    @Test
    void pipelined_requests_are_answered_in_order() throws IOException {
        try (RawConnection connection = collector.connect()) {
            connection.send((POST + "Content-Length: 2\r\n\r\n{}").repeat(3) + POST + "Content-Length: 1\r\n\r\n[");
            for (int status : new int[] {200, 200, 200, 400}) {
                assertThat(connection.answer().status()).isEqualTo(status);
            }
        }
        assertThat(collector.records).hasSize(3);
    }

    @Test
    void a_connection_survives_a_body_over_the_limit() throws IOException {
        try (RawConnection connection = collector.connect()) {
            assertThat(connection
                            .post("/v1/page", BASIC, new byte[1 << 20])
                            .answer()
                            .status())
                    .isEqualTo(413);
            assertThat(connection
                            .post("/v1/page", BASIC, "{}".getBytes(UTF_8))
                            .answer()
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void an_announced_giant_is_refused_unread() throws IOException {
        try (RawConnection connection = collector.connect()) {
            connection.send(POST + "Content-Length: 10000000000\r\n\r\n");
            RawConnection.Answer answer = connection.answer();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).contains("\"reason\":\"too_large\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}x",
                "Content-Length: 2, 3\r\n\r\n{}x",
                "Content-Length: -2\r\n\r\n{}",
                "Content-Length: +2\r\n\r\n{}",
                "Content-Length: 0x2\r\n\r\n{}",
                "Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n2\r\n{}0\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\n{}",
                "Bad Header: 1\r\nContent-Length: 2\r\n\r\n{}",
            })
    void framing_that_two_servers_could_read_differently_is_refused(String rest) throws IOException {
        try (RawConnection connection = collector.connect()) {
            connection.send(POST + rest + POST + "Content-Length: 2\r\n\r\n{}");

            RawConnection.Answer answer = connection.answer();
            assertThat(answer.status()).isIn(400, 413, 501);
            assertThat(answer.body()).contains("\"reason\":\"");
            assertThat(connection.isClosedByServer()).isTrue();
        }
        assertThat(collector.records).isEmpty();
    }

    @Test
    void a_flood_of_headers_is_refused() throws IOException {
        try (RawConnection connection = collector.connect()) {
            connection.send("POST /v1/page HTTP/1.1\r\nHost: t\r\n" + "X-A: bbbbbbbbbbbbbbbbbbbb\r\n".repeat(2000));
            assertThat(connection.answer().status()).isBetween(400, 499);
        } catch (IOException reset) {
            assertThat(reset).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 999, 1001, 20_000, 200_000})
    void deep_nesting_is_refused(int depth) throws IOException {
        RawConnection.Answer answer = collector.post(
                "/v1/batch",
                BASIC,
                "{\"batch\":[{\"type\":\"page\",\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}]}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("\"reason\":\"too_deep\"");
    }

    @Test
    void huge_numbers_repeated_keys_and_lone_surrogates_are_kept_as_they_came() throws IOException {
        String event =
                "{\"n\":1" + "0".repeat(20_000) + ",\"n\":-1E99999999999,\"s\":\"\\ud800\",\"userId\":\"\\udc00\"}";

        assertThat(collector.post("/v1/page", BASIC, event).status()).isEqualTo(200);
        assertThat(collector.body(0)).isEqualTo(event);
        assertThat(collector.records.getFirst().header().partitionKey()).isEqualTo("\uFFFD");
    }

    @Test
    void keys_with_lone_surrogates_are_kept_as_they_came() throws IOException {
        String event = "{\"\\ud800\":1,\"userId\":\"é\\ud83d\\ude00\",\"\\\\ud800\":{\"a\\udc00b\":[]}}";
        String typed = "{\"type\":\"page\"," + event.substring(1);

        assertThat(collector.post("/v1/page", BASIC, event).status()).isEqualTo(200);
        assertThat(collector
                        .post(
                                "/v1/batch",
                                BASIC,
                                "{\"\\udfff\":0,\"context\":{\"\\ud801\":1},\"batch\":[" + typed + "," + typed + "]}")
                        .status())
                .isEqualTo(200);
        assertThat(collector.records)
                .extracting(record -> new String(record.body(), UTF_8))
                .containsExactly(event, typed, typed);
        assertThat(collector.records)
                .extracting(record -> record.header().partitionKey())
                .containsOnly("é😀");
    }

    @Test
    void a_lone_surrogate_excuses_nothing_else() throws IOException {
        for (String body : new String[] {"{\"\\ud800\":}", "{\"\\ud800\":1", "{\"\\ud80\":1}", "{\"\\ud800\":1}}"}) {
            assertThat(collector.post("/v1/page", BASIC, body).body()).contains("\"reason\":\"invalid_json\"");
            assertThat(collector
                            .post("/v1/batch", BASIC, "{\"batch\":[" + body + "]}")
                            .body())
                    .contains("\"reason\":\"invalid_json\"");
        }
        assertThat(collector.records).isEmpty();
    }

    @Test
    void thousands_of_keys_that_hash_alike_cost_little() throws IOException {
        StringBuilder event = new StringBuilder("{");
        for (int i = 0; i < 2000; i++) {
            event.append('"');
            for (int bit = 0; bit < 11; bit++) {
                event.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            event.append("\":0,");
        }
        event.setLength(event.length() - 1);
        long start = System.nanoTime();

        assertThat(collector
                        .post("/v1/batch", BASIC, "{\"batch\":[" + event + "}]}")
                        .status())
                .isEqualTo(400);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }
}
