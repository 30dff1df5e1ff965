package dev.waybill.lane;

import static dev.waybill.lane.TestEvents.anonymous;
import static dev.waybill.lane.TestEvents.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.identity.Report;
import dev.waybill.identity.SyncFailure;
import dev.waybill.journal.Snapshot;
import dev.waybill.outcome.NoticeCode;
import dev.waybill.outcome.Reason;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Events that come before the browser knows the destination's identifier, and what ends their wait.
class LaneIdentityTest extends OnAWaitingRig {
    private static final String OTHER = "99999999-4f5a-2b6c-d7e8-9f0a1b2c3d4e";

    @Test
    void an_event_waits_and_goes_with_the_identifier_that_its_browser_reports() {
        rig.run(kargo(""));
        rig.append(anonymous("web-0", "a", now));
        awaitHeld(1);
        assertThat(rig.ledger().pending()).isEqualTo(1);
        assertThat(rig.lane().status().waiting()).isEqualTo(1);
        rig.reports.puid("a", TestEvents.PUID, now + 1_500);
        Snapshot ledger = rig.drained();

        assertThat(ledger.delivered()).isEqualTo(1);
        assertThat(ledger.notices()).isEqualTo(Map.of(NoticeCode.JOINED_LATE, 1L));
        hasPuid(0, TestEvents.PUID);
        awaitHeld(0);
    }

    @Test
    void a_report_from_before_the_event_is_joined_at_once() {
        rig.reports.puid("a", TestEvents.PUID, now - waitMillis());
        rig.run(kargo(""));
        rig.append(anonymous("web-0", "a", now));
        Snapshot ledger = rig.drained();

        assertThat(ledger.delivered()).isEqualTo(1);
        assertThat(decided(0).notices()).containsExactly(NoticeCode.JOINED_LATE);
    }

    @Test
    void the_nearest_report_with_an_identifier_is_joined() {
        rig.reports.puid("a", OTHER, now - 5_000);
        rig.reports.puid("a", TestEvents.PUID, now - 2_000);
        rig.reports.failure("a", SyncFailure.TIMEOUT, now - 1_000);
        rig.run(kargo(""));
        rig.append(anonymous("web-0", "a", now));
        rig.drained();

        hasPuid(0, TestEvents.PUID);
    }

    @Test
    void reports_from_further_away_than_the_wait_are_not_joined() {
        long old = now - 3 * waitMillis();
        rig.reports.puid("a", TestEvents.PUID, old - waitMillis() - 1);
        rig.reports.puid("a", TestEvents.PUID, old + waitMillis() + 1);
        rig.run(kargo(""));
        rig.append(anonymous("web-0", "a", old));

        assertThat(rig.drained().filtered()).isEqualTo(ONE_MISSING);
    }

    @Test
    void the_clock_ends_the_wait_at_the_head_of_the_log() {
        rig.run(kargo(""));
        rig.append(anonymous("web-0", "a", now));
        awaitHeld(1);
        rig.later(rig.identityWait.minusMinutes(2));
        assertThat(rig.ledger().pending()).isEqualTo(1);
        rig.later(Duration.ofMinutes(2));
        Snapshot ledger = rig.drained();

        assertThat(ledger.filtered()).isEqualTo(ONE_MISSING);
        assertThat(decided(0).detail()).isEqualTo("context.providers.kargo.puid is absent");
        assertThat(destination.received()).isEmpty();
    }

    @Test
    void a_reported_failure_stands_in_the_detail() {
        rig.run(kargo(""));
        rig.reports.failure("a", SyncFailure.CORS_OR_NETWORK, now + 100);
        rig.append(anonymous("web-0", "a", now));
        awaitHeld(1);
        rig.later(rig.identityWait);
        rig.drained();

        assertThat(decided(0).detail())
                .isEqualTo("context.providers.kargo.puid is absent; the ID sync failed: cors_or_network");
    }

    @Test
    void a_lane_that_is_behind_decides_by_the_times_in_the_log_and_waits_for_nothing() {
        long old = now - 3 * waitMillis();
        rig.append(anonymous("web-0", "a", old), anonymous("web-1", "b", old + 1), order("web-2", old + 2));
        rig.reports.puid("b", TestEvents.PUID, old + waitMillis());
        rig.run(kargo(""));
        Snapshot ledger = rig.drained();

        assertThat(ledger.delivered()).isEqualTo(2);
        assertThat(ledger.filtered()).isEqualTo(ONE_MISSING);
    }

