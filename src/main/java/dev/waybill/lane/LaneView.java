package dev.waybill.lane;

import dev.waybill.journal.LaneJournal;
import dev.waybill.journal.LaneKey;
import dev.waybill.journal.Snapshot;
import dev.waybill.lane.LaneStatus.State;
import dev.waybill.ledger.LedgerView;
import dev.waybill.log.EventLog;
import dev.waybill.log.LogItem;
import java.util.Optional;

/// A lane as others may look at it, running or removed. Safe for threads.
///
/// @param lane empty when the integration was removed from its pipeline
public record LaneView(LaneKey key, LaneJournal journal, EventLog log, Optional<Lane> lane) {
    private static final String REMOVED = "the integration was removed from the pipeline";

    public LaneStatus status() {
        return lane.map(Lane::status).orElseGet(() -> new LaneStatus(State.REMOVED, REMOVED, 0, false, 0, 0));
    }

    /// The lane's row in the ledger. A removed lane's books ended when it was removed.
    public LedgerView ledger() {
        LaneStatus status = status();
        Snapshot counts = journal.snapshot(end());
        return new LedgerView(
                key.pipeline(),
                key.integration(),
                status.revision(),
                counts.accepted(),
                counts.delivered(),
                counts.filtered(),
                counts.rejected(),
                counts.missingIdentity(),
                counts.pending(),
                status.state().text(),
                status.detail());
    }

    private long end() {
        return lane.isPresent() ? log.end() : journal.highestKnown();
    }

    /// When the oldest pending event was received, in milliseconds of the epoch; empty when none is pending. Reads the
    /// log.
    public Optional<Long> oldestPending() {
        long sequence = journal.firstUndecided();
        return sequence >= end()
                ? Optional.empty()
                : log.read(sequence)
                        .flatMap(item -> item instanceof LogItem.Entry entry
                                ? Optional.of(entry.record().receivedAt())
                                : Optional.empty());
    }
}
