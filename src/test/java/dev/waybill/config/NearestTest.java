package dev.waybill.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class NearestTest {
    @Test
    void a_slip_finds_its_word_and_other_words_find_none() {
        List<String> known = List.of("live", "shadow", "Order Completed");

        assertThat(Nearest.of("shadwo", known)).contains("shadow");
        assertThat(Nearest.of("ORDER COMPLETE", known)).contains("Order Completed");
        assertThat(Nearest.of("lvie", known)).contains("live");
        assertThat(Nearest.of("x", known)).isEmpty();
        assertThat(Nearest.of("", known)).isEmpty();
        assertThat(Nearest.of("off", known)).isEmpty();
    }

    @Test
    void a_long_text_is_not_worked_on() {
        String hostile = "Σ".repeat(100_000);

        Assertions.assertTimeout(
                Duration.ofSeconds(2),
                () -> assertThat(Nearest.of(hostile, List.of("live", "Σ".repeat(100))))
                        .isEmpty());
    }
}
