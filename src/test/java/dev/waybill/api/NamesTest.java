package dev.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the API tells of names that nothing maps and of keys that were trimmed.
class NamesTest {
    private static TestServer server;

    @BeforeAll
    static void nine_events(@TempDir Path directory) throws Exception {
        server = new TestServer(directory);
        for (int i = 0; i < 3; i++) {
            server.track("m-a" + i, "Order Complete", "u-1", "{}");
        }
        server.track("m-b", "Something Else Entirely", "u-1", "{}");
        server.track("m-c", "Other", "u-1", "{}");
        for (int i = 0; i < 2; i++) {
            server.track(
                    "m-d" + i, "Product Viewed", "u-1", "{\"note\":\"" + "x".repeat(301) + "\",\"email\":\"a@b.c\"}");
        }
        server.track("m-e", "Order Completed", "u-1", "{\"" + "k".repeat(101) + "\":1}");
        server.track("names", "Order Completed", "u-1", "{\"total\":1}");
        server.awaitDrained(9);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void unmapped_names_are_told_with_counts_and_the_nearest_mapped_name() throws Exception {
        JsonObject lane = lane("");
        assertThat(lane.text("pipeline")).isEqualTo("web");
        assertThat(lane.text("integration")).isEqualTo("kargo-main");
        assertThat(written(lane, "unmapped"))
                .isEqualTo("[{\"event\":\"order_complete\",\"count\":3,\"nearest\":\"order_completed\"},"
                        + "{\"event\":\"something_else_entirely\",\"count\":1,\"nearest\":null}]");
        assertThat(TestServer.number(lane, "unmappedOther")).isEqualTo(1);
    }

    @Test
    void trimmed_keys_are_told_by_event_and_notice_and_what_was_only_noticed_is_not() throws Exception {
        JsonObject lane = lane("?days=1&pipeline=web&integration=kargo-main");
        assertThat(written(lane, "trimmed"))
                .isEqualTo(
                        "[{\"event\":\"product_viewed\",\"keys\":[{\"path\":\"params.note\",\"code\":\"value_truncated\","
                                + "\"count\":2}],\"other\":0},"
                                + "{\"event\":\"order_completed\",\"keys\":[{\"path\":\"params." + "k".repeat(60)
                                + "…\",\"code\":\"key_dropped_too_long\",\"count\":1}],\"other\":0}]");
        assertThat(TestServer.number(lane, "trimmedOther")).isZero();
    }

    @Test
    void it_says_since_when_trimmed_keys_are_counted() throws Exception {
        String since = server.get("/api/events/names").mustBe(200).json().text("since");
        assertThat(Instant.parse(String.valueOf(since))).isBefore(Instant.now());
    }

    @Test
    void an_event_whose_id_is_names_is_found_by_search() throws Exception {
        assertThat(server.get("/api/events?event=order_completed&limit=10")
                        .mustBe(200)
                        .body())
                .contains("\"messageId\":\"names\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "days=0 | days is '0'; a whole number from 1 to 400 is allowed",
                "days=401 | days is '401'; a whole number from 1 to 400 is allowed",
                "pipeline=wib | pipeline is 'wib'; allowed: web. Did you mean 'web'?",
                "day=1 | day is not known here; known: days, integration, pipeline. Did you mean 'days'?",
            })
    void a_wrong_parameter_is_refused(String query, String detail) throws Exception {
        JsonObject answer = server.get("/api/events/names?" + query).mustBe(400).json();
        assertThat(answer.text("reason")).isEqualTo("bad_parameter");
        assertThat(answer.text("detail")).isEqualTo(detail);
    }

    private static String written(JsonObject json, String key) {
        return JsonText.write(Objects.requireNonNull(json.get(key)));
    }

    private static JsonObject lane(String query) throws Exception {
        return server.get("/api/events/names" + query).mustBe(200).list("lanes").getFirst();
    }
}
