package dev.waybill.collect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.event.EventType;
import dev.waybill.http.RawConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The forms in which real SDKs send, and what of them is kept.
class BodyFormsTest {
    private static final String BASIC = "Authorization: Basic d2tfZGVtbzo=\r\n";
    private static final String EVENT = "{\"event\":\"Order  Completed\", \"n\":1.10,\"x_unknown\":{\"ä\":[null]} }";
    private static final String BATCH = "{\"batch\":[ {\"type\":\"track\",\"event\":\"a\"} , {\"type\":\"page\"}]}";

    private final TestCollector collector = new TestCollector(TestCollector.pipeline("web", "wk_demo"));

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void an_event_is_kept_byte_for_byte() throws IOException {
        RawConnection.Answer answer = collector.post("/v1/track", BASIC, EVENT);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"success\":true}");
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(collector.body(0)).isEqualTo(EVENT);
        assertThat(collector.pipelines).containsExactly("web");
        assertThat(collector.records.getFirst().receivedAt()).isEqualTo(TestCollector.NOW.toEpochMilli());
        assertThat(collector.counts).isEqualTo(Map.of("received web track", 1, "accepted web", 1));
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/track,TRACK", "/v1/t/,TRACK", "/v1/page/,PAGE", "/v1/p,PAGE", "/v1/screen,SCREEN", "/v1/s,SCREEN",
        "/v1/identify,IDENTIFY", "/v1/i,IDENTIFY", "/v1/group,GROUP", "/v1/g,GROUP", "/v1/alias,ALIAS", "/v1/a,ALIAS"
    })
    void every_route_of_a_call_names_its_type(String path, EventType type) throws IOException {
        assertThat(collector.post(path, BASIC, EVENT).status()).isEqualTo(200);
        assertThat(collector.records.getFirst().header().type()).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/batch", "/v1/b", "/v1/import/", "/beacon/v1/batch"})
    void every_route_of_a_batch_takes_it_apart(String path) throws IOException {
        assertThat(collector.post(path, BASIC, BATCH).status()).isEqualTo(200);
        assertThat(collector.body(0)).isEqualTo("{\"type\":\"track\",\"event\":\"a\"}");
        assertThat(collector.body(1)).isEqualTo("{\"type\":\"page\"}");
    }

    @Test
    void the_content_type_is_ignored() throws IOException {
        assertThat(collector
                        .post("/v1/t", BASIC + "Content-Type: text/plain\r\n", EVENT)
                        .status())
                .isEqualTo(200);
        assertThat(collector
                        .post("/v1/t", BASIC + "Content-Type: nonsense;;\r\n", EVENT)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void rudderstack_node_sends_gzip_as_a_form() throws IOException {
        String headers = BASIC + "Content-Type: application/x-www-form-urlencoded\r\nContent-Encoding: gzip\r\n";

        assertThat(collector
                        .post("/v1/batch", headers, TestCollector.gzip(BATCH.getBytes(UTF_8)))
                        .status())
                .isEqualTo(200);
        assertThat(collector.records).hasSize(2);
    }

    @Test
    void gzip_is_known_without_its_header() throws IOException {
        assertThat(collector
                        .post("/v1/track", BASIC, TestCollector.gzip(EVENT.getBytes(UTF_8)))
                        .status())
                .isEqualTo(200);
        assertThat(collector.body(0)).isEqualTo(EVENT);
    }

    @Test
    void rudderstack_java_sends_chunked_gzip() throws IOException {
        byte[] packed = TestCollector.gzip(BATCH.getBytes(UTF_8));
        try (RawConnection connection = collector.connect()) {
            connection.send("POST /v1/batch HTTP/1.1\r\nHost: t\r\n" + BASIC
                    + "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n");
            connection.send(chunks(packed, 7));

            assertThat(connection.answer().status()).isEqualTo(200);
        }
        assertThat(collector.records).hasSize(2);
    }

    private static byte[] chunks(byte[] body, int size) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int from = 0; from < body.length; from += size) {
            int length = Math.min(size, body.length - from);
            out.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(ISO_8859_1));
            out.write(body, from, length);
            out.writeBytes("\r\n".getBytes(ISO_8859_1));
        }
        out.writeBytes("0\r\n\r\n".getBytes(ISO_8859_1));
        return out.toByteArray();
    }

    @Test
    void a_client_may_wait_for_the_servers_go() throws IOException {
        try (RawConnection connection = collector.connect()) {
            connection.send("POST /v1/t HTTP/1.1\r\nHost: t\r\n" + BASIC + "Expect: 100-continue\r\nContent-Length: "
                    + EVENT.getBytes(UTF_8).length + "\r\n\r\n");
            assertThat(connection.answer().status()).isEqualTo(100);
            assertThat(connection.send(EVENT).answer().status()).isEqualTo(200);
        }
    }

    @Test
    void the_write_key_is_found_in_header_query_and_body() throws IOException {
        assertThat(collector.post("/v1/page?writeKey=wk_demo", "", "{}").status())
                .isEqualTo(200);
        assertThat(collector.post("/v1/page", "", "{\"writeKey\":\"wk_demo\"}").status())
                .isEqualTo(200);
        assertThat(collector
                        .post("/v1/import/", "", "{\"writeKey\":\"wk_demo\",\"batch\":[]}")
                        .status())
                .isEqualTo(200);
        assertThat(collector
                        .post("/v1/page?writeKey=other", BASIC, "{\"writeKey\":\"third\"}")
                        .status())
                .as("the header comes first")
                .isEqualTo(200);
        assertThat(collector
                        .post("/v1/page?writeKey=other", "", "{\"writeKey\":\"wk_demo\"}")
                        .status())
                .as("the query comes before the body")
                .isEqualTo(401);
        assertThat(collector
                        .post("/v1/page", "Authorization: Bearer x\r\n", "{\"writeKey\":\"wk_demo\"}")
                        .status())
                .as("only Basic names a write key")
                .isEqualTo(200);
    }

    @Test
    void a_batch_lays_its_defaults_beside_each_event() throws IOException {
        collector.post("/v1/batch", BASIC, """
                {"context": {"ip": "\\ud800"},"sentAt":"2026-01-01T00:00:00Z","integrations":{"All":true},
                 "batch":[{"type":"page"}],"extra":[1]}""");

        assertThat(collector.body(0)).isEqualTo("{\"type\":\"page\"}");
        assertThat(collector.records.getFirst().header().batchContext()).isEqualTo("{\"ip\": \"\\ud800\"}");
        assertThat(collector.records.getFirst().header().batchIntegrations()).isEqualTo("{\"All\":true}");
        assertThat(collector.records.getFirst().header().batchSentAt()).isEqualTo("2026-01-01T00:00:00Z");
    }

    @Test
    void the_partition_key_is_the_person_else_the_message() throws IOException {
        collector.post("/v1/page", BASIC, "{\"anonymousId\":\"a\",\"userId\":\"u\",\"messageId\":\"m\"}");
        collector.post("/v1/page", BASIC, "{\"anonymousId\":\"\",\"userId\":\"u\",\"messageId\":\"m\"}");
        collector.post("/v1/page", BASIC, "{\"messageId\":\"m\"}");

        assertThat(collector.records)
                .extracting(record -> record.header().partitionKey())
                .containsExactly("a", "u", "m");
        assertThat(collector.records)
                .extracting(record -> record.header().messageId())
                .containsOnly("m");
    }

    @Test
    void an_absent_or_overlong_message_id_is_replaced() throws IOException {
        collector.post("/v1/page", BASIC, "{}");
        collector.post("/v1/page", BASIC, "{\"messageId\":\"\"}");
        collector.post("/v1/page", BASIC, "{\"messageId\":\"" + "x".repeat(256) + "\"}");
        collector.post("/v1/page", BASIC, "{\"messageId\":\"" + "é".repeat(128) + "\"}");
        collector.post("/v1/page", BASIC, "{\"messageId\":\"" + "é".repeat(127) + "\"}");

        assertThat(collector.records.subList(0, 4))
                .extracting(record -> record.header().messageId())
                .doesNotHaveDuplicates()
                .allMatch(id -> id.length() == 36);
        assertThat(collector.records.get(4).header().messageId()).isEqualTo("é".repeat(127));
    }

    @Test
    void the_opt_out_signal_and_the_kits_cookie_stand_in_the_header() throws IOException {
        collector.post("/v1/page", BASIC + "Sec-GPC: 0\r\nSec-GPC: 1\r\nCookie: a=b; wb_kargo=puid-1; c=d\r\n", "{}");
        collector.post("/v1/page", BASIC + "Sec-GPC: true\r\nCookie: xwb_kargo=no\r\n", "{}");
        collector.post("/v1/page", BASIC + "Cookie: wb_kargo=" + "x".repeat(301) + "\r\n", "{}");

        assertThat(collector.records)
                .extracting(record -> record.header().globalPrivacyControl())
                .containsExactly(true, false, false);
        assertThat(collector.records)
                .extracting(record -> record.header().kitCookies())
                .containsExactly(Map.of("kargo", "puid-1"), Map.of(), Map.of());
    }

    @Test
    void a_page_of_any_website_does_not_bring_the_visitors_cookie() throws IOException {
        collector.post("/v1/page", BASIC + "Origin: https://any.example\r\nCookie: wb_kargo=puid-1\r\n", "{}");

        assertThat(collector.records.getFirst().header().kitCookies()).isEmpty();
    }

    @Test
    void a_replaced_workspace_counts_at_once() throws IOException {
        collector.workspace.set(TestCollector.workspace(
                dev.waybill.workspace.Settings.DEFAULT, TestCollector.pipeline("shop", "wk_new")));

        assertThat(collector.post("/v1/page", BASIC, "{}").status()).isEqualTo(401);
        assertThat(collector.post("/v1/page?writeKey=wk_new", "", "{}").status())
                .isEqualTo(200);
        assertThat(collector.pipelines).containsExactly("shop");
    }
}
