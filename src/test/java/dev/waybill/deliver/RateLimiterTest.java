package dev.waybill.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimiterTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void unlimited_never_waits() {
        RateLimiter limiter = new RateLimiter(Double.POSITIVE_INFINITY, 0);
        for (int i = 0; i < 1_000_000; i++) {
            assertThat(limiter.nanosUntilPermit(0)).isZero();
            limiter.take(0);
        }
    }

    @Test
    void a_burst_is_a_tenth_of_a_seconds_worth_and_then_permits_come_one_by_one() {
        RateLimiter limiter = new RateLimiter(100, 0);
        for (int i = 0; i < 10; i++) {
            limiter.take(0);
        }
        assertThat(limiter.nanosUntilPermit(0)).isBetween(9_999_000L, 10_000_000L);
        limiter.take(10_000_000);
        assertThat(limiter.nanosUntilPermit(10_000_000)).isPositive();
    }

    @Test
    void a_slow_rate_has_a_burst_of_one() {
        RateLimiter limiter = new RateLimiter(0.5, 0);
        limiter.take(0);
        assertThat(limiter.nanosUntilPermit(0)).isBetween(SECOND * 19 / 10, 2 * SECOND);
        // A long rest saves up no more than the burst.
        limiter.take(3600 * SECOND);
        assertThat(limiter.nanosUntilPermit(3600 * SECOND)).isPositive();
    }

    @Test
    void a_permit_that_is_not_there_cannot_be_taken() {
        RateLimiter limiter = new RateLimiter(1, 0);
        limiter.take(0);
        assertThatIllegalStateException().isThrownBy(() -> limiter.take(1));
    }

    @Test
    void a_clock_that_stands_still_or_goes_back_gives_nothing() {
        RateLimiter limiter = new RateLimiter(1, SECOND);
        limiter.take(SECOND);
        assertThat(limiter.nanosUntilPermit(0)).isPositive();
        assertThat(limiter.nanosUntilPermit(SECOND)).isPositive();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.NEGATIVE_INFINITY})
    void a_rate_must_be_above_zero(double rate) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RateLimiter(rate, 0))
                .withMessage("ratePerSecond is " + rate + ", but must be above 0");
    }

    @RepeatedTest(100)
    void no_window_holds_more_than_rate_and_burst_and_waiting_as_told_is_enough() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        double rate = Math.pow(10, random.nextDouble(-1, 5));
        double burst = Math.max(1, rate / 10);
        long start = random.nextLong();
        RateLimiter limiter = new RateLimiter(rate, start);
        long now = start;
        int taken = 0;
        for (int step = 0; step < 5_000; step++) {
            long wait = limiter.nanosUntilPermit(now);
            if (wait > 0 && random.nextBoolean()) {
                // Waking early gets nothing.
                now += random.nextLong(wait);
                continue;
            }
            now += wait;
            assertThat(limiter.nanosUntilPermit(now))
                    .as("seed %d step %d", seed, step)
                    .isZero();
            limiter.take(now);
            taken++;
            double allowed = burst + (now - start) / 1e9 * rate;
            assertThat((double) taken)
                    .as("seed %d step %d rate %f", seed, step, rate)
                    .isLessThanOrEqualTo(allowed * 1.00001 + 0.01);
        }
        // Nor fewer, while there always is somebody to take one.
        assertThat((double) taken).as("seed %d", seed).isGreaterThan((now - start) / 1e9 * rate * 0.99);
    }
}
