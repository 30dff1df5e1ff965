package dev.waybill.deliver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.deliver.FakeDestination.Received;
import dev.waybill.deliver.FakeDestination.Reply;
import dev.waybill.deliver.SendResult.Answered;
import dev.waybill.deliver.SendResult.Failed;
import dev.waybill.deliver.SendResult.Kind;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.kit.Answer;
import dev.waybill.kit.Delivery;
import dev.waybill.kit.KitRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class SenderTest {
    private static final JsonObject BODY = (JsonObject) JsonText.read("{\"event\":\"page\",\"params\":{\"n\":1}}");
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final AddressGuard OPEN = new AddressGuard(() -> true);

    private final FakeDestination destination = FakeDestination.start();
    private final Sender sender = sender(4, Duration.ofSeconds(10));
    private final Sender impatient = sender(4, SHORT);

    @AfterEach
    void close() throws IOException {
        sender.close();
        impatient.close();
        destination.close();
    }

    @Test
    void a_request_arrives_as_it_was_made() {
        Map<String, String> headers = Map.of("content-type", "application/json", "x-api-key", "k-1");
        SendResult result = sender.send(request(destination.url("/events?x=1%202"), headers), "m-1");

        assertThat(answer(result).status()).isEqualTo(200);
        assertThat(result.nanos()).isPositive();
        Received received = destination.received().getFirst();
        assertThat(received.method()).isEqualTo("POST");
        assertThat(received.target()).isEqualTo("/events?x=1%202");
        assertThat(received.body()).isEqualTo("{\"event\":\"page\",\"params\":{\"n\":1}}");
        assertThat(received.headers())
                .containsEntry("content-type", "application/json")
                .containsEntry("x-api-key", "k-1")
                .containsEntry("idempotency-key", "m-1")
                .containsEntry("host", "127.0.0.1:" + destination.port())
                .containsEntry("content-length", "33")
                .doesNotContainKeys("accept-encoding", "transfer-encoding", "cookie", "expect", "upgrade");
        assertThat(received.headers().get("user-agent")).startsWith("Waybill/");
    }

    @Test
    void connections_are_used_again() {
        for (int i = 0; i < 20; i++) {
            answer(sender.send(request(destination.url("/")), "m-" + i));
        }
        assertThat(destination.accepted()).isEqualTo(1);
    }

    @Test
    void an_answer_of_any_status_is_an_answer() {
        destination.next(
                Reply.answer(429, "slow down", "Retry-After: 7", "X-Two: a", "X-Two: b"),
                Reply.status(503),
                Reply.raw("HTTP/1.1 204 Nothing\r\n\r\n"));

        Answer first = answer(sender.send(request(destination.url("/")), "m"));
        assertThat(first.status()).isEqualTo(429);
        assertThat(first.headers()).containsEntry("retry-after", "7").containsEntry("x-two", "a");
        assertThat(first.body()).isEqualTo("slow down");
        assertThat(answer(sender.send(request(destination.url("/")), "m")).status())
                .isEqualTo(503);
        Answer last = answer(sender.send(request(destination.url("/")), "m"));
        assertThat(last.status()).isEqualTo(204);
        assertThat(last.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirects_are_answers_and_not_followed(int status) {
        destination.next(Reply.status(status, "Location: " + destination.url("/elsewhere")));

        assertThat(answer(sender.send(request(destination.url("/")), "m")).status())
                .isEqualTo(status);
        assertThat(destination.received()).hasSize(1);
    }

    @Test
    void a_failed_request_is_not_repeated_behind_our_back() {
        destination.next(Reply.status(503, "Retry-After: 0"), Reply.closeWithoutAnswer());

        sender.send(request(destination.url("/")), "m");
        sender.send(request(destination.url("/")), "m");
        assertThat(destination.received()).hasSize(2);
    }

    @Test
    void a_cookie_is_not_kept() {
        destination.next(Reply.status(200, "Set-Cookie: a=b; Path=/"));

        sender.send(request(destination.url("/")), "m");
        sender.send(request(destination.url("/")), "m");
        assertThat(destination.received().get(1).headers()).doesNotContainKey("cookie");
    }

    @Test
    void a_destination_that_hangs_is_left_at_the_deadline() {
        destination.next(Reply.hang());

        assertTimeout(impatient.send(request(destination.url("/")), "m"));
    }

    @Test
    void an_answer_that_drips_is_cut_at_the_deadline() {
        destination.next(Reply.slowDrip(10), Reply.slowHead(10), Reply.hugeBody(Long.MAX_VALUE), Reply.status(200));

        // The kept part of a dripping body is not enough to know that the answer is whole.
        assertTimeout(impatient.send(request(destination.url("/")), "m"));
        assertTimeout(impatient.send(request(destination.url("/")), "m"));
        assertThat(answer(impatient.send(request(destination.url("/")), "m")).status())
                .isEqualTo(200);
        assertThat(answer(impatient.send(request(destination.url("/")), "m")).status())
                .isEqualTo(200);
    }

    @Test
    void a_wait_for_a_connection_counts_towards_the_deadline() throws Exception {
        destination.usually(Reply.hang());
        try (Sender one = sender(1, SHORT);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<SendResult>> both = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                both.add(threads.submit(() -> one.send(request(destination.url("/")), "m")));
            }
            for (Future<SendResult> each : both) {
                assertTimeout(each.get());
            }
        }
    }

    @Test
    void a_look_up_that_hangs_is_left_at_the_deadline() {
        CountDownLatch never = new CountDownLatch(1);
        HostLookup.Source hanging = host -> {
            try {
                never.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            throw new UnknownHostException(host);
        };
        try (Sender lost = new Sender(delivery(4, SHORT), OPEN, hanging)) {
            assertTimeout(lost.send(request("http://kargo.example/"), "m"));
        } finally {
            never.countDown();
        }
    }

    @Test
    void a_reset_is_a_failure_to_retry() {
        destination.next(Reply.reset(), Reply.closeWithoutAnswer(), Reply.half());

        assertThat(failed(sender.send(request(destination.url("/")), "m")).kind())
                .isEqualTo(Kind.IO);
        assertThat(failed(sender.send(request(destination.url("/")), "m")).kind())
                .isEqualTo(Kind.IO);
        assertThat(failed(sender.send(request(destination.url("/")), "m")).kind())
                .isEqualTo(Kind.IO);
    }

    @Test
    void what_is_not_http_is_garbage() {
        destination.usually((_, out) -> {
            out.write("220 mail.example ESMTP\r\nwhat?\r\n\r\n".getBytes(UTF_8));
            out.flush();
            throw new IOException("close");
        });

        assertThat(failed(sender.send(request(destination.url("/")), "m")).kind())
                .isEqualTo(Kind.GARBAGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 abc OK\r\n\r\n",
                "HTTP/9.1 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n"
            })
    void broken_http_is_garbage_and_its_connection_is_not_used_again(String answer) {
        destination.next(Reply.raw(answer));

        Failed failed = failed(impatient.send(request(destination.url("/")), "m"));
        assertThat(failed.kind()).isEqualTo(Kind.GARBAGE);
        assertThat(failed.message()).endsWith(".").hasSizeLessThan(310).doesNotContain("\n", "\r");
        assertThat(answer(impatient.send(request(destination.url("/")), "m")).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-A: b\r\n", "x"})
    void an_endless_head_is_cut(String line) {
        destination.next(Reply.endlessHead(line));

        assertThat(failed(sender.send(request(destination.url("/")), "m")).kind())
                .isEqualTo(Kind.GARBAGE);
    }

    @Test
    void of_a_long_answer_the_first_2_KiB_are_kept_and_a_middling_one_keeps_its_connection() {
        destination.next(Reply.hugeBody(20_000), Reply.hugeBody(10_000_000));

        assertThat(answer(sender.send(request(destination.url("/")), "m")).body())
                .isEqualTo("x".repeat(2048));
        assertThat(answer(sender.send(request(destination.url("/")), "m")).body())
                .isEqualTo("x".repeat(2048));
        assertThat(destination.accepted()).isEqualTo(1);
        assertThat(answer(sender.send(request(destination.url("/")), "m")).status())
                .isEqualTo(200);
        assertThat(destination.accepted()).isEqualTo(2);
    }

    @Test
    void a_body_that_is_not_utf_8_becomes_text_all_the_same() {
        destination.next(Reply.answer(400, "caf\u00e9"));

        assertThat(answer(sender.send(request(destination.url("/")), "m")).body())
                .isEqualTo("caf\uFFFD");
    }

    @Test
    void a_packed_body_is_not_unpacked() {
        destination.next(Reply.answer(200, "\u001f\u008b binary", "Content-Encoding: gzip"));

        assertThat(answer(sender.send(request(destination.url("/")), "m")).body())
                .isEqualTo("(a body in content-encoding gzip, which was not asked for)");
    }

    @Test
    void headers_beyond_8_KiB_are_left_out() {
        String big = "X-Big: " + "y".repeat(5000);
        destination.next(Reply.status(200, "Retry-After: 3", big, big.replace("Big", "Bigger")));

        assertThat(answer(sender.send(request(destination.url("/")), "m")).headers())
                .containsKeys("retry-after", "x-big")
                .doesNotContainKey("x-bigger");
    }

    @Test
    void connections_never_exceed_the_concurrency() throws Exception {
        destination.usually((socket, out) -> {
            Thread.sleep(5);
            Reply.status(200).write(socket, out);
        });
        try (Sender three = sender(3, Duration.ofSeconds(10));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<SendResult>> all = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                all.add(threads.submit(() -> three.send(request(destination.url("/")), "m")));
            }
            for (Future<SendResult> each : all) {
                assertThat(each.get()).isInstanceOf(Answered.class);
            }
        }
        assertThat(destination.mostOpen()).isEqualTo(3);
    }

    @Test
    void a_connection_closed_while_it_rested_is_not_seen() throws Exception {
        destination.next(Reply.thenClose(), Reply.status(200));
        answer(sender.send(request(destination.url("/")), "m"));
        // The one real wait: the client looks at connections that rested for half a second.
        Thread.sleep(600);

        assertThat(answer(sender.send(request(destination.url("/")), "m")).status())
                .isEqualTo(200);
        assertThat(destination.received()).hasSize(2);
    }

    @Test
    void the_servers_keep_alive_is_heeded() throws Exception {
        destination.next(Reply.status(200, "Keep-Alive: timeout=1"));
        answer(sender.send(request(destination.url("/")), "m"));
        Thread.sleep(20);
        answer(sender.send(request(destination.url("/")), "m"));

        assertThat(destination.accepted()).isEqualTo(2);
    }

    @Test
    void nobody_there_is_a_failure_to_connect() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }

        Failed failed = failed(sender.send(request("http://127.0.0.1:" + free + "/?key=secret"), "m"));
        assertThat(failed.kind()).isEqualTo(Kind.CONNECT);
        assertThat(failed.message()).contains("Connection refused").doesNotContain("secret");
    }

    @Test
    void a_destination_that_speaks_no_tls_is_a_failure_to_connect() {
        destination.usually(Reply.status(200));

        assertThat(failed(impatient.send(request("https://127.0.0.1:" + destination.port() + "/"), "m"))
                        .kind())
                .isIn(Kind.CONNECT, Kind.TIMEOUT);
    }

    @Test
    void an_unknown_host_is_a_failure_to_resolve() {
        HostLookup.Source none = host -> {
            throw new UnknownHostException(host);
        };
        try (Sender lost = new Sender(delivery(4, SHORT), OPEN, none)) {
            assertThat(failed(lost.send(request("http://kargo.example/"), "m")))
                    .extracting(Failed::kind, Failed::message)
                    .containsExactly(Kind.DNS, "The host name kargo.example could not be resolved.");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, REFUSED_ADDRESS",
        "localhost, REFUSED_ADDRESS",
        "0.0.0.0, REFUSED_ADDRESS",
        "[::1], REFUSED_ADDRESS",
        "[::ffff:127.0.0.1], REFUSED_ADDRESS",
        "[::ffff:7f00:1], REFUSED_ADDRESS",
        "127.1, BAD_URL",
        "2130706433, REFUSED_ADDRESS",
        "0x7f.1, BAD_URL"
    })
    void no_spelling_of_loopback_gets_past_the_guard(String host, Kind kind) {
        try (Sender guarded = new Sender(delivery(4, Duration.ofSeconds(5)), new AddressGuard(() -> false))) {
            assertThat(failed(guarded.send(request("http://" + host + ":" + destination.port() + "/"), "m"))
                            .kind())
                    .isEqualTo(kind);
        }
        assertThat(destination.accepted()).isZero();
    }

    @Test
    void a_name_that_resolves_to_a_private_address_is_refused_with_the_way_out() {
        HostLookup.Source rebound = _ -> new InetAddress[] {InetAddress.getByName("169.254.169.254")};
        try (Sender guarded = new Sender(delivery(4, SHORT), new AddressGuard(() -> false), rebound)) {
            assertThat(failed(guarded.send(request("http://kargo.example/"), "m")))
                    .extracting(Failed::kind, Failed::message)
                    .containsExactly(
                            Kind.REFUSED_ADDRESS,
                            "kargo.example resolves to 169.254.169.254, which is link-local; only public addresses are"
                                    + " sent to. Set allowPrivateEndpoints: true in waybill.yaml to allow it.");
        }
    }

    @Test
    void an_open_connection_is_refused_once_private_addresses_no_longer_are_allowed() {
        AtomicBoolean allowed = new AtomicBoolean(true);
        try (Sender guarded = new Sender(delivery(4, Duration.ofSeconds(5)), new AddressGuard(allowed::get))) {
            answer(guarded.send(request(destination.url("/")), "m"));
            allowed.set(false);

            assertThat(failed(guarded.send(request(destination.url("/")), "m")).kind())
                    .isEqualTo(Kind.REFUSED_ADDRESS);
        }
        assertThat(destination.received()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "null                 | The integration has no URL to send to: set its ENDPOINT.",
                "'  '                 | The integration has no URL to send to: set its ENDPOINT.",
                "http://a b/?k=secret | The URL is not valid: Illegal character in authority at character 8.",
                "ftp://kargo.example/ | The URL must begin with https:// or http://.",
                "kargo.example/events | The URL must begin with https:// or http://.",
                "file:///etc/passwd   | The URL must begin with https:// or http://.",
                "https:///events      | The URL has no valid host and port.",
                "http://a_b.example/  | The URL has no valid host and port.",
                "http://a:99999/      | The URL has no valid host and port.",
                "http://u:secret@a/   | The URL holds a user name; send it as a header instead."
            })
    void a_url_that_cannot_be_sent_to_is_named_without_being_told(@Nullable String url, String message) {
        Failed failed = failed(sender.send(request(url), "m"));

        assertThat(failed.kind()).isEqualTo(Kind.BAD_URL);
        assertThat(failed.message()).isEqualTo(message);
    }

    @Test
    void a_header_that_would_split_the_request_is_refused() {
        for (String own : List.of("content-length", "transfer-encoding", "host")) {
            Failed failed = failed(sender.send(request(destination.url("/"), Map.of(own, "3")), "m"));
            assertThat(failed.kind()).isEqualTo(Kind.BAD_HEADER);
            assertThat(failed.message())
                    .isEqualTo("The request sets the header " + own + ", which Waybill sets itself: remove it.");
        }
        answer(sender.send(request(destination.url("/"), Map.of("x-a", "1\r\nx-b: 2\r\n\r\nGET / HTTP/1.1")), "m"));
        assertThat(destination.received()).hasSize(1);
        assertThat(destination.received().getFirst().headers()).doesNotContainKey("x-b");
    }

    @Test
    void closing_ends_what_is_under_way() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        destination.usually((socket, out) -> {
            arrived.countDown();
            Reply.hang().write(socket, out);
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<SendResult> hanging = threads.submit(() -> sender.send(request(destination.url("/")), "m"));
            arrived.await();
            sender.close();

            assertThat(failed(hanging.get()))
                    .extracting(Failed::kind, Failed::message)
                    .containsExactly(Kind.IO, "The sender was closed before an answer came.");
        }
        assertThat(failed(sender.send(request(destination.url("/")), "m")).kind())
                .isEqualTo(Kind.IO);
    }

    private static void assertTimeout(SendResult result) {
        Failed failed = failed(result);
        assertThat(failed.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failed.message()).isEqualTo("No whole answer came within 300 ms.");
        assertThat(Duration.ofNanos(failed.nanos())).isBetween(SHORT.minusMillis(1), SHORT.plusSeconds(2));
    }

    private static Answer answer(SendResult result) {
        assertThat(result).isInstanceOf(Answered.class);
        return ((Answered) result).answer();
    }

    private static Failed failed(SendResult result) {
        assertThat(result).isInstanceOf(Failed.class);
        return (Failed) result;
    }

    private static Sender sender(int concurrency, Duration timeout) {
        return new Sender(delivery(concurrency, timeout), OPEN);
    }

    private static Delivery delivery(int concurrency, Duration timeout) {
        return new Delivery(512, concurrency, Double.POSITIVE_INFINITY, timeout);
    }

    private static KitRequest request(@Nullable String url) {
        return request(url, Map.of());
    }

    private static KitRequest request(@Nullable String url, Map<String, String> headers) {
        return new KitRequest("POST", url, new TreeMap<>(headers), BODY);
    }
}
