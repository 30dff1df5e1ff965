package dev.waybill.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.identity.Report;
import dev.waybill.identity.SyncFailure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReportWindowTest {
    private static final long T = 1_000_000_000;
    private static final long WAIT = 10_000;

    private final FakeReports reports = new FakeReports();
    private final List<String> told = new ArrayList<>();
    private final ReportWindow window = new ReportWindow(reports, (_, report) -> told.add(report.puid()), 100);

    private void cover(long time) {
        window.cover("kargo", time - WAIT, time + WAIT, time);
    }

    private @Nullable String nearest(String anonymousId, long time) {
        ReportWindow.Seen seen = window.nearest(Person.of(anonymousId), time, WAIT, Long.MIN_VALUE);
        return seen == null ? null : seen.puid == null ? String.valueOf(seen.failure) : seen.puid;
    }

    @Test
    void an_identifier_wins_over_a_nearer_failure_and_the_nearer_identifier_over_the_other() {
        reports.puid("a", "far", T - 9_000);
        reports.puid("a", "near", T + 3_000);
        reports.failure("a", SyncFailure.HTTP, T + 1);
        reports.failure("b", SyncFailure.HTTP, T + 1);
        cover(T);

        assertThat(nearest("a", T)).isEqualTo("near");
        assertThat(nearest("b", T)).isEqualTo("HTTP");
        assertThat(nearest("c", T)).isNull();
    }

    @Test
    void the_bounds_belong_to_it_and_a_millisecond_more_does_not() {
        reports.puid("low", "x", T - WAIT);
        reports.puid("lower", "x", T - WAIT - 1);
        reports.puid("high", "x", T + WAIT);
        reports.puid("higher", "x", T + WAIT + 1);
        cover(T);

        assertThat(nearest("low", T)).isEqualTo("x");
        assertThat(nearest("high", T)).isEqualTo("x");
        assertThat(nearest("lower", T)).isNull();
        assertThat(nearest("higher", T)).isNull();
    }

    @Test
    void it_reads_on_where_it_stood_and_lets_go_of_what_is_long_over() {
        for (int i = 0; i < 50; i++) {
            reports.puid("a" + i, "p" + i, T + i * 1_000L);
        }
        cover(T);
        cover(T + 30_000);

        assertThat(reports.opened()).isEqualTo(1);
        assertThat(nearest("a30", T + 30_000)).isEqualTo("p30");
        assertThat(window.size()).isLessThan(50);
    }

    @Test
    void it_begins_anew_for_an_earlier_time_and_for_another_kit() {
        reports.puid("a", "first", T);
        reports.add(new Report(T, "meta", "a", "other", null));
        cover(T + 1_000_000);
        assertThat(nearest("a", T)).isNull();
        cover(T);
        assertThat(nearest("a", T)).isEqualTo("first");
        window.cover("meta", T - WAIT, T + WAIT, T);
        assertThat(nearest("a", T)).isEqualTo("other");
    }

    @Test
    void it_jumps_over_a_long_gap() {
        for (int i = 0; i < 1_000; i++) {
            reports.puid("a", "p" + i, T + i * 1_000L);
        }
        cover(T);
        int read = reports.reads();
        cover(T + 900_000);

        assertThat(nearest("a", T + 900_000)).isEqualTo("p900");
        assertThat(reports.reads() - read).isLessThan(60);
    }

    @Test
    void a_report_from_the_far_future_holds_up_nothing() {
        reports.puid("wrong", "w", T + 100_000_000);
        reports.puid("a", "p", T + 1);
        cover(T);

        assertThat(nearest("a", T)).isEqualTo("p");
    }

    @Test
    void it_holds_no_more_than_it_may_the_newest_of_each() {
        for (int i = 0; i < 1_000; i++) {
            reports.puid("a" + i, "p" + i, T + i);
        }
        cover(T);
        assertThat(window.size()).isEqualTo(100);
        assertThat(nearest("a999", T)).isEqualTo("p999");
        assertThat(nearest("a899", T)).isNull();
        for (int i = 0; i < 90; i++) {
            reports.puid("same", "s" + i, T + 1_000 + i);
        }
        cover(T);
        assertThat(window.nearest(Person.of("same"), T + 1_000 + 90 - ReportWindow.MAX_OF_PERSON, 0, 0))
                .isNotNull();
        assertThat(window.nearest(Person.of("same"), T + 1_000, 0, 0)).isNull();
    }

    @Test
    void each_identifier_is_told_once_as_it_is_read() {
        reports.puid("a", "p", T);
        reports.failure("b", SyncFailure.HTTP, T);
        cover(T);
        reports.puid("c", "q", T + 1);
        cover(T);

        assertThat(told).containsExactly("p", "q");
    }
}
