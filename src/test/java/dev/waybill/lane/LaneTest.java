package dev.waybill.lane;

import static dev.waybill.lane.TestEvents.order;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.deliver.FakeDestination;
import dev.waybill.deliver.FakeDestination.Reply;
import dev.waybill.journal.Entry;
import dev.waybill.journal.Snapshot;
import dev.waybill.lane.LaneStatus.State;
import dev.waybill.outcome.Reason;
import dev.waybill.suppress.Suppressions.Kind;
import dev.waybill.workspace.Pipeline.Mode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// What a lane does with events while its destination is well, ill or gone.
class LaneTest extends OnARig {
    @Test
    void sends_what_the_playbook_maps_in_the_order_of_the_log() {
        rig.run(kargo("delivery: {concurrency: 1}"));
        rig.orders("web", 0, 20);
        Snapshot ledger = rig.drained();

        assertThat(received()).isEqualTo(names("web", 0, 20));
        assertThat(ledger.delivered()).isEqualTo(20);
        assertThat(ledger.events()).isEqualTo(Map.of("order_completed", 20L));
        assertThat(destination.received().getFirst().body())
                .contains("\"partner_id\":\"p-1\"", "\"event\":\"order_completed\"", TestEvents.PUID);
        assertThat(destination.received().getFirst().headers()).containsEntry("idempotency-key", "web-0");
        assertThat(rig.deadLetters()).isEmpty();
    }

    @Test
    void counts_what_it_does_not_send_by_its_reason() throws IOException {
        rig.suppressions.add(Kind.USER_ID, "u-gone", 1);
        long now = rig.clock.millis();
        rig.append(
                order("web-0", now),
                TestEvents.withoutIdentity("web-1", now),
                TestEvents.track("web-2", "Wished Upon", "u", true, now),
                TestEvents.track("web-3", "Order Completed", "u-gone", true, now),
                order("web-0", now));
        rig.run(kargo(""));
        Snapshot ledger = rig.drained();

        assertThat(ledger.delivered()).isEqualTo(1);
        assertThat(ledger.filtered())
                .isEqualTo(Map.of(
                        Reason.MISSING_IDENTITY,
                        1L,
                        Reason.UNMAPPED_EVENT,
                        1L,
                        Reason.SUPPRESSED,
                        1L,
                        Reason.DUPLICATE,
                        1L));
        assertThat(received()).containsExactly("web-0");
    }

    @Test
    void an_event_that_waits_for_another_attempt_is_not_sent_once_its_person_is_suppressed() throws IOException {
        destination.usually(Reply.status(503));
        rig.run(kargo("delivery: {concurrency: 1}"));
        rig.orders("web", 0, 3);
        Await.until(() -> !destination.received().isEmpty(), () -> received().toString());
        rig.lane().pause();
        Await.until(
                () -> rig.lane().status().state() == LaneStatus.State.PAUSED
                        && rig.lane().status().inFlight() == 0,
                () -> rig.lane().status().toString());
        rig.suppressions.add(Kind.USER_ID, "u-web-0", rig.clock.millis());
        rig.suppressions.add(Kind.USER_ID, "u-web-1", rig.clock.millis());
        destination.usually(Reply.status(200));
        int before = destination.received().size();
        rig.restart();
        rig.lane().resume();
        Snapshot ledger = rig.drained();

        assertThat(ledger.filtered()).isEqualTo(Map.of(Reason.SUPPRESSED, 2L));
        assertThat(ledger.delivered()).isEqualTo(1);
        assertThat(received().subList(before, received().size())).containsExactly("web-2");
    }

    @Test
    void a_repeated_event_is_filtered_once_also_when_it_comes_after_a_restart() {
        rig.run(kargo(""));
        rig.orders("web", 0, 5);
        rig.drained();
        rig.orders("web", 0, 2);
        rig.drained();
        rig.restart();
        rig.orders("web", 0, 5);
        Snapshot ledger = rig.drained();

        assertThat(ledger.delivered()).isEqualTo(5);
        assertThat(ledger.filtered()).isEqualTo(Map.of(Reason.DUPLICATE, 7L));
        assertThat(received()).hasSize(5);
    }

    @Test
    void an_event_read_again_after_a_restart_is_no_duplicate_of_itself() {
        destination.usually(Reply.status(503));
        rig.run(kargo(""));
        rig.orders("web", 0, 5);
        Await.until(() -> destination.received().size() >= 5, () -> received().toString());
        rig.restart();
        destination.usually(Reply.status(200));
        Snapshot ledger = rig.drained();

        assertThat(ledger.delivered()).isEqualTo(5);
        assertThat(ledger.filtered()).isEmpty();
    }

    @Test
    void a_restart_sends_nothing_again() {
        rig.run(kargo(""));
        rig.orders("web", 0, 300);
        rig.drained();
        rig.restart();
        rig.orders("web", 300, 310);
        rig.drained();

        assertThat(received()).doesNotHaveDuplicates().hasSize(310);
    }

