package dev.waybill.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.waybill.deadletter.Letter;
import dev.waybill.deliver.FakeDestination.Reply;
import dev.waybill.journal.LaneKey;
import dev.waybill.journal.Snapshot;
import dev.waybill.outcome.Outcome;
import dev.waybill.outcome.Reason;
import dev.waybill.suppress.Suppressions.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Sending decided events again.
class LaneReplayTest extends OnARig {
    private final AtomicBoolean refuseThirds = new AtomicBoolean(true);

    /// 30 orders, of which every third is refused.
    private void thirtyOrders() {
        destination.usually(
                request -> Reply.status(refuseThirds.get() && TestEvents.number(request) % 3 == 0 ? 400 : 200));
        rig.run(kargo(""));
        rig.orders("web", 0, 30);
        assertThat(rig.drained().rejected()).isEqualTo(Map.of(Reason.REFUSED_BY_DESTINATION, 10L));
    }

    private static ReplayQuery query(@Nullable Outcome outcome, boolean includeDelivered) {
        return new ReplayQuery(0, Long.MAX_VALUE, null, outcome, null, includeDelivered);
    }

    private ReplayFeed replay(ReplayQuery query) {
        return rig.replay(selected -> query.select(rig.lane().journal(), 0, rig.log.end(), selected));
    }

    private Snapshot replayDrained() {
        Await.until(() -> rig.replayed().pending() == 0, () -> rig.replayed().toString());
        return rig.replayed();
    }

    @Test
    void sends_dead_letters_again_in_a_row_of_its_own() {
        thirtyOrders();
        Snapshot before = rig.ledger();
        int sent = destination.received().size();
        refuseThirds.set(false);
        ReplayFeed feed = replay(query(null, false));
        Snapshot row = replayDrained();

        assertThat(feed.job().selected()).isEqualTo(10);
        assertThat(row.accepted()).isEqualTo(10);
        assertThat(row.delivered()).isEqualTo(10);
        assertThat(rig.ledger()).isEqualTo(before);
        assertThat(received().subList(sent, sent + 10))
                .containsExactlyInAnyOrder(
                        "web-0", "web-3", "web-6", "web-9", "web-12", "web-15", "web-18", "web-21", "web-24", "web-27");
        Letter letter =
                rig.letters.get(new LaneKey(LaneRig.PIPELINE, LaneRig.KARGO), 3).orElseThrow();
        assertThat(letter.replays())
                .extracting(Letter.Replayed::replay, Letter.Replayed::outcome)
                .containsExactly(tuple(feed.job().id(), "delivered"));
    }

    @Test
    void a_replay_that_is_refused_again_is_rejected_in_its_own_row_only() {
        thirtyOrders();
        Snapshot before = rig.ledger();
        replay(query(Outcome.REJECTED, false));
        // Nothing is accepted meanwhile, so each refusal is believed by time.
        Snapshot row = replayDrained();

        assertThat(row.rejected()).isEqualTo(Map.of(Reason.REFUSED_BY_DESTINATION, 10L));
        assertThat(rig.ledger()).isEqualTo(before);
    }

    @Test
    void neither_age_nor_a_first_time_counts_but_suppression_does() throws IOException {
        rig.run(kargo("maxEventAge: 1h"));
        rig.orders("web", 0, 10);
        rig.orders("web", 0, 10);
        rig.drained();
        rig.later(Duration.ofHours(2));
        rig.suppressions.add(Kind.USER_ID, "u-web-4", rig.clock.millis());
        replay(query(null, true));
        Snapshot row = replayDrained();

        assertThat(row.accepted()).isEqualTo(20);
        assertThat(row.delivered()).isEqualTo(18);
        assertThat(row.filtered()).isEqualTo(Map.of(Reason.SUPPRESSED, 2L));
    }

