package dev.waybill.lane;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.deadletter.DeadLetter;
import dev.waybill.deliver.FakeDestination.Received;
import dev.waybill.deliver.FakeDestination.Reply;
import dev.waybill.journal.Entry;
import dev.waybill.journal.Snapshot;
import dev.waybill.kit.Integration;
import dev.waybill.lane.LaneStatus.State;
import dev.waybill.outcome.Reason;
import dev.waybill.suppress.Suppressions.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.Test;

/// Several events in one request: when it goes, and what its answer means for each of them.
class LaneBatchTest extends OnARig {
    private static final String TENS = "batch: {events: 10, wait: 5m, under: data}";
    private static final Duration WAIT = Duration.ofMinutes(5);

    private Integration bulk(String batch) {
        return bulk(1, batch, "");
    }

    private Integration bulk(int revision, String batch, String more) {
        return BulkKit.revision(revision, destination.url("/bulk"), batch, more);
    }

    private List<List<String>> batches() {
        return destination.received().stream().map(BulkKit::ids).toList();
    }

    private List<String> sent() {
        return batches().stream().flatMap(Collection::stream).toList();
    }

    /// Refuses what holds one of these orders.
    private void refuse(int status, String... orders) {
        Set<String> bad = Set.of(orders);
        destination.usually(
                request -> Reply.status(BulkKit.ids(request).stream().anyMatch(bad::contains) ? status : 200));
    }

    private void awaitGathered(int events) {
        Await.until(
                () -> rig.lane().status().waiting() == events
                        && rig.lane().status().inFlight() == 0,
                () -> rig.lane().status().toString());
    }

    @Test
    void a_full_batch_goes_at_once_and_each_of_its_events_has_an_outcome() {
        rig.run(bulk(TENS));
        rig.orders("web", 0, 30);
        Snapshot ledger = rig.drained();

        assertThat(batches())
                .containsExactlyInAnyOrder(names("web", 0, 10), names("web", 10, 20), names("web", 20, 30));
        assertThat(ledger.delivered()).isEqualTo(30);
        assertThat(destination.received().getFirst().body())
                .startsWith("{\"data\":[{\"id\":\"web-")
                .endsWith("\"revision\":\"1\"}]}");
        assertThat(destination.received())
                .extracting(request -> request.headers().get("idempotency-key"))
                .doesNotHaveDuplicates()
                .allSatisfy(key -> assertThat(key).matches("[0-9a-f]{64}"));
    }

    @Test
    void a_kit_without_a_key_sends_the_bare_list() {
        rig.run(bulk("batch: {events: 2}"));
        rig.orders("web", 0, 2);
        rig.drained();

        assertThat(destination.received())
                .extracting(Received::body)
                .containsExactly("[{\"id\":\"web-0\",\"revision\":\"1\"},{\"id\":\"web-1\",\"revision\":\"1\"}]");
    }

    @Test
    void a_batch_that_is_not_full_goes_when_its_first_event_has_waited_long_enough() {
        rig.run(bulk(TENS));
        rig.orders("web", 0, 7);
        awaitGathered(7);
        rig.later(WAIT.minusSeconds(30));
        assertThat(sent()).isEmpty();
        rig.later(Duration.ofSeconds(31));

        assertThat(rig.drained().delivered()).isEqualTo(7);
        assertThat(batches()).containsExactly(names("web", 0, 7));
    }

    @Test
    void the_wait_ends_by_itself() {
        rig.run(bulk("batch: {events: 10, wait: 100ms}"));
        rig.orders("web", 0, 3);

        assertThat(rig.drained().delivered()).isEqualTo(3);
    }

