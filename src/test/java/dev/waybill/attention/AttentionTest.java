package dev.waybill.attention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.journal.LaneKey;
import dev.waybill.lane.LaneBoard;
import dev.waybill.lane.LaneView;
import dev.waybill.lane.ReplayFeed;
import dev.waybill.lane.ReplayJobs;
import dev.waybill.lane.TrimmedKeys;
import dev.waybill.log.IntakeGate;
import dev.waybill.metrics.Metrics;
import dev.waybill.workspace.Settings;
import dev.waybill.workspace.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class AttentionTest {
    private static final Subject BREAKER = new Subject(Kind.BREAKER_OPEN, new LaneKey("web", "kargo-main"));

    private static Attention attention(LongSupplier freeBytes) {
        LaneBoard none = new LaneBoard() {
            @Override
            public List<LaneView> lanes() {
                return List.of();
            }

            @Override
            public List<ReplayFeed> replays() {
                return List.of();
            }

            @Override
            public ReplayFeed replay(LaneView lane, String what, ReplayJobs.Selector selector) {
                throw new IllegalStateException("there are no lanes");
            }
        };
        return new Attention(new Attention.Parts(
                none,
                new Metrics(),
                new TrimmedKeys(0),
                () -> new Workspace(Settings.DEFAULT, Map.of(), Map.of()),
                List::of,
                freeBytes,
                1,
                () -> Optional.of(new IntakeGate.Closed(IntakeGate.Cause.FAILED, "A file could not be forced.")),
                _ -> true,
                () -> Instant.EPOCH));
    }

    @Test
    void what_was_open_in_a_lane_that_is_gone_is_over_and_has_not_recovered() {
        Findings findings = attention(() -> 1L << 40).refresh(Set.of(BREAKER));
        assertThat(findings.isUnknown(BREAKER)).isFalse();
        assertThat(findings.ending(BREAKER))
                .isEqualTo(new Ending(false, "the integration was removed from the pipeline"));
        assertThat(findings.found()).extracting(Finding::kind).containsExactly(Kind.INTAKE_CLOSED);
    }

    @Test
    void a_disk_that_cannot_be_read_hides_no_closed_intake() {
        Findings findings = attention(() -> {
                    throw new UncheckedIOException(new IOException("no such device"));
                })
                .refresh(Set.of());
        assertThat(findings.found()).extracting(Finding::kind).containsExactly(Kind.INTAKE_CLOSED);
        assertThat(findings.unknown()).containsExactly(new Subject(Kind.DISK_LOW, null));
    }
}
