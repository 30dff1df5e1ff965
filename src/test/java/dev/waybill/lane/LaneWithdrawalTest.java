package dev.waybill.lane;

import static dev.waybill.lane.TestEvents.anonymous;
import static dev.waybill.lane.TestEvents.identified;
import static dev.waybill.lane.TestEvents.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.deadletter.DeadLetter;
import dev.waybill.deliver.FakeDestination.Reply;
import dev.waybill.journal.Snapshot;
import dev.waybill.kit.Integration;
import dev.waybill.lane.LaneStatus.State;
import dev.waybill.outcome.Reason;
import dev.waybill.workspace.Pipeline.Mode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Consent that is withdrawn while events of the browser are not sent yet.
class LaneWithdrawalTest extends OnAWaitingRig {
    private static final Map<Reason, Long> ONE_DENIED = Map.of(Reason.CONSENT_DENIED, 1L);
    private static final Duration LATER = Duration.ofMinutes(20);

    private long withdrawnAt;

    @BeforeEach
    void down() {
        destination.usually(Reply.status(503));
    }

    private void withdraw(String anonymousId) throws IOException {
        withdrawnAt = rig.clock.millis();
        rig.withdrawals.add(LaneRig.PIPELINE, anonymousId, withdrawnAt);
    }

    private void heal() {
        destination.usually(Reply.status(200));
        rig.later(LATER);
    }

    /// The event of that position was not sent, and its outcome says why.
    private void assertWithdrawn(long position) {
        assertThat(decided(position).reason()).isEqualTo(Reason.CONSENT_DENIED);
        assertThat(decided(position).detail())
                .isEqualTo("withdrawn: consent was withdrawn at " + Instant.ofEpochMilli(withdrawnAt)
                        + ", after the event was received");
    }

    @Test
    void an_event_that_is_to_be_tried_again_is_not() throws IOException {
        rig.run(kargo(""));
        rig.append(identified("web-0", "a", now), identified("web-1", "b", now));
        awaitReceived(2);
        withdraw("a");
        int before = destination.received().size();
        heal();
        Snapshot ledger = rig.drained();

        assertThat(ledger.delivered()).isEqualTo(1);
        assertThat(ledger.filtered()).isEqualTo(ONE_DENIED);
        assertThat(received().subList(before, received().size())).doesNotContain("web-0");
        assertWithdrawn(0);
    }

    @Test
    void what_the_lane_has_not_read_yet_is_not_sent() throws IOException {
        rig.append(identified("web-0", "a", now), order("web-1", now));
        withdraw("a");
        rig.run(kargo(""));
        heal();
        Snapshot ledger = rig.drained();

        assertThat(ledger.delivered()).isEqualTo(1);
        assertThat(received()).doesNotContain("web-0");
        assertWithdrawn(0);
    }

    @Test
    void an_event_that_waits_for_its_identifier_does_not_get_it() throws IOException {
        rig.run(kargo(""));
        rig.append(anonymous("web-0", "a", now), anonymous("web-1", "b", now));
        awaitHeld(2);
        withdraw("a");
        withdraw("b");
        rig.reports.puid("a", TestEvents.PUID, now + 1);
        rig.later(rig.identityWait.multipliedBy(2));

        assertThat(rig.drained().filtered()).isEqualTo(Map.of(Reason.CONSENT_DENIED, 2L));
        assertThat(destination.received()).isEmpty();
    }

    @Test
    void events_received_afterwards_are_judged_by_their_own_signals() throws IOException {
        rig.run(kargo(""));
        rig.append(identified("web-0", "a", now));
        awaitReceived(1);
        rig.clock.forward(Duration.ofSeconds(1));
        withdraw("a");
        long given = withdrawnAt + 1;
        rig.append(identified("web-1", "a", given), TestEvents.denied("web-2", "a", given));
        heal();
        Snapshot ledger = rig.drained();

        assertThat(ledger.delivered()).isEqualTo(1);
        assertWithdrawn(0);
        assertThat(decided(2).detail()).startsWith("gpc: ");
    }

    @Test
    void an_identifier_from_before_is_not_joined_to_an_event_from_after() throws IOException {
        destination.usually(Reply.status(200));
        rig.run(kargo(""));
        rig.reports.puid("a", "00000000-4f5a-2b6c-d7e8-9f0a1b2c3d4e", now - 1);
        withdraw("a");
        rig.append(anonymous("web-0", "a", withdrawnAt + 1));
        awaitHeld(1);
        rig.reports.puid("a", TestEvents.PUID, withdrawnAt + 2);

        assertThat(rig.drained().delivered()).isEqualTo(1);
        hasPuid(0, TestEvents.PUID);
    }