    @Test
    void no_batch_holds_more_bytes_than_allowed_but_an_event_that_does_alone() {
        rig.run(bulk("batch: {events: 1000, bytes: 1KiB, wait: 200ms}"));
        String huge = "h".repeat(2_000) + "-1";
        rig.orders("web", 0, 100);
        rig.append(TestEvents.order(huge, rig.clock.millis()));
        rig.orders("web", 100, 200);

        assertThat(rig.drained().delivered()).isEqualTo(201);
        assertThat(batches()).contains(List.of(huge));
        assertThat(destination.received())
                .filteredOn(request -> !request.body().contains(huge))
                .hasSizeBetween(5, 20)
                .allSatisfy(
                        request -> assertThat(request.body().getBytes(UTF_8)).hasSizeLessThanOrEqualTo(1_024));
    }

    @Test
    void a_refused_batch_is_halved_until_the_culprits_are_alone_and_only_they_are_rejected() {
        refuse(400, "web-13", "web-50");
        rig.run(bulk("batch: {events: 64, wait: 5m}"));
        rig.orders("web", 0, 64);
        Snapshot ledger = rig.drained();

        assertThat(ledger.delivered()).isEqualTo(62);
        assertThat(ledger.rejected()).isEqualTo(Map.of(Reason.REFUSED_BY_DESTINATION, 2L));
        assertThat(rig.deadLetters())
                .extracting(letter -> letter.record().header().messageId())
                .containsExactlyInAnyOrder("web-13", "web-50");
        assertThat(rig.deadLetters())
                .allSatisfy(letter -> assertThat(letter.request()).contains("\"body\":[{\"id\":\"web-"));
        assertThat(batches()).contains(List.of("web-13"), List.of("web-50")).hasSizeLessThan(30);
        assertThat(rig.lane().journal().entriesFor(13, 14))
                .filteredOn(Entry.Attempted.class::isInstance)
                .extracting(Entry.Attempted.class::cast)
                .extracting(Entry.Attempted::what)
                .startsWith("in a batch of 64: HTTP 400: {}", "in a batch of 32: HTTP 400: {}");
    }

    @Test
    void a_batch_that_is_too_large_is_halved_until_it_is_not() {
        destination.usually(request -> Reply.status(BulkKit.ids(request).size() > 3 ? 413 : 200));
        rig.run(bulk(TENS));
        rig.orders("web", 0, 100);

        assertThat(rig.drained().delivered()).isEqualTo(100);
        assertThat(rig.deadLetters()).isEmpty();
    }

    @Test
    void an_event_that_blames_the_setup_is_found_in_its_batch() {
        refuse(401, "web-3");
        rig.run(bulk(TENS));
        rig.orders("web", 0, 10);
        rig.awaitLedger(ledger -> ledger.delivered() == 9);
        // A success shows that the setup works.
        rig.orders("next", 0, 10);
        Snapshot ledger = rig.drained();

        assertThat(ledger.delivered()).isEqualTo(19);
        assertThat(rig.deadLetters())
                .extracting(letter -> letter.record().header().messageId())
                .containsExactly("web-3");
    }

    @Test
    void a_broken_setup_pauses_the_lane_and_afterwards_events_go_in_whole_batches_again() {
        AtomicBoolean broken = new AtomicBoolean(true);
        destination.usually(_ -> Reply.status(broken.get() ? 401 : 200));
        rig.run(bulk("batch: {events: 50, wait: 5m}"));
        rig.orders("web", 0, 100);
        rig.awaitPaused();
        assertThat(rig.ledger().pending()).isEqualTo(100);
        assertThat(rig.lane().status().detail()).startsWith("10 different events in a row were answered 'HTTP 401:");
        int before = destination.received().size();
        broken.set(false);
        rig.lane().resume();

        assertThat(rig.drained().delivered()).isEqualTo(100);
        assertThat(batches().subList(before, before + 2))
                .allSatisfy(batch -> assertThat(batch).hasSize(50));
    }

    @Test
    void a_kit_may_say_that_a_refused_batch_is_refused_whole_and_it_counts_as_one_refusal() {
        refuse(400, "web-13", "web-33");
        rig.run(bulk("batch: {events: 10, wait: 5m, refused: reject}"));
        rig.orders("web", 0, 60);
        Snapshot ledger = rig.drained();

        assertThat(ledger.delivered()).isEqualTo(40);
        assertThat(ledger.rejected()).isEqualTo(Map.of(Reason.REFUSED_BY_DESTINATION, 20L));
        assertThat(rig.deadLetters())
                .extracting(DeadLetter::position)
                .containsExactlyInAnyOrder(
                        10L, 11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L, 19L, 30L, 31L, 32L, 33L, 34L, 35L, 36L, 37L, 38L,
                        39L);
        assertThat(batches()).hasSize(6);
    }

