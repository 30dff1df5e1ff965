package dev.waybill.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.deadletter.DeadLetter;
import dev.waybill.deliver.FakeDestination.Reply;
import dev.waybill.journal.Snapshot;
import dev.waybill.lane.LaneStatus.State;
import dev.waybill.log.LogItem;
import dev.waybill.outcome.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Whether it is the event or the setup that a destination refuses, and what pauses a lane and ends the pause.
class LaneSetupTest extends OnARig {
    private final AtomicBoolean broken = new AtomicBoolean(true);

    /// Answers so while the setup is broken.
    private void brokenBy(int status) {
        destination.usually(_ -> broken.get() ? Reply.answer(status, "{\"error\":\"no\"}") : Reply.status(200));
    }

    @Test
    void exactly_the_refused_events_become_dead_letters_with_all_that_is_known() {
        String answer = "{\"error\":\"odd order\"}" + "x".repeat(5_000);
        destination.usually(
                request -> TestEvents.number(request) % 10 == 3 ? Reply.answer(400, answer) : Reply.status(200));
        rig.run(kargo(""));
        rig.orders("web", 0, 100);
        Snapshot ledger = rig.drained();

        assertThat(ledger.rejected()).isEqualTo(Map.of(Reason.REFUSED_BY_DESTINATION, 10L));
        assertThat(ledger.delivered()).isEqualTo(90);
        List<DeadLetter> letters = rig.deadLetters();
        assertThat(letters)
                .extracting(DeadLetter::position)
                .containsExactlyInAnyOrder(3L, 13L, 23L, 33L, 43L, 53L, 63L, 73L, 83L, 93L);
        assertThat(letters).allSatisfy(letter -> {
            LogItem item = rig.log.read(letter.position()).orElseThrow();
            assertThat(letter.record().body())
                    .isEqualTo(((LogItem.Entry) item).record().body());
            assertThat(letter.request())
                    .contains(
                            "\"url\":\"" + destination.url("/events") + "\"",
                            "\"order_id\":\"web-" + letter.position());
            assertThat(letter.verdict()).isEqualTo("rejected");
            assertThat(letter.status()).isEqualTo(400);
            assertThat(letter.answer()).startsWith("{\"error\":\"odd order\"}").hasSize(2_048);
            assertThat(letter.attempts()).isEqualTo(1);
            assertThat(letter.revision()).isEqualTo(1);
        });
    }

    @Test
    void refusals_among_many_successes_never_pause_the_lane() {
        destination.usually(request -> Reply.status(TestEvents.number(request) % 4 == 0 ? 400 : 200));
        rig.run(kargo(""));
        rig.orders("web", 0, 2_000);
        Snapshot ledger = rig.drained();

        assertThat(ledger.rejected()).isEqualTo(Map.of(Reason.REFUSED_BY_DESTINATION, 500L));
        assertThat(ledger.delivered()).isEqualTo(1_500);
    }

    @Test
    void a_share_of_events_that_blame_the_setup_among_many_successes_never_pauses_the_lane() {
        destination.usually(request -> Reply.status(TestEvents.number(request) % 4 == 0 ? 401 : 200));
        rig.run(kargo(""));
        rig.orders("web", 0, 1_000);
        // A later success shows that the setup works, when the last ones still wait for one.
        Await.until(() -> rig.ledger().delivered() == 750, () -> rig.ledger().toString());
        rig.append(TestEvents.order("last-1", rig.clock.millis()));
        Snapshot ledger = rig.drained();

        assertThat(ledger.rejected()).isEqualTo(Map.of(Reason.REFUSED_BY_DESTINATION, 250L));
        assertThat(ledger.delivered()).isEqualTo(751);
    }

    @Test
    void a_pause_does_not_repeat_whom_the_destination_named() {
        String answer = "{\"error\":\"no lex_id %s of u-web-\",\"email\":\"jane@x.com\",\"first_name\":\"Jane\"}"
                .formatted(TestEvents.PUID);
        destination.usually(request -> Reply.answer(400, answer.replace("web-", "web-" + TestEvents.number(request))));
        rig.run(kargo(""));
        rig.orders("web", 0, 60);
        rig.awaitPaused();

        assertThat(rig.lane().status().detail())
                .startsWith("50 different events in a row were refused alike, 'HTTP 400: {\"error\":\"no lex_id ")
                .contains(" of ", "@example.com")
                .doesNotContain(TestEvents.PUID, "u-web-", "jane@x.com", "Jane");
    }

