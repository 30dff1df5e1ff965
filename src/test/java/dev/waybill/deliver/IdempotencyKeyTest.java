package dev.waybill.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {
    @ParameterizedTest
    @ValueSource(strings = {"m", "!~", "ajs-next-1700000000000-4a7c"})
    void visible_ascii_is_sent_as_it_is(String key) {
        assertThat(IdempotencyKey.headerValue(key)).isEqualTo(key);
        assertThat(IdempotencyKey.headerValue("k".repeat(255))).hasSize(255);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\r\nx: y", "a\u007f", "é", "😀"})
    void anything_else_is_sent_as_its_hash(String key) {
        assertThat(IdempotencyKey.headerValue(key)).matches("[0-9a-f]{64}");
    }

    @Test
    void the_hash_is_sha_256_of_the_utf_8_bytes() {
        assertThat(IdempotencyKey.headerValue("é"))
                .isEqualTo("4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c");
        assertThat(IdempotencyKey.headerValue("k".repeat(256))).hasSize(64);
    }
}
