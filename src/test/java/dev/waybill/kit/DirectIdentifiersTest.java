package dev.waybill.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class DirectIdentifiersTest {
    @Test
    void keys_are_told_whatever_their_letter_case_and_separators() {
        for (String key : List.of("email", "E-Mail", "first name", "_Date_Of_Birth_", "POSTAL-ADDRESS", "S S N")) {
            assertThat(DirectIdentifiers.looksDirect(key)).as(key).isTrue();
        }
        for (String key : List.of("", "plan", "emails", "postaladdressx", "éemail")) {
            assertThat(DirectIdentifiers.looksDirect(key)).as(key).isFalse();
        }
    }

    @Test
    void a_key_of_sigmas_takes_no_time() {
        Assertions.assertTimeout(Duration.ofSeconds(2), () -> DirectIdentifiers.looksDirect("Σ".repeat(32_000)));
    }
}
