package dev.waybill.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.journal.Entry;
import dev.waybill.outcome.Reason;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/// A rig whose events wait for an identifier, longer than any slow machine takes.
abstract class OnAWaitingRig extends OnARig {
    static final Map<Reason, Long> ONE_MISSING = Map.of(Reason.MISSING_IDENTITY, 1L);

    long now;

    @BeforeEach
    void waitLong() {
        rig.identityWait = Duration.ofMinutes(10);
        now = rig.clock.millis();
    }

    long waitMillis() {
        return rig.identityWait.toMillis();
    }

    void awaitHeld(int count) {
        Await.until(
                () -> rig.lane().status().detail().equals(count == 0 ? "" : waitFor(count)),
                () -> rig.lane().status() + " " + rig.ledger());
    }

    private static String waitFor(int count) {
        return count + (count == 1 ? " event waits" : " events wait")
                + " for an identifier that the browser may report";
    }

    Entry.Decided decided(long position) {
        return rig.lane().journal().entriesFor(position, position + 1).stream()
                .filter(Entry.Decided.class::isInstance)
                .map(Entry.Decided.class::cast)
                .reduce((_, _) -> {
                    throw new AssertionError("two outcomes of " + position);
                })
                .orElseThrow();
    }

    void hasPuid(int request, String puid) {
        assertThat(destination.received().get(request).body()).contains(puid);
    }

    /// Sends all that is recorded again, what was delivered included, and waits for its end.
    void replayAll() {
        ReplayQuery query = new ReplayQuery(0, Long.MAX_VALUE, null, null, null, true);
        rig.replay(selected -> query.select(rig.lane().journal(), 0, rig.log.end(), selected));
        Await.until(() -> rig.replayed().pending() == 0, () -> rig.replayed().toString());
    }
}
