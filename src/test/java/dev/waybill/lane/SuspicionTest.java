package dev.waybill.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.event.Event;
import dev.waybill.event.EventType;
import dev.waybill.json.JsonObject;
import dev.waybill.kit.Answer;
import dev.waybill.kit.KitRequest;
import dev.waybill.kit.Mapped;
import dev.waybill.lane.Suspicion.Ruling;
import dev.waybill.log.LogRecord;
import dev.waybill.log.RecordHeader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SuspicionTest {
    private static final Answer UNAUTHORIZED = new Answer(401, Map.of(), "no");
    private static final Answer BAD_REQUEST = new Answer(400, Map.of(), "bad request 17");

    private final Suspicion suspicion = new Suspicion();
    private final Feed feed = new EmptyFeed();

    @Test
    void ten_different_events_that_blame_the_setup_pause_the_lane() {
        for (int i = 1; i < 10; i++) {
            assertThat(suspicion.setup(answered(i, UNAUTHORIZED, i))).isEqualTo(Ruling.HOLD);
        }
        assertThat(suspicion.setup(answered(10, UNAUTHORIZED, 10))).isEqualTo(Ruling.PAUSE);
    }

    @Test
    void one_event_that_blames_the_setup_again_and_again_counts_once() {
        Work work = answered(1, UNAUTHORIZED, 1);
        for (int i = 0; i < 20; i++) {
            assertThat(suspicion.setup(work)).isEqualTo(Ruling.HOLD);
        }
    }

    @Test
    void a_success_lets_a_parked_event_try_once_more_and_then_its_answer_is_its_own() {
        Work parked = answered(1, UNAUTHORIZED, 100);
        suspicion.setup(parked);

        assertThat(suspicion.delivered(work(2), 200).confirm()).containsExactly(parked);
        assertThat(suspicion.setup(parked)).isEqualTo(Ruling.REJECT);
    }

    @Test
    void a_success_that_began_before_the_setup_broke_proves_nothing() {
        Work parked = answered(1, UNAUTHORIZED, 100);
        suspicion.setup(parked);

        assertThat(suspicion.delivered(work(2), 90).confirm()).isEmpty();
        assertThat(suspicion.setup(parked)).isEqualTo(Ruling.HOLD);
    }

    @Test
    void fifty_different_events_refused_alike_with_no_success_between_pause_the_lane_and_stay_pending() {
        for (int i = 1; i < 50; i++) {
            assertThat(suspicion.refused(answered(i, BAD_REQUEST, i), BAD_REQUEST))
                    .isEqualTo(Ruling.HOLD);
        }
        assertThat(suspicion.refused(answered(50, BAD_REQUEST, 50), BAD_REQUEST))
                .isEqualTo(Ruling.PAUSE);
        assertThat(suspicion.release()).hasSize(50);
    }

    @Test
    void refusals_that_differ_only_in_numbers_are_alike_and_others_are_not() {
        Ruling last = Ruling.HOLD;
        for (int i = 0; i < 50; i++) {
            Answer answer = new Answer(400, Map.of(), "request " + i + " refused");
            last = suspicion.refused(answered(i, answer, i), answer);
        }
        assertThat(last).isEqualTo(Ruling.PAUSE);

        Suspicion mixed = new Suspicion();
        for (int i = 0; i < 200; i++) {
            Answer answer = new Answer(400, Map.of(), i % 2 == 0 ? "no name" : "no id");
            assertThat(mixed.refused(answered(i, answer, i), answer)).isEqualTo(Ruling.HOLD);
        }
    }

    @Test
    void a_success_makes_the_refusals_before_it_final() {
        Work refused = answered(1, BAD_REQUEST, 100);
        Work later = answered(2, BAD_REQUEST, 300);
        suspicion.refused(refused, BAD_REQUEST);
        suspicion.refused(later, BAD_REQUEST);

        assertThat(suspicion.delivered(work(3), 200).reject()).containsExactly(refused);
        assertThat(suspicion.heldCount()).isEqualTo(1);
    }

    @Test
    void a_lone_refusal_becomes_final_when_its_time_is_over() {
        Work refused = answered(1, BAD_REQUEST, 1_000);
        suspicion.refused(refused, BAD_REQUEST);

        assertThat(suspicion.nextOverdue()).isEqualTo(6_000);
        assertThat(suspicion.overdue(5_999)).isEmpty();
        assertThat(suspicion.overdue(6_000)).containsExactly(refused);
        assertThat(suspicion.nextOverdue()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void the_count_goes_on_over_refusals_that_became_final_one_by_one() {
        Ruling last = Ruling.HOLD;
        for (int i = 0; i < 50; i++) {
            long at = i * 60_000L;
            suspicion.overdue(at);
            last = suspicion.refused(answered(i, BAD_REQUEST, at), BAD_REQUEST);
        }
        assertThat(last).isEqualTo(Ruling.PAUSE);
        assertThat(suspicion.release()).hasSize(1);
    }

    @Test
    void any_success_ends_a_row() {
        for (int i = 0; i < 200; i++) {
            assertThat(suspicion.setup(answered(i, UNAUTHORIZED, 100))).isEqualTo(Ruling.HOLD);
            assertThat(suspicion.refused(answered(1_000 + i, BAD_REQUEST, 100), BAD_REQUEST))
                    .isEqualTo(Ruling.HOLD);
            if (i % 9 == 8) {
                // It began before those answers came, so it settles none of them.
                Suspicion.Settled settled = suspicion.delivered(work(5_000 + i), 50);
                assertThat(settled.confirm()).isEmpty();
                assertThat(settled.reject()).isEmpty();
            }
        }
        assertThat(suspicion.parkedCount()).isEqualTo(200);
        assertThat(suspicion.heldCount()).isEqualTo(200);
    }

    @Test
    void what_a_success_showed_before_a_resume_says_nothing_after_it() {
        Work parked = answered(1, UNAUTHORIZED, 100);
        suspicion.setup(parked);
        assertThat(suspicion.delivered(work(2), 200).confirm()).containsExactly(parked);
        suspicion.release();

        assertThat(suspicion.setup(parked)).isEqualTo(Ruling.HOLD);
    }

    @Test
    void an_event_that_ended_otherwise_is_not_tried_again() {
        Work parked = answered(1, UNAUTHORIZED, 100);
        suspicion.setup(parked);
        suspicion.forget(parked);

        assertThat(suspicion.delivered(work(2), 200).confirm()).isEmpty();
        for (int i = 2; i < 11; i++) {
            assertThat(suspicion.setup(answered(i, UNAUTHORIZED, i))).isEqualTo(Ruling.HOLD);
        }
    }

    @Test
    void a_released_event_keeps_no_answer_in_memory() {
        Work parked = answered(1, UNAUTHORIZED, 100);
        Work refused = answered(2, BAD_REQUEST, 100);
        suspicion.setup(parked);
        suspicion.refused(refused, BAD_REQUEST);
        suspicion.release();

        assertThat(parked.refusal).isNull();
        assertThat(refused.refusal).isNull();
    }

    private Work work(long sequence) {
        return new Work(feed, sequence, 0);
    }

    private Work answered(long sequence, Answer answer, long at) {
        Work work = work(sequence);
        KitRequest request = new KitRequest("POST", "http://sink", new TreeMap<>(), JsonObject.EMPTY);
        Event event = new Event(EventType.PAGE, "m" + sequence, at, false, null, JsonObject.EMPTY);
        RecordHeader header = new RecordHeader(EventType.PAGE, "m" + sequence, "a", false, Map.of(), null, null, null);
        work.refusal = new Work.Refusal(
                new LogRecord(at, header, new byte[0]),
                event,
                new Mapped.Deliver("page", request, List.of()),
                1,
                answer,
                at);
        return work;
    }
}
