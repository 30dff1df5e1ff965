package dev.waybill.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    private static final long NOON = 1_795_521_600_000L;
    private static final long MINUTE = 60_000;

    private final Latencies latencies = new Latencies();

    @Test
    void every_bucket_ends_where_the_next_begins() {
        for (int bucket = 0; bucket < 200; bucket++) {
            long end = Latencies.upperEnd(bucket);
            assertThat(Latencies.bucket(end)).isEqualTo(bucket);
            assertThat(Latencies.bucket(end + 1)).isEqualTo(bucket + 1);
        }
        assertThat(Latencies.bucket(-5)).isZero();
        assertThat(Latencies.bucket(Long.MAX_VALUE)).isEqualTo(Latencies.bucket(1L << 40));
    }

    @Test
    void quantiles_are_at_most_an_eighth_above_the_truth() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long[] all = new long[10_000];
        for (int i = 0; i < all.length; i++) {
            all[i] = (long) Math.exp(random.nextDouble() * 18);
            latencies.add(all[i], NOON);
        }
        Arrays.sort(all);
        Latencies.Quantiles found = latencies.of(Window.HOUR, NOON).orElseThrow();
        assertThat(found.count()).isEqualTo(10_000);
        assertThat(found.p50()).as("seed " + seed).isBetween(all[4_999], all[4_999] * 9 / 8 + 1);
        assertThat(found.p99()).as("seed " + seed).isBetween(all[9_899], all[9_899] * 9 / 8 + 1);
    }

    @Test
    void one_event_is_both_quantiles() {
        latencies.add(5, NOON);
        assertThat(latencies.of(Window.HOUR, NOON)).contains(new Latencies.Quantiles(1, 5, 5));
    }

    @Test
    void what_ended_before_the_window_no_longer_counts() {
        latencies.add(5, NOON);
        assertThat(latencies.of(Window.HOUR, NOON + 59 * MINUTE)).isPresent();
        assertThat(latencies.of(Window.HOUR, NOON + 61 * MINUTE)).isEmpty();
        assertThat(latencies.of(Window.DAY, NOON + 61 * MINUTE)).isPresent();
        assertThat(latencies.of(Window.DAY, NOON + 25 * 60 * MINUTE)).isEmpty();
        assertThat(latencies.of(Window.MONTH, NOON + 25 * 60 * MINUTE)).isPresent();
        assertThat(latencies.of(Window.MONTH, NOON + 40L * 24 * 60 * MINUTE)).isEmpty();
    }

    @Test
    void a_slot_of_the_ring_is_used_anew_when_its_time_comes_again() {
        latencies.add(5, NOON);
        latencies.add(700, NOON + 60 * MINUTE);
        Latencies.Quantiles found =
                latencies.of(Window.HOUR, NOON + 60 * MINUTE).orElseThrow();
        assertThat(found.count()).isEqualTo(1);
        assertThat(found.p50()).isBetween(700L, 790L);
    }

    @Test
    void before_anything_ended_there_are_none() {
        assertThat(latencies.of(Window.HOUR, NOON)).isEmpty();
    }
}