    @Test
    void when_everything_is_refused_the_lane_pauses_and_nothing_is_rejected() {
        brokenBy(400);
        rig.run(kargo(""));
        rig.orders("web", 0, 120);
        rig.awaitPaused();
        Await.until(
                () -> rig.lane().status().inFlight() == 0,
                () -> rig.lane().status().toString());

        assertThat(rig.ledger().pending()).isEqualTo(120);
        assertThat(rig.lane().status().detail())
                .isEqualTo(
                        "50 different events in a row were refused alike, 'HTTP 400: {\"error\":\"no\"}', and none was "
                                + "accepted between: check the integration's parameters and mapping");
        broken.set(false);
        rig.lane().resume();
        Snapshot ledger = rig.drained();
        assertThat(ledger.delivered()).isEqualTo(120);
        assertThat(rig.deadLetters()).isEmpty();
        assertThat(rig.lane().status().state()).isEqualTo(State.RUNNING);
    }

    @Test
    void a_lone_refusal_is_believed_after_a_few_seconds() {
        brokenBy(400);
        rig.run(kargo(""));
        long from = System.nanoTime();
        rig.orders("web", 0, 1);
        assertThat(rig.drained().rejected()).isEqualTo(Map.of(Reason.REFUSED_BY_DESTINATION, 1L));
        assertThat(Duration.ofNanos(System.nanoTime() - from))
                .isBetween(Duration.ofMillis(4_900), Duration.ofMillis(7_000));
    }

    @Test
    void ten_events_that_blame_the_setup_pause_the_lane_and_all_stay_pending() {
        brokenBy(401);
        rig.run(kargo(""));
        rig.orders("web", 0, 80);
        rig.awaitPaused();
        Await.until(
                () -> rig.lane().status().inFlight() == 0,
                () -> rig.lane().status().toString());

        assertThat(rig.ledger().pending()).isEqualTo(80);
        assertThat(rig.lane().status().detail()).startsWith("10 different events in a row were answered 'HTTP 401:");
        assertThat(destination.received()).hasSizeLessThanOrEqualTo(10 + 64);
        broken.set(false);
        rig.lane().resume();
        assertThat(rig.drained().delivered()).isEqualTo(80);
        assertThat(rig.deadLetters()).isEmpty();
    }

    @Test
    void resuming_a_lane_whose_setup_is_still_broken_pauses_it_again_and_rejects_nothing() {
        brokenBy(403);
        rig.run(kargo(""));
        rig.orders("web", 0, 30);
        for (int round = 0; round < 3; round++) {
            rig.awaitPaused();
            int before = destination.received().size();
            rig.lane().resume();
            awaitReceived(before + 10);
        }
        rig.awaitPaused();
        assertThat(rig.ledger().pending()).isEqualTo(30);
    }

    @Test
    void answers_to_what_was_sent_before_a_resume_do_not_pause_the_lane_again() {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch resumed = new CountDownLatch(1);
        destination.usually(_ -> {
            int n = asked.incrementAndGet();
            return n > 30
                    ? Reply.status(200)
                    : (socket, out) -> {
                        if (n > 10) {
                            resumed.await();
                        }
                        Reply.status(401).write(socket, out);
                    };
        });
        rig.run(kargo("delivery: {timeout: 60s}"));
        rig.orders("web", 0, 30);
        awaitReceived(30);
        Await.until(
                () -> rig.lane().status().state() == State.PAUSED,
                () -> rig.lane().status().toString());
        rig.lane().resume();
        Await.until(() -> rig.ledger().delivered() >= 10, () -> rig.ledger().toString());
        resumed.countDown();

        assertThat(rig.drained().delivered()).isEqualTo(30);
        assertThat(rig.deadLetters()).isEmpty();
    }