    @Test
    void a_dead_letter_of_a_suppressed_person_is_never_sent_again_whatever_names_the_person() throws IOException {
        thirtyOrders();
        int sent = destination.received().size();
        rig.suppressions.add(Kind.USER_ID, "u-web-3", rig.clock.millis());
        rig.suppressions.add(Kind.USER_ID, "u-web-6", rig.clock.millis());
        refuseThirds.set(false);
        replay(query(Outcome.REJECTED, false));
        Snapshot row = replayDrained();

        assertThat(row.filtered()).isEqualTo(Map.of(Reason.SUPPRESSED, 2L));
        assertThat(row.delivered()).isEqualTo(8);
        assertThat(received().subList(sent, received().size())).hasSize(8).doesNotContain("web-3", "web-6");

        rig.suppressions.add(Kind.PUID, TestEvents.PUID, rig.clock.millis());
        replay(query(null, true));
        assertThat(replayDrained().filtered()).isEqualTo(Map.of(Reason.SUPPRESSED, 30L));
        assertThat(received()).hasSize(sent + 8);
    }

    @Test
    void goes_on_after_a_restart_in_its_middle() {
        rig.run(kargo("delivery: {concurrency: 4}"));
        rig.orders("web", 0, 300);
        rig.drained();
        AtomicBoolean stuck = new AtomicBoolean();
        destination.usually(request -> Reply.status(stuck.get() && TestEvents.number(request) >= 150 ? 503 : 200));
        stuck.set(true);
        replay(query(null, true));
        Await.until(
                () -> rig.replayed().delivered() >= 150, () -> rig.replayed().toString());
        rig.restart();
        assertThat(rig.replayed().accepted()).isEqualTo(300);
        assertThat(rig.replayed().pending()).isBetween(1L, 150L);
        stuck.set(false);
        Snapshot row = replayDrained();

        assertThat(row.delivered()).isEqualTo(300);
        assertThat(rig.ledger().delivered()).isEqualTo(300);
        assertThat(received().stream().filter("web-3"::equals)).hasSize(2);
    }

    @Test
    void live_events_go_first() {
        rig.run(kargo("delivery: {concurrency: 1}"));
        rig.orders("old", 0, 200);
        rig.drained();
        rig.lane().pause();
        replay(query(null, true));
        rig.orders("new", 0, 100);
        rig.lane().resume();
        replayDrained();
        rig.drained();

        List<String> sent = received().subList(200, 500);
        assertThat(sent.subList(0, 100)).isEqualTo(names("new", 0, 100));
        assertThat(sent.subList(100, 300)).isEqualTo(names("old", 0, 200));
    }

    @Test
    void a_replay_waits_out_an_outage() {
        rig.run(kargo(""));
        rig.orders("web", 0, 50);
        rig.drained();
        destination.usually(Reply.status(503));
        replay(query(null, true));
        awaitBreakerOpen();
        assertThat(rig.replayed().pending()).isEqualTo(50);
        destination.usually(Reply.status(200));

        assertThat(replayDrained().delivered()).isEqualTo(50);
    }

    @Test
    void what_the_log_no_longer_holds_comes_from_the_dead_letters() {
        thirtyOrders();
        rig.orders("more", 0, 500);
        Await.until(() -> rig.ledger().pending() == 0, () -> rig.ledger().toString());
        rig.dropOldest(40_000);
        assertThat(rig.log.first()).isGreaterThan(30);
        refuseThirds.set(false);
        rig.replay(selected -> {
            selected.add(3, true);
            selected.add(4, false);
        });
        Snapshot row = replayDrained();

        assertThat(row.delivered()).isEqualTo(1);
        assertThat(row.rejected()).isEqualTo(Map.of(Reason.LOG_OVERFLOW, 1L));
        assertThat(received().getLast()).isEqualTo("web-3");
    }

    @Test
    void an_event_that_ended_with_others_as_a_range_is_selected_whatever_the_time_asked_for() {
        rig.run(kargo(""));
        rig.lane().pause();
        rig.orders("web", 0, 1);
        rig.lane().remove();
        assertThat(rig.ledger().filtered()).isEqualTo(Map.of(Reason.LANE_DISABLED, 1L));
        long received = rig.clock.millis() - 60_000;
        ReplayQuery minutesAgo = new ReplayQuery(received, received + 1, null, null, null, false);
        List<Long> selected = new ArrayList<>();
        minutesAgo.<RuntimeException>select(rig.lane().journal(), 0, 1, (sequence, _) -> selected.add(sequence));

        assertThat(selected).containsExactly(0L);
    }
}
