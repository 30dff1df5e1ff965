package dev.waybill.lane;

import static dev.waybill.lane.TestEvents.anonymous;
import static dev.waybill.lane.TestEvents.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.deadletter.DeadLetter;
import dev.waybill.deliver.FakeDestination.Reply;
import dev.waybill.identity.Report;
import dev.waybill.identity.SyncFailure;
import dev.waybill.journal.Entry;
import dev.waybill.journal.Snapshot;
import dev.waybill.outcome.NoticeCode;
import dev.waybill.outcome.Reason;
import dev.waybill.suppress.Suppressions.Kind;
import dev.waybill.workspace.Pipeline.Mode;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Events that come before the browser knows the destination's identifier.
class LaneIdentityTest extends OnARig {
    private static final String OTHER = "99999999-4f5a-2b6c-d7e8-9f0a1b2c3d4e";
    private static final Map<Reason, Long> ONE_MISSING = Map.of(Reason.MISSING_IDENTITY, 1L);

    private long now;

    /// So long that no slow machine reaches its end by itself.
    @BeforeEach
    void waitLong() {
        rig.identityWait = Duration.ofMinutes(10);
        now = rig.clock.millis();
    }

    private long waitMillis() {
        return rig.identityWait.toMillis();
    }

    private void awaitHeld(int count) {
        Await.until(
                () -> rig.lane().status().detail().equals(count == 0 ? "" : waitFor(count)),
                () -> rig.lane().status() + " " + rig.ledger());
    }

    private static String waitFor(int count) {
        return count + " events wait for an identifier that the browser may report";
    }

    private Entry.Decided decided(long position) {
        return rig.lane().journal().entriesFor(position, position + 1).stream()
                .filter(Entry.Decided.class::isInstance)
                .map(Entry.Decided.class::cast)
                .reduce((_, _) -> {
                    throw new AssertionError("two outcomes of " + position);
                })
                .orElseThrow();
    }

    private void hasPuid(int request, String puid) {
        assertThat(destination.received().get(request).body()).contains(puid);
    }

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
    void a_suppressed_identifier_ends_the_event_when_it_is_joined() throws IOException {
        rig.suppressions.add(Kind.PUID, TestEvents.PUID, 1);
        rig.run(kargo(""));
        rig.append(anonymous("web-0", "a", now));
        awaitHeld(1);
        rig.reports.puid("a", TestEvents.PUID, now + 1);

        assertThat(rig.drained().filtered()).isEqualTo(Map.of(Reason.SUPPRESSED, 1L));
        assertThat(destination.received()).isEmpty();
    }

    @Test
    void a_person_who_is_suppressed_during_the_wait_gets_nothing_sent() throws IOException {
        rig.run(kargo(""));
        rig.append(anonymous("web-0", "a", now));
        awaitHeld(1);
        rig.suppressions.add(Kind.ANONYMOUS_ID, "a", 1);
        rig.reports.puid("a", TestEvents.PUID, now + 1);

        assertThat(rig.drained().filtered()).isEqualTo(Map.of(Reason.SUPPRESSED, 1L));
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

    private void replayAll() {
        ReplayQuery query = new ReplayQuery(0, Long.MAX_VALUE, null, null, null, true);
        rig.replay(selected -> query.select(rig.lane().journal(), 0, rig.log.end(), selected));
        Await.until(() -> rig.replayed().pending() == 0, () -> rig.replayed().toString());
    }

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