    @Test
    void a_batch_that_failed_is_sent_again_as_it_was() {
        destination.next(Reply.status(503));
        rig.run(bulk(TENS));
        rig.orders("web", 0, 10);

        assertThat(rig.drained().delivered()).isEqualTo(10);
        assertThat(batches()).containsExactly(names("web", 0, 10), names("web", 0, 10));
        assertThat(destination.received())
                .extracting(request -> request.headers().get("idempotency-key"))
                .containsOnly(destination.received().getFirst().headers().get("idempotency-key"));
    }

    @Test
    void a_pause_takes_gathered_events_back_and_they_go_when_it_is_over() {
        rig.run(bulk(TENS));
        rig.orders("web", 0, 5);
        awaitGathered(5);
        rig.lane().pause();
        rig.awaitPaused();
        rig.later(WAIT.plusSeconds(1));
        assertThat(rig.ledger().pending()).isEqualTo(5);
        assertThat(sent()).isEmpty();
        rig.lane().resume();
        awaitGathered(5);
        rig.orders("web", 5, 10);

        assertThat(rig.drained().delivered()).isEqualTo(10);
        assertThat(batches()).containsExactly(names("web", 0, 10));
    }

    @Test
    void what_is_gathered_at_a_stop_stays_pending_and_goes_after_the_restart() {
        rig.run(bulk(TENS));
        rig.orders("web", 0, 5);
        awaitGathered(5);
        rig.restart();
        assertThat(rig.ledger().pending()).isEqualTo(5);
        rig.orders("web", 5, 10);

        assertThat(rig.drained().delivered()).isEqualTo(10);
        assertThat(batches()).containsExactly(names("web", 0, 10));
    }

    @Test
    void what_is_gathered_is_mapped_anew_when_another_revision_is_pinned() {
        rig.run(bulk(TENS));
        rig.orders("web", 0, 5);
        awaitGathered(5);
        rig.run(bulk(2, "", ""));

        assertThat(rig.drained().delivered()).isEqualTo(5);
        assertThat(destination.received())
                .hasSize(5)
                .allSatisfy(request -> assertThat(request.body()).contains("\"revision\":\"2\""));
    }

    @Test
    void a_person_who_is_suppressed_while_the_batch_waits_is_left_out() throws IOException {
        rig.run(bulk(TENS));
        rig.orders("web", 0, 5);
        awaitGathered(5);
        rig.suppressions.add(Kind.USER_ID, "u-web-2", 1);
        rig.later(WAIT.plusSeconds(1));
        Snapshot ledger = rig.drained();

        assertThat(ledger.filtered()).isEqualTo(Map.of(Reason.SUPPRESSED, 1L));
        assertThat(batches()).containsExactly(List.of("web-0", "web-1", "web-3", "web-4"));
    }

    @Test
    void an_event_whose_consent_is_withdrawn_while_the_batch_waits_is_left_out() throws IOException {
        rig.run(bulk(TENS));
        rig.append(
                TestEvents.anonymous("web-0", "a", rig.clock.millis()),
                TestEvents.anonymous("web-1", "b", rig.clock.millis()));
        awaitGathered(2);
        rig.withdrawals.add(LaneRig.PIPELINE, "b", rig.clock.millis());
        rig.later(WAIT.plusSeconds(1));

        assertThat(rig.drained().filtered()).isEqualTo(Map.of(Reason.CONSENT_DENIED, 1L));
        assertThat(batches()).containsExactly(List.of("web-0"));
    }

