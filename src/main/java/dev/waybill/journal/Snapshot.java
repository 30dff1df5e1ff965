package dev.waybill.journal;

import dev.waybill.outcome.NoticeCode;
import dev.waybill.outcome.Reason;
import java.util.Map;
import java.util.Optional;

/// A lane's durable numbers at one moment.
///
/// @param accepted all events from the lane's start to the log's end
/// @param missingIdentity what is filtered for want of an identifier, by [dev.waybill.ledger.MissingCause]
/// @param pending how many of them are undecided, counted from the set of decided positions
/// @param events delivered events by name; at most 200 names, the rest as `other`
/// @param paused why the lane is paused, or empty
public record Snapshot(
        long accepted,
        long delivered,
        Map<Reason, Long> filtered,
        Map<Reason, Long> rejected,
        Map<String, Long> missingIdentity,
        long pending,
        Map<NoticeCode, Long> notices,
        Map<String, Long> events,
        Optional<String> paused) {
    public Snapshot {
        filtered = Map.copyOf(filtered);
        rejected = Map.copyOf(rejected);
        missingIdentity = Map.copyOf(missingIdentity);
        notices = Map.copyOf(notices);
        events = Map.copyOf(events);
    }
}
