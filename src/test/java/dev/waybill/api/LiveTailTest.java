package dev.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.http.Refusal;
import dev.waybill.journal.Entry;
import dev.waybill.journal.LaneKey;
import dev.waybill.outcome.Outcome;
import dev.waybill.outcome.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What lanes pay for watchers, and what watchers get.
class LiveTailTest {
    private static final LaneKey LANE = new LaneKey("web", "kargo-main");
    private final LiveTail tail = new LiveTail();

    private static EventFilter filter(@Nullable String event, @Nullable String outcome) {
        return new EventFilter(
                new LaneNames.Chosen(null, null), event, outcome, null, null, null, null, null, null, "");
    }

    private static Entry.Decided ended(long first, long count, @Nullable Reason reason, String event) {
        Outcome outcome = reason == null ? Outcome.DELIVERED : reason.outcome();
        return new Entry.Decided(first, count, outcome, reason, null, event, 1, 1, 200, null, List.of(), 0, 0);
    }

    @Test
    void a_watcher_gets_what_ends_after_it_began_and_nothing_after_it_left() {
        tail.ended(LANE, ended(1, 1, null, "page"));
        Watcher watcher = tail.watch(filter(null, null));
        tail.ended(LANE, ended(2, 1, null, "page"));
        tail.ended(LANE, ended(3, 1, null, "page"));
        assertThat(watcher.take()).extracting(Watcher.Ended::sequence).containsExactly(2L, 3L);
        tail.leave(watcher);
        tail.ended(LANE, ended(4, 1, null, "page"));
        assertThat(watcher.take()).isEmpty();
        assertThat(tail.watching()).isZero();
    }

    @Test
    void what_an_outcome_alone_rules_out_takes_no_place() {
        Watcher orders = tail.watch(filter("order_completed", null));
        Watcher rejected = tail.watch(filter(null, "rejected"));
        tail.ended(LANE, ended(1, 1, null, "order_completed"));
        tail.ended(LANE, ended(2, 1, Reason.EXPIRED, "page"));
        // Nobody can look at events that can't be read.
        tail.ended(LANE, ended(3, 7, Reason.LOG_DAMAGED, "order_completed"));
        assertThat(orders.take()).extracting(Watcher.Ended::sequence).containsExactly(1L);
        assertThat(rejected.take()).extracting(Watcher.Ended::sequence).containsExactly(2L);
    }

    @Test
    void a_watcher_that_takes_nothing_holds_a_bounded_number_and_the_rest_is_counted() {
        Watcher watcher = tail.watch(filter(null, null));
        for (int i = 0; i < 10_000; i++) {
            tail.ended(LANE, ended(i, 1, null, "page"));
        }
        assertThat(watcher.take()).hasSize(Watcher.CAPACITY);
        assertThat(watcher.dropped()).isEqualTo(10_000 - Watcher.CAPACITY);
        assertThat(watcher.dropped()).isZero();
        tail.ended(LANE, ended(10_000, 1, null, "page"));
        assertThat(watcher.take()).hasSize(1);
    }

    @Test
    void the_33rd_is_refused_and_so_is_whoever_comes_after_the_end() {
        for (int i = 0; i < LiveTail.MAX_WATCHERS; i++) {
            tail.watch(filter(null, null));
        }
        assertThatThrownBy(() -> tail.watch(filter(null, null)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("32 streams are open");
        Watcher last = new LiveTail().watch(filter(null, null));
        assertThat(last.goesOn(0)).isTrue();
        tail.close();
        assertThatThrownBy(() -> tail.watch(filter(null, null)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("the server stops");
    }
}
