package dev.waybill.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.http.RawConnection;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What analytics-next and RudderStack's browser SDK need to start.
class SdkSettingsTest {
    private final TestCollector collector = new TestCollector(
            TestCollector.pipeline("web", "wk_web", "https://www.example.com"),
            TestCollector.pipeline("open", "wk_open"));

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void analytics_next_is_sent_here_with_its_key_and_cookies() throws IOException {
        RawConnection.Answer answer =
                collector.request("GET", "/v1/projects/wk_web/settings", "Origin: https://www.example.com\r\n");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("access-control-allow-origin")).isEqualTo("https://www.example.com");
        assertThat(answer.body())
                .contains("\"Segment.io\":{\"apiKey\":\"wk_web\",\"apiHost\":\"t:1/v1\",\"protocol\":\"http\"")
                .contains("\"deliveryStrategy\":{\"strategy\":\"standard\",\"config\":{\"credentials\":\"include\"}}")
                .contains("\"metrics\":{\"sampleRate\":0}");
    }

    @Test
    void an_open_pipeline_asks_for_no_cookies() throws IOException {
        assertThat(collector
                        .request("GET", "/v1/projects/wk_open/settings/", "")
                        .body())
                .contains("\"apiKey\":\"wk_open\"")
                .doesNotContain("credentials");
    }

    @Test
    void what_names_the_host_that_was_asked_for_is_kept_by_no_cache() throws IOException {
        for (String path : new String[] {"/v1/projects/wk_open/settings", "/sourceConfig/?writeKey=wk_open"}) {
            assertThat(collector.request("GET", path, "").header("cache-control"))
                    .as(path)
                    .isEqualTo("no-store");
        }
    }

    @Test
    void rudderstack_finds_a_source() throws IOException {
        RawConnection.Answer answer = collector.request("GET", "/sourceConfig/?p=npm&v=3&writeKey=wk_open", "");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .startsWith("{\"source\":{\"id\":\"open\"")
                .contains("\"enabled\":true", "\"config\":{", "\"destinations\":[]", "\"url\":\"http://t:1\"");
        assertThat(collector
                        .request("GET", "/sourceConfig", "Authorization: Basic d2tfb3Blbjo=\r\n")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void an_unknown_key_and_a_foreign_origin_are_refused() throws IOException {
        assertThat(collector.request("GET", "/v1/projects/wk_x/settings", "").status())
                .isEqualTo(401);
        assertThat(collector.request("GET", "/sourceConfig/", "").status()).isEqualTo(401);
        assertThat(collector
                        .request("GET", "/v1/projects/wk_web/settings", "Origin: https://evil.example\r\n")
                        .status())
                .isEqualTo(403);
        assertThat(collector.request("GET", "/v1/projects//settings", "").status())
                .isEqualTo(404);
    }
}
