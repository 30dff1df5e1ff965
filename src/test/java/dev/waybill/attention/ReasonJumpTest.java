package dev.waybill.attention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.ledger.LaneSeries;
import dev.waybill.outcome.Reason;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReasonJumpTest {
    private static Tallies tallies(long delivered, Map<Reason, Long> reasons) {
        Tallies tallies = new Tallies();
        tallies.add(LaneSeries.DELIVERED, delivered);
        reasons.forEach((reason, count) -> tallies.add(reason.code(), count));
        return tallies;
    }

    private static Tallies missing(long of, long count) {
        return tallies(of - count, Map.of(Reason.MISSING_IDENTITY, count));
    }

    private static Past past(Tallies day, Tallies yesterday) {
        return new Past(day, yesterday, Map.of(), Set.of(), true, Set.of());
    }

    private static boolean jumps(Tallies now, Tallies day) {
        return !ReasonJump.of(now, past(day, new Tallies())).isEmpty();
    }

    @Test
    void a_share_that_rises_far_is_a_jump() {
        assertThat(ReasonJump.of(missing(1000, 400), past(missing(50_000, 5_000), new Tallies())))
                .singleElement()
                .satisfies(jump -> {
                    assertThat(jump.reason()).isEqualTo(Reason.MISSING_IDENTITY);
                    assertThat(jump.now().share()).isEqualTo(0.4);
                    assertThat(jump.before().share()).isEqualTo(0.1);
                });
    }

    @Test
    void a_share_that_did_not_double_or_rose_by_few_points_is_none() {
        assertThat(jumps(missing(10_000, 1_800), missing(50_000, 5_000))).isFalse();
        assertThat(jumps(missing(10_000, 400), missing(50_000, 500))).isFalse();
        assertThat(jumps(missing(10_000, 700), missing(50_000, 500))).isTrue();
    }

    @Test
    void fifty_events_that_all_fail_are_a_jump_and_fewer_are_none() {
        assertThat(jumps(missing(50, 50), missing(500, 5))).isTrue();
        assertThat(jumps(missing(49, 49), missing(500, 5))).isFalse();
        assertThat(jumps(missing(50, 50), missing(199, 0))).isFalse();
    }

    @Test
    void twenty_of_a_hundred_by_chance_are_none() {
        assertThat(jumps(missing(100, 20), missing(500, 25))).isFalse();
        assertThat(jumps(missing(1000, 200), missing(5000, 250))).isTrue();
    }

    @Test
    void what_rises_at_this_time_every_day_is_none() {
        Tallies now = missing(1000, 400);
        Tallies day = missing(50_000, 5_000);
        assertThat(ReasonJump.of(now, past(day, missing(2_000, 760)))).isEmpty();
        assertThat(ReasonJump.of(now, past(day, missing(2_000, 200)))).hasSize(1);
        assertThat(ReasonJump.of(now, past(day, missing(20, 15)))).hasSize(1);
    }

    @Test
    void what_somebody_chose_is_none() {
        assertThat(jumps(tallies(0, Map.of(Reason.SHADOW, 1000L)), missing(50_000, 0)))
                .isFalse();
        assertThat(jumps(tallies(0, Map.of(Reason.LANE_DISABLED, 1000L)), missing(50_000, 0)))
                .isFalse();
    }

    @Test
    void the_widest_jump_comes_first() {
        Tallies now = tallies(300, Map.of(Reason.EXPIRED, 200L, Reason.CONSENT_DENIED, 500L));
        assertThat(ReasonJump.of(now, past(missing(50_000, 0), new Tallies())))
                .extracting(ReasonJump::reason)
                .containsExactly(Reason.CONSENT_DENIED, Reason.EXPIRED);
    }

    /// Visitors bring a handful of events each, all with or without an identifier, in numbers from very few to many.
    @Test
    void steady_traffic_of_any_size_hardly_ever_raises_an_alarm() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int alarms = 0;
        for (int trial = 0; trial < 20_000; trial++) {
            double share = random.nextDouble() * 0.5;
            int visitors = 1 + random.nextInt(trial % 2 == 0 ? 20 : 1000);
            Tallies now = visits(random, visitors, share);
            Tallies day = visits(random, visitors * (5 + random.nextInt(40)), share);
            alarms += ReasonJump.of(now, past(day, new Tallies())).size();
        }
        // Measured: 2 in about 157,000 windows of ten minutes.
        assertThat(alarms).as("seed %d", seed).isLessThanOrEqualTo(4);
    }

    private static Tallies visits(Random random, int visitors, double share) {
        long all = 0;
        long missing = 0;
        for (int visitor = 0; visitor < visitors; visitor++) {
            int events = 1 + random.nextInt(9);
            all += events;
            missing += random.nextDouble() < share ? events : 0;
        }
        return missing(all, missing);
    }
}
