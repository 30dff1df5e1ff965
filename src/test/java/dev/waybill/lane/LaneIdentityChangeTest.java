package dev.waybill.lane;

import static dev.waybill.lane.TestEvents.anonymous;
import static dev.waybill.lane.TestEvents.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.journal.Snapshot;
import dev.waybill.outcome.NoticeCode;
import dev.waybill.outcome.Reason;
import dev.waybill.workspace.Pipeline.Mode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Events that wait for an identifier while somebody changes the lane.
class LaneIdentityChangeTest extends OnAWaitingRig {
    @Test
    void a_pause_by_hand_keeps_them_waiting_and_a_resume_joins_what_came_meanwhile() {
        rig.run(kargo(""));
        rig.append(anonymous("web-0", "a", now), anonymous("web-1", "b", now));
        awaitHeld(2);
        rig.lane().pause();
        rig.awaitPaused();
        rig.reports.puid("a", TestEvents.PUID, now + 1);
        rig.later(rig.identityWait.multipliedBy(2));
        assertThat(rig.ledger().pending()).isEqualTo(2);
        rig.lane().resume();
        Snapshot ledger = rig.drained();

        assertThat(ledger.delivered()).isEqualTo(1);
        assertThat(ledger.filtered()).isEqualTo(ONE_MISSING);
    }

    @Test
    void a_lane_that_is_switched_off_ends_them_as_such() {
        rig.run(kargo(""));
        rig.append(anonymous("web-0", "a", now), anonymous("web-1", "b", now));
        awaitHeld(2);
        rig.run(kargo(""), false, Mode.LIVE);

        assertThat(rig.drained().filtered()).isEqualTo(Map.of(Reason.LANE_DISABLED, 2L));
    }

    @Test
    void a_removed_lane_ends_them_as_such() {
        rig.run(kargo(""));
        rig.append(anonymous("web-0", "a", now), order("web-1", now), anonymous("web-2", "b", now));
        awaitHeld(2);
        rig.awaitLedger(ledger -> ledger.delivered() == 1);
        rig.lane().remove();

        assertThat(rig.drained().filtered()).isEqualTo(Map.of(Reason.LANE_DISABLED, 2L));
    }

    @Test
    void another_revision_decides_them_anew_and_they_go_on_waiting() {
        rig.run(kargo(""));
        rig.append(anonymous("web-0", "a", now));
        awaitHeld(1);
        rig.run(kargo(2, ""));
        rig.reports.puid("a", TestEvents.PUID, now + 1);

        assertThat(rig.drained().delivered()).isEqualTo(1);
        assertThat(destination.received().getFirst().body()).contains("\"partner_id\":\"p-2\"");
    }

    @Test
    void a_shorter_wait_counts_for_those_that_wait_already() {
        rig.run(kargo(""));
        rig.append(anonymous("web-0", "a", now));
        awaitHeld(1);
        rig.identityWait = Duration.ZERO;
        rig.later(Duration.ZERO);

        assertThat(rig.drained().filtered()).isEqualTo(ONE_MISSING);
    }

    @Test
    void a_longer_wait_finds_reports_that_were_out_of_reach() {
        rig.run(kargo(""));
        rig.identityWait = Duration.ofMinutes(1);
        rig.later(Duration.ZERO);
        rig.reports.puid("a", TestEvents.PUID, now - Duration.ofMinutes(5).toMillis());
        rig.append(anonymous("web-0", "a", now));
        awaitHeld(1);
        rig.identityWait = Duration.ofMinutes(9);
        rig.later(Duration.ZERO);

        assertThat(rig.drained().delivered()).isEqualTo(1);
    }

    @Test
    void shadow_shows_the_request_with_the_joined_identifier_and_sends_nothing() {
        rig.run(kargo(""), true, Mode.SHADOW);
        rig.append(anonymous("web-0", "a", now));
        awaitHeld(1);
        rig.reports.puid("a", TestEvents.PUID, now + 1);

        assertThat(rig.drained().filtered()).isEqualTo(Map.of(Reason.SHADOW, 1L));
        assertThat(decided(0).notices()).containsExactly(NoticeCode.JOINED_LATE);
        assertThat(destination.received()).isEmpty();
    }
}
