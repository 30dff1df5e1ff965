package dev.waybill.log;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes old events from all logs of a server, by age and by size.
///
/// By age nothing goes that an enabled lane still needs. By size neither, and intake closes instead; unless
/// the oldest are to be dropped: then lanes find their events gone and count them as `log_overflow`.
///
/// Threads: one at a time; its owner runs it every few seconds.
public final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    /// How long and how much is kept.
    ///
    /// @param age events of segments wholly older go
    /// @param maxBytes of all logs together; null is unlimited
    /// @param dropOldest whether size goes before the lanes' needs
    public record Rules(Duration age, @Nullable Long maxBytes, boolean dropOldest) {}

    /// A log and what is needed of it.
    ///
    /// @param needed the lowest sequence that an enabled lane still needs; Long.MAX_VALUE when there is none
    public record Kept(FileLog log, long needed) {}

    private final Rules rules;
    private final IntakeGate gate;
    private final InstantSource clock;

    /// @param gate closes while the logs are full and nothing may be dropped
    public Retention(Rules rules, IntakeGate gate, InstantSource clock) {
        this.rules = rules;
        this.gate = gate;
        this.clock = clock;
    }

    /// Deletes what may go now.
    public void run(List<Kept> logs) {
        long maxBytes = rules.maxBytes() == null ? Long.MAX_VALUE : rules.maxBytes();
        RetentionPlan.Outcome plan = RetentionPlan.of(
                logs.stream()
                        .map(kept -> new RetentionPlan.Candidate(kept.log().segments(), kept.needed()))
                        .toList(),
                clock.millis() - rules.age().toMillis(),
                maxBytes,
                rules.dropOldest());
        for (int i = 0; i < logs.size(); i++) {
            carryOut(logs.get(i), plan.steps().get(i));
        }
        gate.full(
                plan.bytesLeft() <= maxBytes || rules.dropOldest()
                        ? null
                        : ("The log is full: %d bytes are needed by lanes that have not sent them, log.maxBytes is %d; "
                                        + "resume or remove those lanes or raise log.maxBytes.")
                                .formatted(plan.bytesLeft(), maxBytes));
    }

    private static void carryOut(Kept kept, RetentionPlan.Step step) {
        FileLog log = kept.log();
        if (step.seal()) {
            log.seal();
        }
        if (step.dropBefore() <= log.first()) {
            return;
        }
        long overflowed = step.dropBefore() - Math.max(kept.needed(), log.first());
        if (overflowed > 0) {
            LOG.warn(
                    "The log of pipeline {} is over log.maxBytes: dropping {} events that a lane has not sent yet.",
                    log.pipeline(),
                    overflowed);
        }
        try {
            log.dropBefore(step.dropBefore());
        } catch (IOException e) {
            LOG.warn("Old events of pipeline {} could not be deleted.", log.pipeline(), e);
        }
    }
}
