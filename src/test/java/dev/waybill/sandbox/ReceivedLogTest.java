package dev.waybill.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.json.Json;
import dev.waybill.json.JsonText;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReceivedLogTest {
    private static final long PLENTY = 1 << 20;

    @Test
    void the_newest_come_first_and_the_oldest_are_forgotten() {
        ReceivedLog log = new ReceivedLog(3, PLENTY);
        for (int i = 1; i <= 5; i++) {
            log.add(received(200, "{\"n\":" + i + "}"));
        }

        assertThat(bodies(log.newest(10, null))).containsExactly("{\"n\":5}", "{\"n\":4}", "{\"n\":3}");
        assertThat(bodies(log.newest(1, null))).containsExactly("{\"n\":5}");
        assertThat(log.counts()).isEqualTo(new ReceivedLog.Counts(5, 0));
    }

    @Test
    void the_bytes_are_bounded_too() {
        ReceivedLog log = new ReceivedLog(1000, 10_000);
        for (int i = 0; i < 100; i++) {
            log.add(received(200, "x".repeat(4000)));
        }

        assertThat(log.newest(1000, null)).hasSize(2);
    }

    @Test
    void an_event_is_found_by_name_behind_others() {
        ReceivedLog log = new ReceivedLog(100, PLENTY);
        log.add(received(200, "{\"event\":\"page\"}"));
        log.add(received(400, "{\"event\":\"identify\"}"));
        log.add(received(400, "not json"));

        assertThat(bodies(log.newest(1, "page"))).containsExactly("{\"event\":\"page\"}");
        assertThat(log.newest(10, "pag")).isEmpty();
    }

    @Test
    void a_2xx_is_accepted_and_everything_else_refused() {
        ReceivedLog log = new ReceivedLog(100, PLENTY);
        log.add(received(200, ""));
        log.add(received(204, ""));
        log.add(received(302, ""));
        log.add(received(400, ""));
        log.add(received(503, ""));

        assertThat(log.counts()).isEqualTo(new ReceivedLog.Counts(2, 3));
        log.clear();
        assertThat(log.counts()).isEqualTo(new ReceivedLog.Counts(0, 0));
        assertThat(log.newest(10, null)).isEmpty();
    }

    @Test
    void a_body_that_is_no_json_is_kept_as_text() {
        assertThat(received(400, "nope").body()).isEqualTo(new Json.Str("nope"));
    }

    @Test
    void an_entry_tells_when_and_with_which_headers() {
        Received received = new Received(
                Instant.parse("2026-11-23T10:00:00Z"), 200, "host: a:1\nidempotency-key: m: 1\n", "{}".getBytes(UTF_8));

        assertThat(received.header("idempotency-key")).isEqualTo("m: 1");
        assertThat(received.header("absent")).isNull();
        assertThat(JsonText.write(received.toJson())).isEqualTo("""
                        {"at":"2026-11-23T10:00:00Z","status":200,\
                        "headers":{"host":"a:1","idempotency-key":"m: 1"},"body":{}}""");
    }

    private static List<String> bodies(List<Received> received) {
        return received.stream().map(one -> JsonText.write(one.body())).toList();
    }

    private static Received received(int status, String body) {
        return new Received(Instant.EPOCH, status, "", body.getBytes(UTF_8));
    }
}
