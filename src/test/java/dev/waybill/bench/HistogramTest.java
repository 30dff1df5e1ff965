package dev.waybill.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class HistogramTest {
    @Test
    void any_percentile_is_true_within_two_percent() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        Histogram histogram = new Histogram();
        long[] values = new long[20_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = (long) Math.exp(random.nextDouble(2, 24));
            histogram.record(values[i]);
        }
        Arrays.sort(values);
        for (double share : new double[] {0.01, 0.5, 0.9, 0.99, 0.999, 1}) {
            double exact = values[(int) Math.ceil(values.length * share) - 1] / 1e6;
            assertThat(histogram.millis(share))
                    .as("seed %d, share %s", seed, share)
                    .isCloseTo(exact, Percentage.withPercentage(2));
        }
        assertThat(histogram.count()).isEqualTo(values.length);
    }

    @Test
    void it_takes_the_smallest_and_the_largest_duration() {
        Histogram histogram = new Histogram();
        histogram.record(-5);
        histogram.record(0);
        histogram.record(Long.MAX_VALUE);
        assertThat(histogram.millis(0.5)).isZero();
        assertThat(histogram.millis(1)).isEqualTo(Long.MAX_VALUE / 1e6);
    }

    @Test
    void an_empty_one_says_zero() {
        assertThat(new Histogram().millis(0.99)).isZero();
    }

    @Test
    void adding_another_counts_both() {
        Histogram one = new Histogram();
        one.record(1_000_000);
        Histogram two = new Histogram();
        two.record(9_000_000);
        one.add(two);
        assertThat(one.count()).isEqualTo(2);
        assertThat(one.millis(1)).isEqualTo(9);
    }
}