    @Test
    void an_event_that_came_later_by_the_wait_ends_it() {
        rig.run(kargo(""));
        rig.append(anonymous("web-0", "a", now));
        awaitHeld(1);
        rig.append(order("web-1", now + waitMillis() - 1));
        rig.awaitLedger(ledger -> ledger.delivered() == 1);
        assertThat(rig.ledger().pending()).isEqualTo(1);
        rig.append(order("web-2", now + waitMillis()));

        assertThat(rig.drained().filtered()).isEqualTo(ONE_MISSING);
    }

    @Test
    void reports_of_other_browsers_and_other_kits_are_nothing_to_it() {
        rig.run(kargo(""));
        rig.append(anonymous("web-0", "a", now));
        rig.reports.puid("b", TestEvents.PUID, now);
        rig.reports.add(new Report(now, "meta", "a", TestEvents.PUID, null));
        rig.append(anonymous("web-1", "b", now));
        rig.awaitLedger(ledger -> ledger.delivered() == 1);
        rig.later(rig.identityWait);

        assertThat(rig.drained().filtered()).isEqualTo(ONE_MISSING);
        assertThat(received()).containsExactly("web-1");
    }

    @Test
    void what_ends_for_another_reason_never_waits() {
        rig.run(kargo(""));
        rig.append(
                order("web-0", now),
                anonymous("web-0", "a", now),
                anonymous("web-1", "Wished Upon", "a", now),
                TestEvents.denied("web-2", "a", now),
                anonymous("web-3", "a", now - Duration.ofDays(300).toMillis()),
                TestEvents.withoutIdentity("web-4", now));
        Snapshot ledger = rig.drained();

        assertThat(ledger.filtered())
                .isEqualTo(Map.of(
                        Reason.DUPLICATE, 1L,
                        Reason.UNMAPPED_EVENT, 1L,
                        Reason.CONSENT_DENIED, 1L,
                        Reason.MISSING_IDENTITY, 1L));
        assertThat(ledger.rejected()).isEqualTo(Map.of(Reason.EXPIRED, 1L));
        assertThat(rig.reports.opened()).isZero();
    }

    @Test
    void nothing_waits_where_the_pipeline_allows_none() {
        rig.identityWait = Duration.ZERO;
        rig.run(kargo(""));
        rig.append(anonymous("web-0", "a", now));

        assertThat(rig.drained().filtered()).isEqualTo(ONE_MISSING);
    }

    @Test
    void an_event_with_its_identifier_passes_those_that_wait() {
        rig.run(kargo(""));
        for (int i = 0; i < 200; i++) {
            rig.append(anonymous("held-" + i, "a" + i, now));
        }
        awaitHeld(200);
        rig.append(order("web-0", now));
        rig.awaitLedger(ledger -> ledger.delivered() == 1);

        assertThat(rig.ledger().pending()).isEqualTo(200);
    }

    @Test
    void more_than_may_be_unresolved_can_wait_without_stopping_the_reading() {
        rig.run(kargo(""));
        int many = Lane.MAX_UNRESOLVED + 500;
        for (int i = 0; i < many; i += 500) {
            int from = i;
            rig.append(IntStream.range(i, i + 500)
                    .mapToObj(each -> anonymous("held-" + each, "a" + each % 7, now + from))
                    .toList());
        }
        rig.append(order("web-0", now));
        rig.awaitLedger(ledger -> ledger.delivered() == 1);
        assertThat(rig.ledger().pending()).isEqualTo(many);
        rig.later(rig.identityWait.plusMinutes(2));

        assertThat(rig.drained().filtered()).isEqualTo(Map.of(Reason.MISSING_IDENTITY, (long) many));
    }

    @Test
    void a_lane_asks_for_reports_only_while_something_waits() {
        rig.run(kargo(""));
        rig.append(anonymous("web-0", "a", now));
        awaitHeld(1);
        rig.reports.puid("a", TestEvents.PUID, now + 1);
        rig.drained();
        awaitHeld(0);
        int reads = rig.reports.reads();
        rig.orders("web", 1, 50);
        rig.drained();

        assertThat(rig.reports.reads()).isEqualTo(reads);
    }
}
