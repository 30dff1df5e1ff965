package dev.waybill.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedOriginsTest {
    @Test
    void an_origin_is_matched_exactly() {
        AllowedOrigins origins = AllowedOrigins.of(List.of("https://www.example.com", "http://localhost:8080"));

        assertThat(origins.allows("https://www.example.com")).isTrue();
        assertThat(origins.allows("http://localhost:8080")).isTrue();
        assertThat(origins.allows("http://localhost:8081")).isFalse();
        assertThat(origins.allows("https://example.com")).isFalse();
        assertThat(origins.allows("")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "",
                "www.example.com",
                "https://",
                "https://www.example.com/",
                "https://www.example.com/shop",
                "https://WWW.example.com",
                "https://user@www.example.com",
                "https://www.example.com:443",
                "http://localhost:99999",
                "ftp://www.example.com",
                "https://*.example.com",
                "null"
            })
    void junk_is_refused(String origin) {
        assertThatThrownBy(() -> AllowedOrigins.of(List.of(origin)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'" + origin + "' is no origin: ");
    }

    @Test
    void all_odd_ones_are_told_at_once() {
        assertThatThrownBy(() -> AllowedOrigins.of(List.of("*", "https://a.example", "https://b.example/")))
                .hasMessageContaining("'*' is no origin")
                .hasMessageContaining("'https://b.example/' is no origin: only scheme, host and port belong to it");
    }
}
