package dev.waybill.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.log.LogRecord;
import dev.waybill.outcome.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// As many events as may wait for an identifier, at every second position of the log: each is a gap of its own in what
/// the journal knows.
class LaneManyHeldTest {
    private static final int HELD = IdentityWait.MAX_HELD;
    private static final int STEP = 10_000;
    private static final long ALLOWED_BYTES = 50_000_000;

    private LaneRig rig;

    @BeforeEach
    void open(@TempDir Path dir) {
        rig = new LaneRig(dir, 32 << 20);
        rig.identityWait = Duration.ofMinutes(10);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    /// One that waits, and one that ends at once.
    private static List<LogRecord> pair(int number, long now) {
        return List.of(
                TestEvents.anonymous("held-" + number, "browser-" + number, now),
                TestEvents.anonymous("not-" + number, "Wished Upon", "browser-" + number, now));
    }

    /// The least of several looks, each after a full collection: what others leave behind for a moment doesn't count.
    private static long heap() {
        long least = Long.MAX_VALUE;
        for (int look = 0; look < 5; look++) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    private void awaitWaiting(int count) {
        Await.until(
                () -> rig.lane().status().waiting() == count,
                () -> rig.lane().status().toString());
    }

    @Test
    void a_hundred_thousand_cost_little_memory_and_one_more_ends_the_oldest() {
        long now = rig.clock.millis();
        for (int from = 0; from < HELD; from += STEP) {
            List<LogRecord> some = new ArrayList<>();
            for (int i = from; i < from + STEP; i++) {
                some.addAll(pair(i, now + i / 1000));
            }
            rig.append(some);
        }
        long before = heap();
        rig.run(TestEvents.kargo(LaneRig.KARGO, 1, "http://127.0.0.1:9/events", ""));
        for (int reached = STEP; reached < HELD; reached += STEP) {
            int next = reached;
            Await.until(
                    () -> rig.lane().journal().nextUndecided(0) == 0
                            && rig.lane().journal().snapshot(rig.log.end()).pending() <= 2L * HELD - next,
                    () -> rig.ledger().toString());
        }
        awaitWaiting(HELD);
        assertThat(heap() - before).as("bytes more").isLessThan(ALLOWED_BYTES);

        rig.append(pair(HELD, now + 1000));
        rig.awaitLedger(ledger ->
                ledger.filtered().equals(Map.of(Reason.UNMAPPED_EVENT, HELD + 1L, Reason.MISSING_IDENTITY, 1L)));
        assertThat(rig.lane().journal().firstUndecided()).isEqualTo(2);
        awaitWaiting(HELD);
    }
}
