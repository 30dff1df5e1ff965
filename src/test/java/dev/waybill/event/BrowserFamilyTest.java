package dev.waybill.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrowserFamilyTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Safari  | Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15
            Safari  | Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1
            Chrome  | Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36
            Chrome  | Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0 Mobile/15E148 Safari/604.1
            Edge    | Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0
            Edge    | Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 EdgiOS/142.0 Mobile/15E148 Safari/604.1
            Firefox | Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0
            Firefox | Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/145.0 Mobile/15E148 Safari/605.1.15
            Samsung | Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36
            other   | Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 OPR/124.0.0.0
            other   | curl/8.5.0
            other   | Version/1 of something
            """)
    void browsers_are_told_apart_by_what_they_call_themselves(String family, String userAgent) {
        assertThat(BrowserFamily.ofUserAgent(userAgent).text()).isEqualTo(family);
    }

    @Test
    void an_event_without_a_user_agent_or_with_an_odd_one_is_of_no_browser() {
        for (String context :
                new String[] {"{}", "{\"userAgent\":null}", "{\"userAgent\":7}", "{\"userAgent\":\"\"}"}) {
            JsonObject json = (JsonObject) JsonText.read("{\"context\":" + context + "}");
            Event event = new Event(EventType.TRACK, "m", 0, false, null, json);
            assertThat(BrowserFamily.of(event)).isEqualTo(BrowserFamily.OTHER);
        }
    }

    @Test
    void only_the_beginning_of_a_long_one_is_looked_at() {
        assertThat(BrowserFamily.ofUserAgent("x".repeat(1_000_000) + " Firefox/145.0"))
                .isEqualTo(BrowserFamily.OTHER);
        assertThat(BrowserFamily.ofUserAgent("Firefox/145.0" + "x".repeat(1_000_000)))
                .isEqualTo(BrowserFamily.FIREFOX);
    }

    @Test
    void the_words_are_those_of_the_api() {
        assertThat(BrowserFamily.words()).containsExactly("Edge", "Samsung", "Firefox", "Chrome", "Safari", "other");
    }
}
