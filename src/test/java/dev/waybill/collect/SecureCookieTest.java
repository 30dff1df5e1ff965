package dev.waybill.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.http.RawConnection;
import dev.waybill.workspace.Settings;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where the identifier's cookies are kept from plain HTTP.
class SecureCookieTest {
    private static final String PUID = "efaa6e95-8f9e-25bf-d0ec-6bbbcf92ce59";
    private static final String PAGE = "Origin: https://www.example.com\r\n";

    private final TestCollector collector =
            new TestCollector(TestCollector.pipeline("closed", "wk_closed", "https://www.example.com"));

    @AfterEach
    void stop() {
        collector.close();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:8080, false",
        "collect.shop.localhost:8080, false",
        "127.0.0.1:8080, false",
        "[::1]:8080, false",
        "collect.example.com, true",
        "localhost.example.com, true",
        "127.0.0.1.example.com, true",
    })
    void the_cookie_is_secure_but_on_plain_loopback(String host, boolean secure) throws IOException {
        assertThat(areSecure(host, "")).isEqualTo(secure);
    }

    /// Whether both cookies are kept from plain HTTP, by the `Host` that the collector sees.
    private boolean areSecure(String host, String headers) throws IOException {
        try (RawConnection connection = collector.connect()) {
            String body = "{\"puid\":\"" + PUID + "\",\"anonymousId\":\"a-1\"}";
            String cookies = connection
                    .send("POST /v1/identity/kargo?writeKey=wk_closed HTTP/1.1\r\nHost: " + host + "\r\n" + headers
                            + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                    .answer()
                    .header("set-cookie");
            assertThat(cookies).contains("wb_kargo=" + PUID, "wb_kargo_s=ok.");
            assertThat(cookies.split("; Secure", -1).length).isIn(1, 3);
            return cookies.contains("; Secure");
        }
    }

    @Test
    void the_cookie_is_secure_on_an_https_page_whose_proxy_forwards_no_host() throws IOException {
        assertThat(areSecure("127.0.0.1:28080", PAGE)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"https://collect.example.com, true", "HTTPS://collect.example.com, true", "http://localhost:8080, false"
    })
    void the_cookie_is_secure_where_browsers_reach_the_collector_by_https_whatever_host_its_proxy_names(
            String publicUrl, boolean secure) throws IOException {
        collector.workspace.set(TestCollector.workspace(
                TestCollector.settings(publicUrl, Settings.DEFAULT.trustedProxies()),
                TestCollector.pipeline("closed", "wk_closed", "https://www.example.com")));

        assertThat(areSecure("127.0.0.1:28080", "")).isEqualTo(secure);
    }
}
