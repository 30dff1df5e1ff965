package dev.waybill.journal;

import dev.waybill.outcome.NoticeCode;
import dev.waybill.outcome.Outcome;
import dev.waybill.outcome.Reason;
import java.util.List;

/// Entries for tests.
final class Entries {
    static final long NOON = 1_800_000_000_000L;

    private Entries() {}

    static Entry.Decided delivered(long position, String event) {
        return new Entry.Decided(
                position,
                1,
                Outcome.DELIVERED,
                null,
                null,
                event,
                1,
                1,
                200,
                "{\"ok\":true}",
                List.of(NoticeCode.VALUE_TRUNCATED),
                NOON,
                NOON + 40 + position * 1000);
    }

    static Entry.Decided ended(long first, long count, Reason reason) {
        return new Entry.Decided(
                first,
                count,
                reason.outcome(),
                reason,
                "why",
                "page",
                2,
                0,
                0,
                null,
                List.of(),
                NOON,
                NOON + first * 1000);
    }

    static Entry.Decided missing(long position, String detail) {
        Reason reason = Reason.MISSING_IDENTITY;
        return new Entry.Decided(
                position, 1, reason.outcome(), reason, detail, "page", 1, 0, 0, null, List.of(), NOON, NOON);
    }

    static Entry.Attempted failed(long position, int attempt) {
        return new Entry.Attempted(position, attempt, 1, 503, "503 Service Unavailable", NOON + position * 1000);
    }
}
