package dev.waybill.ledger;

import dev.waybill.outcome.Reason;
import java.util.Map;

/// How many events were accepted and how many ended how, in some span of time.
public record Counts(long accepted, long delivered, Map<Reason, Long> filtered, Map<Reason, Long> rejected) {
    public static final Counts NONE = new Counts(0, 0, Map.of(), Map.of());

    public Counts {
        filtered = Map.copyOf(filtered);
        rejected = Map.copyOf(rejected);
    }
}
