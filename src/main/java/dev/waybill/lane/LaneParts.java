package dev.waybill.lane;

import dev.waybill.deadletter.DeadLetters;
import dev.waybill.dedup.DedupIndex;
import dev.waybill.deliver.AddressGuard;
import dev.waybill.identity.Reports;
import dev.waybill.journal.LaneJournal;
import dev.waybill.journal.LaneKey;
import dev.waybill.log.EventLog;
import dev.waybill.metrics.LaneMetrics;
import dev.waybill.suppress.Suppressions;
import dev.waybill.suppress.Withdrawals;
import java.time.InstantSource;

/// What a lane is made of.
public record LaneParts(
        LaneKey key,
        EventLog log,
        LaneJournal journal,
        DeadLetters deadLetters,
        DedupIndex duplicates,
        Suppressions suppressions,
        Withdrawals withdrawals,
        Reports reports,
        LaneMetrics metrics,
        AddressGuard guard,
        LaneTap tap,
        InstantSource clock) {}
