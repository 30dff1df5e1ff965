package dev.waybill.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.bench.Figure.Target;
import org.junit.jupiter.api.Test;

class FigureTest {
    @Test
    void a_line_says_median_range_and_that_the_target_is_met() {
        Figure figure = Figure.of("collect", "events/s", Target.atLeast(13_000), 14_000, 12_000, 15_000);
        assertThat(figure.line().replaceAll(" {2,}", " | "))
                .isEqualTo("collect | 14,000 events/s | 12,000–15,000 | ≥ 13,000 | met");
    }

    @Test
    void a_missed_target_stands_out() {
        Figure figure = Figure.of("answer, p99", "ms", Target.atMost(20), 19, 21, 31, 18.5);
        assertThat(figure.median()).isEqualTo(20);
        assertThat(figure.line()).endsWith("≤ 20.00  met");
        assertThat(Figure.of("answer, p99", "ms", Target.atMost(20), 20.01).line())
                .endsWith("≤ 20.00  MISSED");
    }

    @Test
    void a_figure_of_one_round_has_no_range_and_one_without_a_target_no_verdict() {
        assertThat(Figure.of("memory", "MB", null, 240).line().replaceAll(" {2,}", " | "))
                .isEqualTo("memory | 240 MB");
    }
}
