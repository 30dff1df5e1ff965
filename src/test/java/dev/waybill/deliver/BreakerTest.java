package dev.waybill.deliver;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.deliver.Breaker.Permit;
import dev.waybill.deliver.BreakerState.Closed;
import dev.waybill.deliver.BreakerState.HalfOpen;
import dev.waybill.deliver.BreakerState.Open;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private static final long SECOND = 1_000_000_000L;
    /// Near the overflow of a monotone clock, which may start anywhere.
    private static final long START = Long.MAX_VALUE - 3 * SECOND;

    private final Breaker breaker = new Breaker(new SplittableRandom(1));
    private long now = START;

    @Test
    void it_opens_at_the_tenth_failure_in_a_row() {
        for (int i = 1; i < 10; i++) {
            assertThat(breaker.onFailure(permit(), now)).isFalse();
            assertThat(breaker.state()).isEqualTo(new Closed(i));
        }
        assertThat(breaker.onFailure(permit(), now)).isTrue();
        assertThat(breaker.state()).isInstanceOf(Open.class);
        assertThat(breaker.mayAttempt(now)).isFalse();
        assertThat(breaker.permit(now)).isNull();
    }

    @Test
    void sporadic_failures_never_open_it() {
        for (int i = 0; i < 10_000; i++) {
            if (i % 10 == 0) {
                assertThat(breaker.onSuccess(permit())).isFalse();
            } else {
                assertThat(breaker.onFailure(permit(), now)).isFalse();
            }
        }
    }

    @Test
    void of_64_under_way_in_an_outage_the_first_ten_open_it_and_the_rest_changes_nothing() {
        List<Permit> underWay = permits(64);
        underWay.subList(0, 10).forEach(permit -> breaker.onFailure(permit, now));
        BreakerState open = breaker.state();

        now += SECOND / 2;
        underWay.subList(10, 64).forEach(permit -> breaker.onFailure(permit, now));
        assertThat(breaker.state()).isEqualTo(open);
    }

    @Test
    void the_first_probe_comes_after_about_a_second_and_alone() {
        open();
        long due = breaker.nextAttemptAt(now);
        assertThat(due - now).isBetween(SECOND * 3 / 4, SECOND);

        now = due - 1;
        assertThat(breaker.permit(now)).isNull();
        now = due;
        assertThat(breaker.nextAttemptAt(now)).isEqualTo(now);
        permit();
        assertThat(breaker.state()).isEqualTo(new HalfOpen(0));
        assertThat(breaker.permit(now + 3600 * SECOND)).isNull();
        assertThat(breaker.nextAttemptAt(now)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void probes_grow_apart_to_30_seconds() {
        open();
        for (long distance : new long[] {1, 2, 4, 8, 16, 30, 30, 30}) {
            long due = breaker.nextAttemptAt(now);
            assertThat(due - now).isBetween(distance * SECOND * 3 / 4, distance * SECOND);
            now = due;
            assertThat(breaker.onFailure(permit(), now)).isFalse();
        }
    }

    @Test
    void the_first_success_closes_it_and_says_so_once() {
        open();
        now = breaker.nextAttemptAt(now);

        assertThat(breaker.onSuccess(permit())).isTrue();
        assertThat(breaker.state()).isEqualTo(new Closed(0));
        assertThat(breaker.onSuccess(permit())).isFalse();
    }

    @Test
    void a_late_success_of_before_closes_it_too() {
        Permit early = permit();
        open();

        assertThat(breaker.onSuccess(early)).isTrue();
        assertThat(breaker.mayAttempt(now)).isTrue();
    }

    @Test
    void timeouts_of_the_outage_do_not_open_it_again_after_healing() {
        List<Permit> underWay = permits(64);
        open();
        now = breaker.nextAttemptAt(now);
        breaker.onSuccess(permit());

        underWay.forEach(permit -> breaker.onFailure(permit, now));
        assertThat(breaker.state()).isEqualTo(new Closed(0));
    }

    @Test
    void a_late_failure_is_not_taken_for_the_probes() {
        Permit early = permit();
        open();
        now = breaker.nextAttemptAt(now);
        permit();

        breaker.onFailure(early, now);
        assertThat(breaker.state()).isEqualTo(new HalfOpen(0));
    }

    @Test
    void a_probe_that_was_not_sent_leaves_its_turn_to_another() {
        open();
        now = breaker.nextAttemptAt(now);
        Permit first = permit();
        breaker.onAbandoned(first, now);

        assertThat(breaker.mayAttempt(now)).isTrue();
        permit();
        breaker.onAbandoned(first, now);
        assertThat(breaker.state()).isEqualTo(new HalfOpen(0));
    }

    @RepeatedTest(200)
    void whatever_happens_one_probe_at_most_is_under_way_and_the_next_comes_within_30_seconds() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        Breaker any = new Breaker(1 + random.nextInt(12), random.split());
        List<Permit> underWay = new ArrayList<>();
        int probes = 0;
        for (int step = 0; step < 400; step++) {
            now += random.nextLong(3 * SECOND);
            boolean closed = any.state() instanceof Closed;
            boolean may = any.mayAttempt(now);
            Permit permit = any.permit(now);
            assertThat(permit != null).as("seed %d step %d", seed, step).isEqualTo(may);
            if (permit != null) {
                underWay.add(permit);
                probes = closed ? 0 : 1;
            } else if (any.state() instanceof Open open) {
                assertThat(open.nextProbeAt() - now)
                        .as("seed %d step %d", seed, step)
                        .isBetween(1L, 30 * SECOND);
            } else {
                assertThat(probes).as("seed %d step %d", seed, step).isEqualTo(1);
                assertThat(underWay)
                        .as("a probe is under way, seed %d step %d", seed, step)
                        .isNotEmpty();
            }
            if (!underWay.isEmpty() && random.nextInt(3) > 0) {
                Permit ended = underWay.remove(random.nextInt(underWay.size()));
                switch (random.nextInt(8)) {
                    case 0 -> {
                        any.onSuccess(ended);
                        assertThat(any.state()).isInstanceOf(Closed.class);
                    }
                    case 1 -> any.onAbandoned(ended, now);
                    default -> any.onFailure(ended, now);
                }
            }
        }
    }

    private void open() {
        for (int i = 0; i < 10; i++) {
            breaker.onFailure(permit(), now);
        }
        assertThat(breaker.state()).isInstanceOf(Open.class);
    }

    private List<Permit> permits(int count) {
        List<Permit> permits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            permits.add(permit());
        }
        return permits;
    }

    private Permit permit() {
        return requireNonNull(breaker.permit(now), "no permit");
    }
}
