package dev.waybill.deadletter;

import dev.waybill.journal.LaneKey;
import dev.waybill.log.LogRecord;
import dev.waybill.outcome.Reason;
import org.jspecify.annotations.Nullable;

/// One event that a lane rejected. Keyed by lane and position: written twice, the later one counts.
///
/// @param position the event's sequence in the pipeline's log
/// @param at when it was rejected, milliseconds of the epoch
/// @param event the name to count by
/// @param record the event as received
/// @param request the mapped request as JSON, secrets as placeholders; null when it was never mapped
/// @param verdict the kit's word about the last answer, or null when it was never sent
/// @param status the last answer's HTTP status, or 0
/// @param answer the first 2 KiB of the last answer, or null
/// @param attempts how often it was sent
public record DeadLetter(
        LaneKey lane,
        long position,
        long at,
        Reason reason,
        @Nullable String detail,
        String event,
        LogRecord record,
        @Nullable String request,
        @Nullable String verdict,
        int status,
        @Nullable String answer,
        int attempts,
        int revision) {

    /// The id in URLs and commands: `web~kargo-main~123`.
    public String id() {
        return lane.pipeline() + "~" + lane.integration() + "~" + position;
    }
}
