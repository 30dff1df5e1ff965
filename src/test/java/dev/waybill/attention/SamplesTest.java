package dev.waybill.attention;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SamplesTest {
    private static final long MINUTE = 60_000;

    private final Samples samples = new Samples();

    private static Samples.Sample at(long minute, long pending) {
        return new Samples.Sample(minute * MINUTE, pending, minute, 10 * minute, 100 * minute);
    }

    @Test
    void without_samples_nothing_is_known() {
        assertThat(samples.trend(at(0, 500))).isEqualTo(Samples.Trend.NONE);
        assertThat(samples.due(0)).isTrue();
    }

    @Test
    void a_backlog_drains_by_what_it_shrank_in_five_minutes() {
        for (int minute = 0; minute < 10; minute++) {
            samples.add(at(minute, 10_000 - 600L * minute));
        }
        Samples.Trend trend = samples.trend(at(10, 4_000));
        assertThat(trend.drainPerSecond()).isEqualTo(10);
        assertThat(trend.fiveMinutesAgo()).isEqualTo(7_000);
        assertThat(trend.tenMinutesAgo()).isEqualTo(10_000);
        assertThat(trend.known()).isEqualTo(10 * MINUTE);
    }

    @Test
    void counts_are_those_of_the_last_hour() {
        for (int minute = 0; minute < 500; minute++) {
            samples.add(at(minute, 0));
        }
        Samples.Trend trend = samples.trend(at(500, 0));
        assertThat(trend.known()).isEqualTo(61 * MINUTE);
        assertThat(trend.silent()).isEqualTo(61);
        assertThat(trend.heard()).isEqualTo(610);
        assertThat(trend.trimmed()).isEqualTo(6100);
    }

    @Test
    void a_clock_that_was_set_back_begins_anew() {
        samples.add(at(500, 7));
        assertThat(samples.due(400 * MINUTE)).isTrue();
        samples.add(at(400, 9));
        assertThat(samples.trend(at(402, 9)).known()).isEqualTo(2 * MINUTE);
    }

    @Test
    void one_sample_a_minute_is_enough() {
        samples.add(at(1, 0));
        assertThat(samples.due(MINUTE + 59_999)).isFalse();
        assertThat(samples.due(2 * MINUTE)).isTrue();
    }
}
