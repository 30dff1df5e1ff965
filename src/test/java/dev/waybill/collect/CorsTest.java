package dev.waybill.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.http.RawConnection;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which web pages may send, and what their browsers are told.
class CorsTest {
    private TestCollector collector = new TestCollector(
            TestCollector.pipeline("closed", "wk_closed", "https://www.example.com", "https://*.shop.example"),
            TestCollector.pipeline("open", "wk_open"));

    @AfterEach
    void stop() {
        collector.close();
    }

    @ParameterizedTest
    @CsvSource({
        "wk_closed, https://www.example.com,       200, true",
        "wk_closed, HTTPS://WWW.example.com,       200, true",
        "wk_closed, https://a.shop.example,        200, true",
        "wk_closed, https://a.b.shop.example,      200, true",
        "wk_closed, https://shop.example,          403, false",
        "wk_closed, https://xshop.example,         403, false",
        "wk_closed, http://a.shop.example,         403, false",
        "wk_closed, https://a.shop.example:8443,   403, false",
        "wk_closed, https://evil/.shop.example,    403, false",
        "wk_closed, https://.shop.example.evil,    403, false",
        "wk_closed, https://www.example.com.evil,  403, false",
        "wk_closed, http://www.example.com,        403, false",
        "wk_closed, null,                          403, false",
        "wk_open,   https://anything.example,      200, false",
        "wk_open,   null,                          200, false",
    })
    void an_origin_is_echoed_and_held_to_its_pipeline(String key, String origin, int status, boolean credentials)
            throws IOException {
        RawConnection.Answer answer = collector.post("/v1/page?writeKey=" + key, "Origin: " + origin + "\r\n", "{}");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("access-control-allow-origin")).isEqualTo(origin);
        assertThat(answer.header("access-control-allow-credentials")).isEqualTo(credentials ? "true" : "");
        assertThat(answer.header("vary")).isEqualTo("Origin");
        assertThat(collector.records).hasSize(status == 200 ? 1 : 0);
    }

    @Test
    void a_foreign_origin_is_refused_also_when_the_key_stands_in_the_body() throws IOException {
        RawConnection.Answer answer =
                collector.post("/v1/page", "Origin: https://evil.example\r\n", "{\"writeKey\":\"wk_closed\"}");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body())
                .isEqualTo("{\"reason\":\"foreign_origin\",\"detail\":"
                        + "\"this web origin may not send; list it under origins of the pipeline\"}");
        assertThat(collector.records).isEmpty();
    }

    @Test
    void a_sender_that_is_no_browser_passes() throws IOException {
        RawConnection.Answer answer = collector.post("/v1/page?writeKey=wk_closed", "", "{}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("access-control-allow-origin")).isEmpty();
    }

    @Test
    void a_page_may_read_its_errors() throws IOException {
        String origin = "Origin: https://www.example.com\r\n";

        for (String body : new String[] {"[]", "{\"a\":\"" + "x".repeat(40_000) + "\"}"}) {
            RawConnection.Answer answer = collector.post("/v1/page?writeKey=wk_closed", origin, body);
            assertThat(answer.status()).isBetween(400, 413);
            assertThat(answer.header("access-control-allow-origin")).isEqualTo("https://www.example.com");
            assertThat(answer.header("access-control-allow-credentials")).isEqualTo("true");
        }
        assertThat(collector.post("/v1/page", origin, "{}").header("access-control-allow-origin"))
                .isEqualTo("https://www.example.com");
    }

    @Test
    void a_preflight_of_a_listed_origin_allows_cookies() throws IOException {
        RawConnection.Answer answer = preflight("https://www.example.com");

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("access-control-allow-origin")).isEqualTo("https://www.example.com");
        assertThat(answer.header("access-control-allow-credentials")).isEqualTo("true");
        assertThat(answer.header("access-control-allow-methods")).contains("POST");
        assertThat(answer.header("access-control-allow-headers"))
                .isEqualTo(
                        "authorization, content-type, x-retry-count, anonymousid, sentat, rsa-recovered, rsa-retry-attempt,"
                                + " rsa-retry-reason, rsa-since-first-attempt, rsa-since-last-attempt");
        assertThat(answer.header("access-control-max-age")).isEqualTo("7200");
    }

    @Test
    void a_preflight_of_any_origin_passes_where_a_pipeline_is_open() throws IOException {
        RawConnection.Answer answer = preflight("https://elsewhere.example");

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("access-control-allow-credentials")).isEmpty();
    }

    @Test
    void a_preflight_that_no_pipeline_would_take_is_refused() throws IOException {
        collector.close();
        collector = new TestCollector(TestCollector.pipeline("closed", "wk_closed", "https://www.example.com"));

        assertThat(preflight("https://elsewhere.example").status()).isEqualTo(403);
        assertThat(preflight("null").status()).isEqualTo(403);
        assertThat(preflight("https://www.example.com").status()).isEqualTo(204);
    }

    private RawConnection.Answer preflight(String origin) throws IOException {
        return collector.request(
                "OPTIONS",
                "/v1/t",
                "Origin: " + origin + "\r\nAccess-Control-Request-Method: POST\r\n"
                        + "Access-Control-Request-Headers: authorization\r\n");
    }
}
