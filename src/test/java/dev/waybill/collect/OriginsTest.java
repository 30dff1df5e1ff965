package dev.waybill.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class OriginsTest {
    private final Origins origins = new Origins(List.of("https://www.example.com", "https://*.example.org"));

    @Test
    void an_origin_is_listed_whatever_its_letter_case() {
        assertThat(origins.list("https://WWW.Example.com")).isTrue();
        assertThat(origins.list("https://a.b.example.org")).isTrue();
        assertThat(origins.list("https://example.org")).isFalse();
        assertThat(origins.list("null")).isFalse();
    }

    @Test
    void an_origin_longer_than_any_host_is_not_listed_and_takes_no_time() {
        String hostile = "https://" + "Σ".repeat(32_000) + ".example.org";

        Assertions.assertTimeout(Duration.ofSeconds(2), () -> origins.list(hostile));
        assertThat(origins.list(hostile)).isFalse();
    }
}
