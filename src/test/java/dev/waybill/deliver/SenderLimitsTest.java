package dev.waybill.deliver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.deliver.FakeDestination.Reply;
import dev.waybill.deliver.SendResult.Answered;
import dev.waybill.deliver.SendResult.Failed;
import dev.waybill.deliver.SendResult.Kind;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SenderLimitsTest extends SenderFixture {
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
        assertThat(answer(sender.send(request(destination.url("/")), "m")).status())
                .isEqualTo(200);
        assertThat(answer(sender.send(request(destination.url("/")), "m")).status())
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
        try (Sender lost = new Sender(delivery(4, SHORT), OPEN, InstantSource.system(), hanging)) {
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

        Failed failed = failed(sender.send(request(destination.url("/")), "m"));
        assertThat(failed.kind()).isEqualTo(Kind.GARBAGE);
        assertThat(failed.message()).endsWith(".").hasSizeLessThan(310).doesNotContain("\n", "\r");
        assertThat(answer(sender.send(request(destination.url("/")), "m")).status())
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
}
