package dev.waybill.ledger;

import dev.waybill.outcome.Reason;
import java.util.Map;

/// A lane's row in `/api/ledger`.
///
/// @param missingIdentity what is filtered as `missing_identity`, by [MissingCause]; only causes that occurred
/// @param state `running`, `waiting`, `paused`, `disabled` or `removed`
/// @param detail why, or empty
public record LedgerView(
        String pipeline,
        String integration,
        int revision,
        long accepted,
        long delivered,
        Map<Reason, Long> filtered,
        Map<Reason, Long> rejected,
        Map<String, Long> missingIdentity,
        long pending,
        String state,
        String detail) {
    public LedgerView {
        filtered = Map.copyOf(filtered);
        rejected = Map.copyOf(rejected);
        missingIdentity = Map.copyOf(missingIdentity);
    }

    /// Whether accepted = delivered + filtered + rejected + pending. It must, always.
    public boolean balances() {
        return accepted == delivered + sum(filtered) + sum(rejected) + pending;
    }

    private static long sum(Map<Reason, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
