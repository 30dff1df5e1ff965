package dev.waybill.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.deliver.FakeDestination.Reply;
import dev.waybill.journal.Entry.Marked;
import dev.waybill.journal.Mark;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a lane leaves behind for the chart: each pin once, the breaker's changes, also over a restart.
class LaneMarkedTest extends OnARig {
    private List<Mark> marks() {
        return rig.lane().journal().marks().since(0).stream().map(Marked::mark).toList();
    }

    @Test
    void a_pin_is_marked_once_and_again_when_it_changed() {
        rig.run(kargo(1, ""));
        rig.restart();
        assertThat(marks()).containsExactly(Mark.PIN);
        rig.run(kargo(2, ""));
        Await.until(() -> marks().size() == 2, () -> marks().toString());
        assertThat(rig.lane().journal().marks().pinned()).contains("revision 2 live");
        rig.restart();
        assertThat(marks()).containsExactly(Mark.PIN, Mark.PIN);
    }

    @Test
    void a_breaker_that_opens_is_marked_over_a_crash() {
        destination.usually(request -> Reply.status(503));
        rig.run(kargo(""));
        rig.orders("web", 0, 50);
        awaitBreakerOpen();
        Await.until(() -> marks().contains(Mark.BREAKER_OPEN), () -> marks().toString());
        rig.crash();
        assertThat(marks()).startsWith(Mark.PIN, Mark.BREAKER_OPEN);
    }
}
