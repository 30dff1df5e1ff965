package dev.waybill.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.http.RawConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the sender is told.
class AnswersTest {
    private static final String BASIC = "Authorization: Basic d2tfZGVtbzo=\r\n";
    private TestCollector collector =
            new TestCollector(TestCollector.settings(200, 2000, 5, 6, null), TestCollector.pipeline("web", "wk_demo"));

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void an_invalid_event_is_told_with_its_reason() throws IOException {
        RawConnection.Answer answer = collector.post("/v1/track", BASIC, "{}");

        String detail = "event is absent; a track call needs its name, a non-empty string";
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("{\"success\":false,\"accepted\":0,\"errors\":[{\"index\":0,\"reason\":\"missing_field\","
                        + "\"detail\":\"" + detail + "\"}],\"reason\":\"missing_field\",\"detail\":\"" + detail
                        + "\"}");
        assertThat(collector.counts).isEqualTo(Map.of("refused missing_field", 1));
    }

    @Test
    void a_partly_accepted_batch_names_each_error() throws IOException {
        RawConnection.Answer answer = collector.post(
                "/v1/batch",
                BASIC,
                "{\"batch\":[{\"type\":\"page\"},7,{\"type\":\"page\",\"traits\":[]},{\"type\":\"page\",\"x\":\""
                        + "y".repeat(200) + "\"}]}");

        assertThat(answer.status()).isEqualTo(207);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"success\":false,\"accepted\":1,\"errors\":["
                                + "{\"index\":1,\"reason\":\"not_an_object\",\"detail\":\"the event is a number; an object was expected\"},"
                                + "{\"index\":2,\"reason\":\"wrong_type\",\"detail\":\"traits is an array; allowed: an object, null or nothing\"},"
                                + "{\"index\":3,\"reason\":\"too_large\",\"detail\":\"the event is 222 bytes, 200 are allowed\"}]}");
        assertThat(collector.records).hasSize(1);
        assertThat(collector.counts)
                .isEqualTo(Map.of(
                        "refused not_an_object", 1,
                        "refused wrong_type", 1,
                        "refused too_large", 1,
                        "received web page", 1,
                        "accepted web", 1));
    }

    @Test
    void a_batch_without_a_valid_event_is_refused() throws IOException {
        RawConnection.Answer answer = collector.post("/v1/batch", BASIC, "{\"batch\":[{},{\"type\":\"x\"}]}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body())
                .contains("\"accepted\":0", "\"index\":0", "\"index\":1")
                .endsWith("\"reason\":\"unknown_type\",\"detail\":\"type is absent; allowed: "
                        + "track, page, screen, identify, group, alias\"}");
    }

    @Test
    void an_empty_batch_is_a_success() throws IOException {
        assertThat(collector.post("/v1/batch", BASIC, "{\"batch\":[]}").status())
                .isEqualTo(200);
        assertThat(collector.records).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "400 | invalid_json  | {\"batch\":[{\"type\":\"page\"},{] }",
                "400 | invalid_json  | {\"batch\":[]} x",
                "400 | invalid_json  | ``",
                "400 | not_an_object | [1]",
                "400 | missing_field | {}",
                "400 | missing_field | {\"batch\":null}",
                "400 | wrong_type    | {\"batch\":{}}",
                "400 | wrong_type    | {\"batch\":[],\"context\":[]}",
                "400 | too_deep      | {\"batch\":[],\"context\":{\"a\":[[[[[]]]]]}}",
                "413 | too_large     | {\"batch\":[1,2,3,4,5,6]}",
            })
    void a_body_that_is_no_batch_is_refused_whole(int status, String reason, String body) throws IOException {
        RawConnection.Answer answer = collector.post("/v1/batch", BASIC, body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).contains("\"reason\":\"" + reason + "\"", "\"detail\":\"");
        assertThat(collector.records).isEmpty();
        assertThat(collector.counts).isEqualTo(Map.of("refused " + reason, 1));
    }

    @Test
    void a_batchs_defaults_count_for_each_event() throws IOException {
        String context = "{\"a\":\"" + "x".repeat(180) + "\"}";
        RawConnection.Answer answer =
                collector.post("/v1/batch", BASIC, "{\"batch\":[{\"type\":\"page\"}],\"context\":" + context + "}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("the event is 203 bytes, 200 are allowed");
    }

    @Test
    void a_batch_that_would_be_recorded_far_larger_than_it_came_is_refused() throws IOException {
        collector.close();
        collector = new TestCollector(
                TestCollector.settings(32 << 10, 500 << 10, 2500, 64, null), TestCollector.pipeline("web", "wk_demo"));
        String events = "{\"type\":\"page\"},".repeat(1000);
        RawConnection.Answer answer = collector.post(
                "/v1/batch",
                BASIC,
                "{\"context\":{\"a\":\"" + "x".repeat(20_000) + "\"},\"batch\":["
                        + events.substring(0, events.length() - 1) + "]}");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.body()).contains("too_large", "send smaller batches");
        assertThat(collector.records).isEmpty();
    }

    @Test
    void a_missing_or_unknown_write_key_is_told_what_to_do() throws IOException {
        assertThat(collector.post("/v1/page", "", "{}"))
                .extracting(RawConnection.Answer::status, RawConnection.Answer::body)
                .containsExactly(
                        401,
                        "{\"reason\":\"missing_write_key\",\"detail\":\"send the pipeline's write key as HTTP Basic user "
                                + "name, or as writeKey in the body or query\"}");
        assertThat(collector.post("/v1/page?writeKey=wk_a_longer_one", "", "{}"))
                .extracting(RawConnection.Answer::status, RawConnection.Answer::body)
                .containsExactly(
                        401,
                        "{\"reason\":\"unknown_write_key\",\"detail\":\"no pipeline has the write key that starts with "
                                + "\\\"wk_a_lon…\\\"; compare it with the pipeline's file\"}");
    }

    @Test
    void an_unreadable_event_without_a_key_in_the_headers_is_told_what_is_wrong_with_it() throws IOException {
        RawConnection.Answer answer =
                collector.post("/v1/track", "", "{\"writeKey\":\"wk_test\",\"userId\":5,\"event\":\"x\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("\"wrong_type\"", "\"accepted\":0");
        assertThat(collector.post("/v1/batch", "", "{\"batch\":[]}").status()).isEqualTo(401);
    }

    @Test
    void an_overlong_single_event_is_413() throws IOException {
        RawConnection.Answer answer = collector.post("/v1/page", BASIC, "{\"x\":\"" + "y".repeat(200) + "\"}");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.body())
                .isEqualTo("{\"reason\":\"too_large\",\"detail\":\"the body is larger than the 200 bytes allowed\"}");
    }

    @Test
    void a_log_that_takes_nothing_is_503_with_advice() throws IOException {
        collector.unavailable = "the disk is nearly full; free some space";
        RawConnection.Answer answer = collector.post("/v1/page", BASIC, "{}");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("retry-after")).isEqualTo("2");
        assertThat(answer.body())
                .isEqualTo("{\"reason\":\"unavailable\",\"detail\":\"the disk is nearly full; free some space\"}");
        assertThat(collector.counts).doesNotContainKey("accepted web");
    }

    @Test
    void a_write_key_over_its_rate_is_429_until_the_bucket_fills() throws IOException {
        collector.close();
        collector = new TestCollector(
                TestCollector.settings(200, 2000, 10, 6, 2.0), TestCollector.pipeline("web", "wk_demo"));

        assertThat(collector.post("/v1/page", BASIC, "{}").status()).isEqualTo(200);
        assertThat(collector
                        .post("/v1/batch", BASIC, "{\"batch\":[{\"type\":\"page\"}]}")
                        .status())
                .isEqualTo(200);
        RawConnection.Answer answer = collector.post("/v1/page", BASIC, "{}");
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("retry-after")).isEqualTo("1");
        assertThat(answer.body()).contains("\"reason\":\"rate_limited\"", "2.0 events a second");

        collector.now.updateAndGet(now -> now.plus(Duration.ofMillis(500)));
        assertThat(collector.post("/v1/page", BASIC, "{}").status()).isEqualTo(200);
    }

    @Test
    void other_methods_and_paths_are_told_in_json() throws IOException {
        RawConnection.Answer get = collector.request("GET", "/v1/track", "");
        assertThat(get.status()).isEqualTo(405);
        assertThat(get.header("allow")).isEqualTo("POST, OPTIONS");
        assertThat(get.body())
                .isEqualTo(
                        "{\"reason\":\"method_not_allowed\",\"detail\":\"this route answers POST, OPTIONS, not this method\"}");

        RawConnection.Answer lost = collector.request("GET", "/v1/nothing", "");
        assertThat(lost.status()).isEqualTo(404);
        assertThat(lost.body()).contains("\"reason\":\"not_found\"");
    }

    @Test
    void health_is_live_always_and_ready_when_it_is() throws IOException {
        assertThat(collector.request("GET", "/health/live", "").status()).isEqualTo(200);
        assertThat(collector.request("GET", "/health/ready/", "").body()).isEqualTo("{\"status\":\"up\"}");
        collector.ready = false;
        assertThat(collector.request("GET", "/health/live", "").status()).isEqualTo(200);
        assertThat(collector.request("GET", "/health/ready", "").status()).isEqualTo(503);
        assertThat(collector.counts).isEmpty();
    }
}