    @Test
    void a_removed_lane_ends_what_it_gathered() {
        rig.run(bulk(TENS));
        rig.orders("web", 0, 5);
        awaitGathered(5);
        rig.lane().remove();

        assertThat(rig.ledger().filtered()).isEqualTo(Map.of(Reason.LANE_DISABLED, 5L));
        assertThat(sent()).isEmpty();
    }

    @Test
    void no_batch_is_larger_than_the_events_that_may_be_in_flight() {
        rig.run(bulk(1, "batch: {events: 100, wait: 5m}", "delivery: {maxInFlight: 20}"));
        rig.orders("web", 0, 100);

        assertThat(rig.drained().delivered()).isEqualTo(100);
        assertThat(batches()).allSatisfy(batch -> assertThat(batch).hasSize(20));
    }

    @Test
    void replayed_events_go_in_batches_too() {
        refuse(400, "web-3", "web-5", "web-7");
        // The replay fills one batch, so that it goes without waiting for others.
        rig.run(bulk("batch: {events: 3, wait: 5m, under: data}"));
        rig.orders("web", 0, 21);
        assertThat(rig.drained().rejected()).isEqualTo(Map.of(Reason.REFUSED_BY_DESTINATION, 3L));
        destination.usually(Reply.status(200));
        ReplayQuery query = new ReplayQuery(0, Long.MAX_VALUE, null, null, null, false);
        rig.replay(selected -> query.select(rig.lane().journal(), 0, rig.log.end(), selected));
        Await.until(
                () -> rig.replayed().accepted() == 3 && rig.replayed().pending() == 0,
                () -> rig.replayed().toString());

        assertThat(rig.replayed().delivered()).isEqualTo(3);
        assertThat(batches().getLast()).containsExactly("web-3", "web-5", "web-7");
    }

    @Test
    void a_slow_rate_counts_requests() {
        rig.run(bulk(1, "batch: {events: 50, wait: 5m}", "delivery: {ratePerSecond: 20, maxInFlight: 60}"));
        rig.orders("web", 0, 500);

        assertThat(rig.drained().delivered()).isEqualTo(500);
        assertThat(batches()).hasSize(10);
    }

    @Test
    void a_crash_loses_nothing_and_repeats_at_most_what_was_in_flight() {
        int most = 32;
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        ReentrantReadWriteLock alive = new ReentrantReadWriteLock();
        ConcurrentLinkedQueue<String> accepted = new ConcurrentLinkedQueue<>();
        destination.usually(request -> (socket, out) -> {
            alive.readLock().lock();
            try {
                List<String> ids = BulkKit.ids(request);
                boolean refused = ids.stream().anyMatch(id -> id.endsWith("7")) && ids.size() > 1;
                if (!refused) {
                    accepted.addAll(ids);
                }
                Reply.status(refused ? 400 : 200).write(socket, out);
                out.flush();
            } finally {
                alive.readLock().unlock();
            }
        });
        rig.run(bulk(1, "batch: {events: 8, wait: 20ms}", "delivery: {concurrency: 8, maxInFlight: " + most + "}"));
        int crashes = 8;
        int events = 0;
        for (int crash = 1; crash <= crashes; crash++) {
            rig.orders("web", events, events + 200);
            events += 200;
            int target = accepted.size() + random.nextInt(1, 190);
            Await.until(() -> accepted.size() >= target, () -> "seed " + seed + ": " + rig.ledger());
            alive.writeLock().lock();
            try {
                rig.crash();
            } finally {
                alive.writeLock().unlock();
            }
            int repeats = accepted.size() - new HashSet<>(accepted).size();
            assertThat(repeats).as("repeats, seed %d", seed).isLessThanOrEqualTo(crash * most);
        }
        Snapshot ledger = rig.drained();

        assertThat(new HashSet<>(accepted)).as("seed %d", seed).hasSize(events);
        assertThat(accepted.size() - events).as("repeats, seed %d", seed).isLessThanOrEqualTo(crashes * most);
        assertThat(ledger.delivered()).as("seed %d", seed).isEqualTo(events);
        assertThat(rig.lane().status().state()).isEqualTo(State.RUNNING);
    }
}
