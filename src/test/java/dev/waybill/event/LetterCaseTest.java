package dev.waybill.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class LetterCaseTest {
    @Test
    void gives_what_the_jdk_gives() {
        for (String text : List.of(
                "",
                "Product Viewed",
                "ΟΔΟΣ ΣΑΣ, ΣΣ",
                "İstanbul",
                "Straße ŉ ﬁ",
                "😀 𐐀𐐨 \ud83d x",
                "É".repeat(600),
                "😀a".repeat(300))) {
            assertThat(LetterCase.lower(text)).isEqualTo(text.toLowerCase(Locale.ROOT));
            assertThat(LetterCase.upper(text)).isEqualTo(text.toUpperCase(Locale.ROOT));
        }
    }

    @Test
    void every_single_character_is_as_the_jdk_has_it() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            String text = Character.toString(c);
            if (!LetterCase.lower(text).equals(text.toLowerCase(Locale.ROOT))) {
                Assertions.fail("lower case of U+" + Integer.toHexString(c));
            }
        }
    }

    @Test
    void letters_that_the_jdk_is_slow_for_take_no_time() {
        for (String letter : List.of("Σ", "aΣ", "AΣ.", "İ", "ß", "ŉ")) {
            String hostile = letter.repeat(100_000);
            Assertions.assertTimeout(Duration.ofSeconds(2), () -> {
                LetterCase.lower(hostile);
                LetterCase.upper(hostile);
            });
        }
    }

    @Test
    void an_event_name_of_sigmas_takes_no_time() {
        Assertions.assertTimeout(Duration.ofSeconds(2), () -> EventName.normalise("Σ".repeat(100_000)));
    }
}
