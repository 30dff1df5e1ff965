package dev.waybill.lane;

import static dev.waybill.lane.TestEvents.anonymous;
import static dev.waybill.lane.TestEvents.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.deadletter.DeadLetter;
import dev.waybill.deliver.FakeDestination.Reply;
import dev.waybill.journal.Snapshot;
import dev.waybill.outcome.NoticeCode;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// Events with a joined identifier that are tried again: after a refusal, a restart, a crash, or by a replay.
class LaneIdentityAgainTest extends OnAWaitingRig {
    @Test
    void the_wait_survives_a_restart() {
        rig.run(kargo(""));
        rig.append(anonymous("web-0", "a", now), order("web-1", now), anonymous("web-2", "b", now));
        awaitHeld(2);
        rig.restart();
        awaitHeld(2);
        rig.reports.puid("a", TestEvents.PUID, now + 1);
        rig.awaitLedger(ledger -> ledger.delivered() == 2);
        rig.restart();
        rig.later(rig.identityWait);
        Snapshot ledger = rig.drained();

        assertThat(ledger.filtered()).isEqualTo(ONE_MISSING);
        assertThat(received()).containsExactlyInAnyOrder("web-0", "web-1");
    }

    @Test
    void a_report_that_came_while_the_server_was_down_is_joined() {
        rig.run(kargo(""));
        rig.append(anonymous("web-0", "a", now));
        awaitHeld(1);
        rig.clock.forward(rig.identityWait.multipliedBy(5));
        rig.reports.puid("a", TestEvents.PUID, now + 10);
        rig.restart();

        assertThat(rig.drained().delivered()).isEqualTo(1);
    }

    @Test
    void a_retry_keeps_the_identifier_even_when_the_report_is_out_of_reach() {
        AtomicBoolean down = new AtomicBoolean(true);
        destination.usually(_ -> Reply.status(down.get() ? 503 : 200));
        rig.run(kargo(""));
        rig.append(anonymous("web-0", "a", now));
        awaitHeld(1);
        rig.reports.puid("a", TestEvents.PUID, now + 1);
        awaitReceived(1);
        rig.later(rig.identityWait.multipliedBy(4));
        down.set(false);
        rig.later(Duration.ofMinutes(10));
        Snapshot ledger = rig.drained();

        assertThat(ledger.delivered()).isEqualTo(1);
        hasPuid(destination.received().size() - 1, TestEvents.PUID);
        assertThat(decided(0).notices()).containsExactly(NoticeCode.JOINED_LATE);
    }

    @Test
    void an_event_joined_before_a_crash_is_joined_again() {
        destination.usually(Reply.status(503));
        rig.run(kargo(""));
        rig.append(anonymous("web-0", "a", now));
        rig.reports.puid("a", TestEvents.PUID, now + 1);
        awaitReceived(1);
        rig.clock.forward(rig.identityWait.multipliedBy(4));
        rig.crash();
        destination.usually(Reply.status(200));
        rig.later(Duration.ofMinutes(10));

        assertThat(rig.drained().delivered()).isEqualTo(1);
    }

    @Test
    void a_dead_letter_is_replayed_with_the_identifier_of_its_time_and_without_waiting() {
        AtomicBoolean refuses = new AtomicBoolean(true);
        destination.usually(_ -> Reply.status(refuses.get() ? 422 : 200));
        rig.run(kargo(""));
        rig.append(anonymous("web-0", "a", now));
        rig.reports.puid("a", TestEvents.PUID, now + 1);
        rig.drained();
        assertThat(rig.deadLetters()).extracting(DeadLetter::position).containsExactly(0L);
        refuses.set(false);
        rig.later(rig.identityWait.multipliedBy(9));
        replayAll();

        assertThat(rig.replayed().delivered()).isEqualTo(1);
        hasPuid(destination.received().size() - 1, TestEvents.PUID);
    }

    @Test
    void a_replay_of_what_had_no_identifier_joins_what_was_reported_and_waits_for_nothing() {
        rig.identityWait = Duration.ZERO;
        rig.run(kargo(""));
        rig.append(anonymous("web-0", "a", now), anonymous("web-1", "b", now));
        rig.drained();
        rig.identityWait = Duration.ofMinutes(10);
        rig.later(Duration.ZERO);
        rig.reports.puid("b", TestEvents.PUID, now + 100);
        replayAll();

        assertThat(rig.replayed().delivered()).isEqualTo(1);
        assertThat(rig.replayed().filtered()).isEqualTo(ONE_MISSING);
    }

    @Test
    void reports_that_cannot_be_read_lose_no_event() {
        rig.reports.broken(true);
        rig.run(kargo(""));
        rig.append(anonymous("web-0", "a", now));
        Await.until(
                () -> rig.lane().status().detail().startsWith("the log can't be read"),
                () -> rig.lane().status().toString());
        rig.reports.puid("a", TestEvents.PUID, now + 1);
        rig.reports.broken(false);
        rig.later(Duration.ofSeconds(6));

        assertThat(rig.drained().delivered()).isEqualTo(1);
    }
}