    @Test
    void an_event_that_alone_blames_the_setup_is_rejected_when_others_pass() {
        destination.usually(request -> Reply.status(TestEvents.number(request) == 0 ? 401 : 200));
        rig.run(kargo("delivery: {concurrency: 1}"));
        rig.orders("web", 0, 5);
        Snapshot ledger = rig.drained();

        assertThat(ledger.rejected()).isEqualTo(Map.of(Reason.REFUSED_BY_DESTINATION, 1L));
        assertThat(rig.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.status()).isEqualTo(401);
            assertThat(letter.attempts()).isGreaterThanOrEqualTo(2);
        });
    }

    @Test
    void a_few_events_that_blame_the_setup_are_delivered_when_it_heals_by_itself() {
        brokenBy(401);
        rig.run(kargo(""));
        rig.orders("web", 0, 3);
        awaitReceived(3);
        assertThat(rig.lane().status().state()).isNotEqualTo(State.PAUSED);
        broken.set(false);

        assertThat(rig.drained().delivered()).isEqualTo(3);
    }

    @Test
    void a_pause_outlives_a_restart_and_its_probe_ends_it() {
        brokenBy(401);
        rig.run(kargo(""));
        rig.orders("web", 0, 20);
        rig.awaitPaused();
        rig.restart();
        rig.awaitPaused();
        assertThat(rig.lane().status().detail()).startsWith("10 different events in a row were answered 'HTTP 401:");
        assertThat(rig.ledger().pending()).isEqualTo(20);
        broken.set(false);
        rig.later(Duration.ofMinutes(5));

        assertThat(rig.drained().delivered()).isEqualTo(20);
    }

    @Test
    void the_probe_after_a_restart_resumes_a_lane_whose_setup_was_mended_meanwhile() {
        brokenBy(401);
        rig.run(kargo(""));
        rig.orders("web", 0, 20);
        rig.awaitPaused();
        Await.until(
                () -> rig.lane().status().inFlight() == 0,
                () -> rig.lane().status().toString());
        broken.set(false);
        rig.restart();

        assertThat(rig.drained().delivered()).isEqualTo(20);
    }

    @Test
    void a_paused_lane_tries_one_event_every_five_minutes_and_not_always_the_same() {
        AtomicInteger bad = new AtomicInteger(1_000);
        destination.usually(request -> Reply.status(TestEvents.number(request) < bad.get() ? 400 : 200));
        rig.run(kargo(""));
        rig.orders("web", 0, 60);
        rig.awaitPaused();
        Await.until(
                () -> rig.lane().status().inFlight() == 0,
                () -> rig.lane().status().toString());
        int before = destination.received().size();
        // Only three of the waiting events are bad in themselves.
        bad.set(3);
        for (int probe = 1; rig.lane().status().state() == State.PAUSED; probe++) {
            assertThat(probe).isLessThanOrEqualTo(4);
            rig.later(Duration.ofMinutes(5).plusSeconds(1));
            awaitReceived(before + probe);
            Await.until(
                    () -> rig.lane().status().inFlight() == 0,
                    () -> rig.lane().status().toString());
        }
        Snapshot ledger = rig.drained();
        assertThat(ledger.delivered()).isEqualTo(57);
        assertThat(ledger.rejected()).isEqualTo(Map.of(Reason.REFUSED_BY_DESTINATION, 3L));
    }

    @Test
    void the_probe_passes_over_events_that_are_not_sent_anyway() {
        brokenBy(401);
        rig.run(kargo("maxEventAge: 20m"));
        rig.orders("web", 0, 20);
        rig.awaitPaused();
        Await.until(
                () -> rig.lane().status().inFlight() == 0,
                () -> rig.lane().status().toString());
        broken.set(false);
        rig.clock.forward(Duration.ofMinutes(30));
        rig.orders("new", 0, 5);
        rig.later(Duration.ZERO);
        Snapshot ledger = rig.drained();

        assertThat(ledger.rejected()).isEqualTo(Map.of(Reason.EXPIRED, 20L));
        assertThat(ledger.delivered()).isEqualTo(5);
    }

    @Test
    void a_pause_by_hand_is_ended_by_hand_only() {
        rig.run(kargo(""));
        rig.lane().pause();
        rig.awaitPaused();
        assertThat(rig.lane().status().detail()).isEqualTo("paused by hand");
        rig.orders("web", 0, 10);
        rig.later(Duration.ofMinutes(30));
        rig.run(kargo(2, ""));
        Await.until(
                () -> rig.lane().status().revision() == 2,
                () -> rig.lane().status().toString());
        rig.restart();
        rig.awaitPaused();
        assertThat(received()).isEmpty();
        assertThat(rig.ledger().pending()).isEqualTo(10);
        rig.lane().resume();

        assertThat(rig.drained().delivered()).isEqualTo(10);
    }

    @Test
    void a_new_revision_resumes_a_lane_that_paused_by_itself_and_maps_what_waits() {
        destination.usually(request -> Reply.status(request.body().contains("\"p-1\"") ? 401 : 200));
        rig.run(kargo(""));
        rig.orders("web", 0, 20);
        rig.awaitPaused();
        rig.run(kargo(2, ""));

        assertThat(rig.drained().delivered()).isEqualTo(20);
        assertThat(destination.received().reversed().subList(0, 20))
                .allSatisfy(request -> assertThat(request.body()).contains("\"p-2\""));
    }

    @Test
    void answers_to_the_revision_before_say_nothing_about_the_new_one() {
        CountDownLatch pinned = new CountDownLatch(1);
        destination.usually(request -> {
            if (!request.body().contains("\"p-1\"")) {
                return Reply.status(200);
            }
            return (socket, out) -> {
                pinned.await();
                Reply.status(400).write(socket, out);
            };
        });
        rig.run(kargo(""));
        rig.orders("web", 0, 64);
        awaitReceived(64);
        rig.run(kargo(2, ""));
        Await.until(
                () -> rig.lane().status().revision() == 2,
                () -> rig.lane().status().toString());
        pinned.countDown();

        assertThat(rig.drained().delivered()).isEqualTo(64);
        assertThat(rig.deadLetters()).isEmpty();
    }
}
