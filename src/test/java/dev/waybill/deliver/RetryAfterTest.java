package dev.waybill.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:49:00Z");

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "120, 120",
        "' 120 ', 120",
        "0, 1",
        "3600, 3600",
        "3601, 3600",
        "99999999999999999999999, 3600",
        "000000000000000000000005, 5"
    })
    void seconds_are_taken_within_their_bounds(String value, long seconds) {
        assertThat(RetryAfter.parse(value, NOW)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Mon, 23 Nov 2026 08:49:37 GMT", "Monday, 23-Nov-26 08:49:37 GMT", "Mon Nov 23 08:49:37 2026"})
    void each_form_of_date_is_taken(String value) {
        assertThat(RetryAfter.parse(value, NOW)).contains(Duration.ofSeconds(37));
    }

    @Test
    void a_day_of_one_digit_is_padded_with_a_space_in_the_oldest_form() {
        Instant now = Instant.parse("2026-11-06T08:49:00Z");
        assertThat(RetryAfter.parse("Fri Nov  6 08:49:37 2026", now)).contains(Duration.ofSeconds(37));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"})
    void a_date_in_the_past_is_a_second(String value) {
        assertThat(RetryAfter.parse(value, NOW)).contains(Duration.ofSeconds(1));
    }

    @Test
    void a_date_far_ahead_is_an_hour() {
        assertThat(RetryAfter.parse("Wed, 23 Nov 2033 08:49:37 GMT", NOW)).contains(Duration.ofHours(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-5",
                "+5",
                "1.5",
                "1e3",
                "5s",
                "soon",
                "٣",
                "2026-11-23T08:49:37Z",
                "Tue, 23 Nov 2026 08:49:37 GMT",
                "Mon, 23 Nov 2026 08:49:37 CET",
                "Mon, 31 Feb 2026 08:49:37 GMT",
                "00000000000000000000000000000000000000000000000000000000000000000005"
            })
    void junk_is_nothing(String value) {
        assertThat(RetryAfter.parse(value, NOW)).isEmpty();
    }
}
