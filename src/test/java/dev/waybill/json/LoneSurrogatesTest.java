package dev.waybill.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoneSurrogatesTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "\\ud800, \\ufffd",
                "\\uDC00x, \\ufffdx",
                "\\ud83d\\ude00, \\ud83d\\ude00",
                "\\ud83d\\ud83d\\ude00, \\ufffd\\ud83d\\ude00",
                "\\ud83d\\u0041, \\ufffd\\u0041",
                "\\\\ud800, \\\\ud800",
                "\\\\\\ud800, \\\\\\ufffd",
                "\\ud8, \\ud8",
                "\\ud83d\\, \\ufffd\\",
                "plain, plain",
            })
    void only_lone_escapes_are_replaced(String text, String expected) {
        byte[] fixed = LoneSurrogates.replaced(text.getBytes(UTF_8));

        assertThat(fixed == null ? text : new String(fixed, UTF_8)).isEqualTo(expected);
    }

    @Test
    void a_key_with_a_lone_surrogate_is_read() {
        Json read = JsonText.read("{\"a\\ud800\":\"\\udc00\"}");

        assertThat(JsonText.write(read)).isEqualTo("{\"a\uFFFD\":\"\uFFFD\"}");
    }
}
