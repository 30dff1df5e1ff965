package dev.waybill.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsualTimeTest {
    private static final long YEARS_OF_FOUR_DIGITS = 253_402_300_800_000L;

    @Test
    void reads_any_time_of_a_four_digit_year_as_the_library_does() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            Instant whole = Instant.ofEpochSecond(random.nextLong(YEARS_OF_FOUR_DIGITS / 1000));
            Instant millis = whole.plusMillis(random.nextInt(1, 1000));
            assertThat(UsualTime.instant(whole.toString())).as("seed %d", seed).isEqualTo(whole);
            assertThat(UsualTime.instant(millis.toString())).as("seed %d", seed).isEqualTo(millis);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-30T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-01-01T24:00:00Z",
                "2026-01-01T00:60:00Z",
                "2026-01-01T00:00:60Z",
                "2026-01-01 00:00:00Z",
                "2026-01-01T00:00:00z",
                "2026-01-01T00:00:00.1Z",
                "2026-01-01T00:00:00+02:00",
                "2026-01-01T00:00:00.١٢٣Z",
                "",
            })
    void leaves_every_other_text_to_the_formatter(String text) {
        assertThat(UsualTime.instant(text)).isNull();
    }
}
