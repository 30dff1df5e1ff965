package dev.waybill.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeldEventsTest {
    private static final Person A = Person.of("a");
    private static final Person B = Person.of("b");

    private final HeldEvents held = new HeldEvents(3);

    private void add(long position, Person person, long receivedAt) {
        held.add(new Work(new EmptyFeed(), position, 0), person, receivedAt, receivedAt + 100);
    }

    private static Joined report(long receivedAt) {
        return new Joined("kargo", TestEvents.PUID, receivedAt);
    }

    private List<Long> ended() {
        List<Long> positions = new ArrayList<>();
        for (@Nullable Work work = held.poll(); work != null; work = held.poll()) {
            positions.add(work.sequence);
        }
        return positions;
    }

    @Test
    void beyond_the_most_the_oldest_is_decided_first() {
        for (int i = 0; i < 5; i++) {
            add(i, A, 1000 + i);
        }

        assertThat(held.size()).isEqualTo(5);
        assertThat(ended()).containsExactly(0L, 1L);
        assertThat(held.size()).isEqualTo(3);
    }

    @Test
    void a_report_ends_the_wait_of_its_persons_events_near_it_and_no_others() {
        add(1, A, 1000);
        add(2, B, 1000);
        add(3, A, 1050);
        held.join(A, report(1120), 100);

        assertThat(ended()).containsExactly(3L);
        held.join(A, report(1120), 120);
        assertThat(ended()).containsExactly(1L);
        held.join(A, report(1120), 120);
        assertThat(ended()).isEmpty();
        assertThat(held.size()).isEqualTo(1);
    }

    @Test
    void the_clock_and_the_log_end_waits_to_the_millisecond() {
        add(1, A, 1000);
        add(2, A, 1001);
        add(3, B, 1002);
        held.clock(1099);
        assertThat(ended()).isEmpty();
        held.clock(1100);
        assertThat(ended()).containsExactly(1L);
        held.reached(1101, 100);
        assertThat(ended()).containsExactly(2L);
        assertThat(held.nextDue()).isEqualTo(1102);
        assertThat(held.oldest()).isEqualTo(1002);
    }

    @Test
    void what_is_released_may_wait_again() {
        Work work = new Work(new EmptyFeed(), 1, 0);
        held.add(work, A, 1000, 1100);
        held.clock(1100);
        assertThat(work.waited).isTrue();
        add(2, B, 1001);
        held.release();

        assertThat(work.waited).isFalse();
        assertThat(held.anyWaiting()).isFalse();
        assertThat(ended()).containsExactly(1L, 2L);
    }
}
