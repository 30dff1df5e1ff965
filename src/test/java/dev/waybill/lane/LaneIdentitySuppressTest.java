package dev.waybill.lane;

import static dev.waybill.lane.TestEvents.anonymous;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.outcome.Reason;
import dev.waybill.suppress.Suppressions.Kind;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Events that wait for an identifier and whose person is suppressed meanwhile.
class LaneIdentitySuppressTest extends OnAWaitingRig {
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
}