    @Test
    void an_outage_opens_the_breaker_and_everything_is_delivered_after_it() {
        AtomicBoolean down = new AtomicBoolean(true);
        destination.usually(_ -> Reply.status(down.get() ? 503 : 200));
        rig.run(kargo(""));
        rig.orders("web", 0, 100);
        awaitBreakerOpen();
        rig.awaitState(State.WAITING);
        assertThat(rig.lane().status().detail())
                .isEqualTo("the destination fails (HTTP 503: {}); it is tried again at least every 30 s");
        int during = destination.received().size();
        assertThat(during).isLessThan(100);
        assertThat(rig.ledger().pending()).isEqualTo(100);
        down.set(false);
        Snapshot ledger = rig.drained();

        assertThat(ledger.delivered()).isEqualTo(100);
        assertThat(rig.deadLetters()).isEmpty();
        assertThat(rig.lane().status().breakerOpen()).isFalse();
    }

    @Test
    void parked_retries_go_at_once_when_the_breaker_closes() {
        AtomicBoolean down = new AtomicBoolean(true);
        destination.usually(_ -> Reply.status(down.get() ? 503 : 200));
        rig.run(kargo(""));
        rig.orders("web", 0, 64);
        // Ten attempts of one event: the next would be due in minutes.
        for (int probe = 1; probe <= 10; probe++) {
            int before = destination.received().size();
            rig.later(Duration.ofSeconds(31));
            Await.until(
                    () -> destination.received().size() > before,
                    () -> received().toString());
        }
        down.set(false);
        // A probe may have been under way when the time was moved: then the next is due half a minute after its answer.
        for (int wake = 0; wake < 3 && rig.ledger().pending() == 64; wake++) {
            rig.later(Duration.ofSeconds(31));
            long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
            while (rig.ledger().pending() == 64 && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        }
        rig.drained();
        assertThat(received().stream().collect(toSet())).hasSize(64);
    }

    @Test
    void a_waiting_lane_does_nothing_until_it_is_time() throws InterruptedException {
        destination.usually(Reply.status(503));
        rig.run(kargo(""));
        rig.orders("web", 0, 64);
        awaitBreakerOpen();
        // The retries are due by now, and must not keep the lane busy while the breaker is open.
        rig.later(Duration.ofMinutes(10));
        Await.until(() -> destination.received().size() > 10, () -> received().toString());
        // What was under way when the clock moved still comes back; then the lane must fall still.
        long reads;
        int windows = 0;
        do {
            long before = rig.clock.reads();
            Thread.sleep(300);
            reads = rig.clock.reads() - before;
        } while (reads >= 100 && ++windows < 10);
        assertThat(reads).isLessThan(100);
    }

    @Test
    void retry_after_lets_the_whole_lane_wait() {
        Queue<Long> times = new ConcurrentLinkedQueue<>();
        destination.usually(_ -> {
            times.add(System.nanoTime());
            return times.size() == 1 ? Reply.status(429, "Retry-After: 2") : Reply.status(200);
        });
        rig.run(kargo("delivery: {concurrency: 1}"));
        rig.orders("web", 0, 10);
        rig.awaitState(State.WAITING);
        assertThat(rig.lane().status().detail()).startsWith("the destination asked to wait until ");
        rig.drained();

        List<Long> all = List.copyOf(times);
        assertThat(all).hasSize(11);
        assertThat(Duration.ofNanos(all.get(1) - all.get(0))).isGreaterThan(Duration.ofMillis(1900));
        assertThat(Duration.ofNanos(all.get(10) - all.get(1))).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void resets_hangs_and_garbage_are_tried_again() {
        destination.next(Reply.reset(), Reply.hang(), Reply.raw("what?\r\n\r\n"), Reply.half(), Reply.status(500));
        rig.run(kargo("delivery: {timeout: 500ms}"));
        rig.orders("web", 0, 10);
        Snapshot ledger = rig.drained();

        assertThat(ledger.delivered()).isEqualTo(10);
        assertThat(received()).hasSize(15);
        assertThat(rig.deadLetters()).isEmpty();
    }

    @Test
    void a_disabled_lane_filters_and_goes_on_when_enabled() {
        rig.run(kargo(""), false, Mode.LIVE);
        rig.orders("web", 0, 10);
        assertThat(rig.drained().filtered()).isEqualTo(Map.of(Reason.LANE_DISABLED, 10L));
        rig.awaitState(State.DISABLED);
        rig.run(kargo(""), true, Mode.LIVE);
        rig.orders("web", 10, 20);
        Snapshot ledger = rig.drained();

        assertThat(ledger.delivered()).isEqualTo(10);
        assertThat(received()).containsExactlyInAnyOrderElementsOf(names("web", 10, 20));
        rig.awaitState(State.RUNNING);
    }

    @Test
    void switching_a_lane_off_ends_what_waits_even_when_it_is_paused_by_hand() {
        destination.usually(Reply.status(503, "Retry-After: 3600"));
        rig.run(kargo("delivery: {concurrency: 1}"));
        rig.orders("web", 0, 5);
        rig.awaitState(State.WAITING);
        rig.lane().pause();
        rig.run(kargo(""), false, Mode.LIVE);

        assertThat(rig.drained().filtered()).isEqualTo(Map.of(Reason.LANE_DISABLED, 5L));
    }

    @Test
    void shadow_does_all_but_the_send() {
        rig.run(kargo(""), true, Mode.SHADOW);
        rig.orders("web", 0, 10);
        rig.append(TestEvents.withoutIdentity("web-10", rig.clock.millis()));

        assertThat(rig.drained().filtered()).isEqualTo(Map.of(Reason.SHADOW, 10L, Reason.MISSING_IDENTITY, 1L));
        assertThat(received()).isEmpty();
    }

    @Test
    void suppression_reaches_waiting_events() throws IOException {
        AtomicBoolean down = new AtomicBoolean(true);
        destination.usually(_ -> Reply.status(down.get() ? 503 : 200));
        rig.run(kargo(""));
        rig.orders("web", 0, 30);
        awaitBreakerOpen();
        // What is on the wire can't be called back.
        Await.until(
                () -> rig.lane().status().inFlight() == 0,
                () -> rig.lane().status().toString());
        rig.suppressions.add(Kind.USER_ID, "u-web-7", rig.clock.millis());
        int before = destination.received().size();
        down.set(false);
        Snapshot ledger = rig.drained();

        assertThat(ledger.filtered()).isEqualTo(Map.of(Reason.SUPPRESSED, 1L));
        assertThat(ledger.delivered()).isEqualTo(29);
        assertThat(received().subList(before, destination.received().size())).doesNotContain("web-7");
    }

    @Test
    void events_that_wait_too_long_expire_and_are_kept_as_dead_letters() {
        destination.usually(Reply.status(503));
        rig.run(kargo("maxEventAge: 1h"));
        rig.orders("web", 0, 30);
        awaitBreakerOpen();
        rig.later(Duration.ofMinutes(61));
        Snapshot ledger = rig.awaitLedger(now -> now.pending() <= 1);
        if (ledger.pending() == 1) {
            // A probe was under way when the hour was over.
            rig.later(Duration.ofMinutes(1));
            ledger = rig.drained();
        }

        assertThat(ledger.rejected()).isEqualTo(Map.of(Reason.EXPIRED, 30L));
        assertThat(rig.deadLetters()).hasSize(30).allSatisfy(letter -> {
            assertThat(letter.reason()).isEqualTo(Reason.EXPIRED);
            assertThat(letter.detail()).endsWith(" min old, 1 h allowed");
            assertThat(letter.request()).isNull();
        });
    }

    @Test
    void a_new_revision_reaches_the_events_that_wait() {
        destination.usually(request -> Reply.status(request.body().contains("\"p-1\"") ? 503 : 200));
        rig.run(kargo(""));
        rig.orders("web", 0, 30);
        awaitBreakerOpen();
        rig.run(kargo(2, ""));

        assertThat(rig.drained().delivered()).isEqualTo(30);
        assertThat(rig.lane().journal().entriesFor(0, 30))
                .filteredOn(Entry.Decided.class::isInstance)
                .hasSize(30)
                .allSatisfy(
                        entry -> assertThat(((Entry.Decided) entry).revision()).isEqualTo(2));
    }

    @Test
    void a_destination_that_hangs_does_not_slow_another_lane() throws IOException {
        try (FakeDestination hanging = FakeDestination.start()) {
            hanging.usually(Reply.hang());
            rig.run(TestEvents.kargo("hanging", 1, hanging.url("/events"), ""));
            rig.run(kargo(""));
            rig.orders("web", 0, 2_000);

            assertThat(rig.drained().delivered()).isEqualTo(2_000);
            assertThat(rig.ledger("hanging").pending()).isEqualTo(2_000);
            assertThat(rig.lane("hanging").status().inFlight()).isEqualTo(64);
        }
    }

    @Test
    void reads_no_further_when_very_much_waits_and_goes_on_when_that_ends() {
        AtomicBoolean down = new AtomicBoolean(true);
        destination.usually(_ -> Reply.status(down.get() ? 503 : 200));
        rig.run(kargo("delivery: {concurrency: 100}"));
        rig.orders("web", 0, 1_000);
        awaitBreakerOpen();
        rig.orders("web", 1_000, 12_000);
        assertThat(rig.lane().status().waiting()).isLessThanOrEqualTo(Lane.MAX_UNRESOLVED);
        assertThat(rig.lane().journal().undecidedRangesBelow(rig.log.end())).isEqualTo(1);
        down.set(false);

        assertThat(rig.drained().delivered()).isEqualTo(12_000);
    }
}
