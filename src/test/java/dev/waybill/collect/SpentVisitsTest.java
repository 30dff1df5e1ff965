package dev.waybill.collect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Which returns of a browser are the first.
class SpentVisitsTest {
    private static final long NOW = 1_000_000;

    @Test
    void a_visit_is_spent_once() {
        SpentVisits spent = new SpentVisits();
        RedirectVisit visit = RedirectVisit.begin("a-1", NOW);

        assertThat(spent.spend(visit, NOW + 1)).isTrue();
        assertThat(spent.spend(visit, NOW + 119_999)).isFalse();
        assertThat(spent.spend(RedirectVisit.begin("a-1", NOW), NOW + 2)).isTrue();
    }

    @Test
    void when_it_is_full_the_oldest_is_forgotten_and_nobody_refused() {
        SpentVisits spent = new SpentVisits(2);
        RedirectVisit oldest = RedirectVisit.begin("a-1", NOW);
        RedirectVisit second = RedirectVisit.begin("a-2", NOW);

        assertThat(spent.spend(oldest, NOW)).isTrue();
        assertThat(spent.spend(second, NOW)).isTrue();
        assertThat(spent.spend(RedirectVisit.begin("a-3", NOW), NOW)).isTrue();

        assertThat(spent.spend(second, NOW)).isFalse();
        assertThat(spent.spend(oldest, NOW)).isTrue();
    }
}
