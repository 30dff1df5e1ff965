package dev.waybill.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.deliver.FakeDestination.Received;
import dev.waybill.deliver.FakeDestination.Reply;
import dev.waybill.deliver.SendResult.Failed;
import dev.waybill.deliver.SendResult.Kind;
import dev.waybill.kit.Answer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SenderTest extends SenderFixture {
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
}