    @Test
    void a_report_from_before_that_becomes_durable_late_is_not_joined_either() throws IOException {
        destination.usually(Reply.status(200));
        rig.run(kargo(""));
        withdraw("a");
        rig.append(anonymous("web-0", "a", withdrawnAt + 1), anonymous("web-1", "b", withdrawnAt + 1));
        awaitHeld(2);
        rig.reports.puid("a", "00000000-4f5a-2b6c-d7e8-9f0a1b2c3d4e", withdrawnAt - 1);
        rig.reports.puid("b", TestEvents.PUID, withdrawnAt + 2);
        awaitReceived(1);
        awaitHeld(1);
        rig.reports.puid("a", TestEvents.PUID, withdrawnAt + 2);

        assertThat(rig.drained().delivered()).isEqualTo(2);
        hasPuid(0, TestEvents.PUID);
        hasPuid(1, TestEvents.PUID);
    }

    @Test
    void it_counts_after_a_restart_and_after_a_crash() throws IOException {
        rig.run(kargo(""));
        rig.append(identified("web-0", "a", now), identified("web-1", "b", now));
        awaitReceived(2);
        withdraw("a");
        rig.restart();
        assertThat(rig.ledger().pending()).isEqualTo(2);
        withdraw("b");
        rig.crash();
        int before = destination.received().size();
        heal();

        assertThat(rig.drained().filtered()).isEqualTo(Map.of(Reason.CONSENT_DENIED, 2L));
        assertThat(received().subList(before, received().size())).isEmpty();
    }

    @Test
    void parked_events_and_those_of_a_paused_lane_are_not_sent_when_it_resumes() throws IOException {
        destination.usually(Reply.status(401));
        rig.run(kargo(""));
        rig.append(identified("web-0", "a", now), identified("web-1", "b", now));
        awaitReceived(2);
        rig.lane().pause();
        rig.awaitPaused();
        rig.append(identified("web-2", "a", now));
        withdraw("a");
        int before = destination.received().size();
        destination.usually(Reply.status(200));
        rig.lane().resume();
        rig.awaitState(State.RUNNING);

        assertThat(rig.drained().filtered()).isEqualTo(Map.of(Reason.CONSENT_DENIED, 2L));
        assertThat(received().subList(before, received().size())).containsExactly("web-1");
    }

    @Test
    void dead_letters_and_ranges_that_are_replayed_are_not_sent() throws IOException {
        destination.usually(Reply.status(422));
        rig.run(kargo(""));
        rig.append(identified("web-0", "a", now), identified("web-1", "b", now));
        rig.drained();
        assertThat(rig.deadLetters()).extracting(DeadLetter::position).containsExactlyInAnyOrder(0L, 1L);
        rig.later(Duration.ofDays(20));
        withdraw("a");
        destination.usually(Reply.status(200));
        int before = destination.received().size();
        replayAll();

        assertThat(rig.replayed().delivered()).isEqualTo(1);
        assertThat(rig.replayed().filtered()).isEqualTo(ONE_DENIED);
        assertThat(received().subList(before, received().size())).containsExactly("web-1");
    }

    @Test
    void other_browsers_and_other_pipelines_are_nothing_to_it() throws IOException {
        rig.run(kargo(""));
        rig.append(identified("web-0", "a", now), order("web-1", now));
        awaitReceived(2);
        rig.withdrawals.add(LaneRig.PIPELINE, "A", rig.clock.millis());
        rig.withdrawals.add("shop", "a", rig.clock.millis());
        heal();

        assertThat(rig.drained().delivered()).isEqualTo(2);
    }

    @Test
    void it_reaches_every_lane_of_the_pipeline_each_with_its_own_outcome() throws IOException {
        Integration second = TestEvents.kargo("kargo-two", 1, destination.url("/two"), "");
        rig.run(kargo("")).run(second);
        rig.append(identified("web-0", "a", now));
        awaitReceived(2);
        withdraw("a");
        heal();

        assertThat(rig.drained().filtered()).isEqualTo(ONE_DENIED);
        Await.until(
                () -> rig.ledger("kargo-two").filtered().equals(ONE_DENIED),
                () -> rig.ledger("kargo-two").toString());
    }

    @Test
    void a_lane_that_is_switched_off_says_so_first_and_one_in_shadow_says_withdrawn() throws IOException {
        rig.append(identified("web-0", "a", now));
        withdraw("a");
        rig.run(kargo(""), true, Mode.SHADOW);
        rig.drained();
        assertWithdrawn(0);
        rig.run(kargo(""), false, Mode.LIVE);
        rig.append(identified("web-1", "a", now));

        assertThat(rig.drained().filtered()).isEqualTo(Map.of(Reason.CONSENT_DENIED, 1L, Reason.LANE_DISABLED, 1L));
    }
}
