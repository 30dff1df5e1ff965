package dev.waybill.access;

import java.time.Duration;
import java.time.InstantSource;

/// Writes failed sign-ins into the audit journal, but not as fast as somebody can fail: 20 at once and then one a
/// minute; the next entry says how many were left out. What was typed as a name is written only when it is one: it
/// may be a password. Safe for threads.
final class FailedSignIns {
    private static final int AT_ONCE = 20;
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final AuditJournal audit;
    private final InstantSource clock;
    private final Allowance failed = new Allowance(AT_ONCE, INTERVAL.toMillis());
    private final Allowance blocked = new Allowance(AT_ONCE, INTERVAL.toMillis());
    private long leftOut;

    FailedSignIns(AuditJournal audit, InstantSource clock) {
        this.audit = audit;
        this.clock = clock;
    }

    void failed(String who, String address) {
        tell(failed, who, Audited.SIGN_IN_FAILED, address);
    }

    void blocked(String who, String address) {
        tell(blocked, who, Audited.SIGN_IN_BLOCKED, address);
    }

    private void tell(Allowance allowance, String who, Audited what, String address) {
        long before;
        synchronized (this) {
            if (allowance.take(clock.millis()) > 0) {
                leftOut++;
                return;
            }
            before = leftOut;
            leftOut = 0;
        }
        String more = before == 0 ? null : "and %d more before".formatted(before);
        audit.record(who, what, "from " + address, null, more);
    }
}
