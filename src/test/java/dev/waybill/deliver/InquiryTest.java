package dev.waybill.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.deliver.FakeDestination.Reply;
import dev.waybill.deliver.Inquiry.Outcome;
import dev.waybill.deliver.Inquiry.Outcome.Answered;
import dev.waybill.deliver.Inquiry.Outcome.Unanswered;
import dev.waybill.deliver.SendResult.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InquiryTest {
    private final FakeDestination destination = FakeDestination.start();

    @AfterEach
    void stop() throws IOException {
        destination.close();
    }

    private Outcome ask(boolean allowPrivate, String url) {
        try (Inquiry inquiry = new Inquiry(new AddressGuard(() -> allowPrivate), Duration.ofMillis(500), "Test/1")) {
            return inquiry.get(url, Map.of("Origin", "https://a.example"));
        }
    }

    @Test
    void every_value_of_a_header_is_told_and_so_much_of_a_body_as_is_kept() {
        destination.next(Reply.answer(200, "x".repeat(3_000_000), "A-B: 1", "a-b: 2"));
        Answered answer = (Answered) ask(true, destination.url("/"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.values("a-b")).containsExactly("1", "2");
        assertThat(answer.values("none")).isEmpty();
        assertThat(answer.body()).hasSize(Inquiry.BODY_LIMIT);
        assertThat(destination.received().getFirst().headers())
                .containsEntry("origin", "https://a.example")
                .containsEntry("user-agent", "Test/1");
    }

    @Test
    void an_answer_without_end_is_cut_at_its_time() {
        destination.next(Reply.hang());
        assertThat(ask(true, destination.url("/")))
                .isEqualTo(new Unanswered(Kind.TIMEOUT, "No whole answer came within 500 ms."));
    }

    @Test
    void headers_without_end_are_no_answer() {
        destination.next(Reply.raw("HTTP/1.1 200 OK\r\n" + "a: b\r\n".repeat(5000) + "\r\n"));
        assertThat(ask(true, destination.url("/"))).isInstanceOf(Unanswered.class);
    }

    @Test
    void the_own_network_is_asked_only_when_that_is_allowed() {
        assertThat(((Unanswered) ask(false, destination.url("/"))).message())
                .startsWith("127.0.0.1 is loopback; only public addresses are sent to.");
        assertThat(destination.received()).isEmpty();
    }

    @Test
    void what_is_no_url_is_told() {
        assertThat(ask(true, "ftp://a.example/"))
                .isEqualTo(new Unanswered(Kind.BAD_URL, "The URL must begin with https:// or http://."));
    }
}
