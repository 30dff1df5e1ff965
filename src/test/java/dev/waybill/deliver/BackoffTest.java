package dev.waybill.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LongSummaryStatistics;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 4", "5, 16", "9, 256", "10, 300", "11, 300", "1000000, 300", "2147483647, 300"})
    void a_wait_is_anywhere_between_nothing_and_the_ceiling(int attempt, long ceilingSeconds) {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        LongSummaryStatistics waits = LongStream.range(0, 20_000)
                .map(_ -> Backoff.delay(attempt, random).toMillis())
                .summaryStatistics();

        long ceiling = ceilingSeconds * 1000;
        assertThat(waits.getMin()).as("seed %d", seed).isBetween(0L, ceiling / 100);
        assertThat(waits.getMax()).as("seed %d", seed).isBetween(ceiling * 99 / 100, ceiling);
        assertThat(waits.getAverage()).as("seed %d", seed).isBetween(ceiling * 0.47, ceiling * 0.53);
    }

    @Test
    void attempts_count_from_1() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backoff.delay(0, new SplittableRandom(1)))
                .withMessage("attempt is 0, but attempts count from 1");
    }
}
