package dev.waybill.api;

import dev.waybill.lane.LaneStatus;
import dev.waybill.metrics.Metrics;
import dev.waybill.outcome.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// What to do where a pipeline's first event got stuck, in one or two sentences.
final class FirstEventAdvice {
    private static final String UNKNOWN_WRITE_KEY = "unknown_write_key";
    private static final String MISSING_WRITE_KEY = "missing_write_key";
    private static final String FOREIGN_ORIGIN = "foreign_origin";

    private FirstEventAdvice() {}

    /// No event came. A request with a wrong write key can't be told by pipeline, so what was refused at all since then
    /// is told.
    ///
    /// @param refusals what the collector refused since the server's start, whichever the pipeline
    /// @param since milliseconds of the epoch; what was refused before it alone is not told
    static String none(String pipeline, SortedMap<String, Metrics.Refusals> refusals, long since) {
        List<String> hints = new ArrayList<>();
        refusals.forEach((reason, refused) -> {
            if (refused.last() >= since) {
                hints.add("%s (%d since the server's start, the last at %s)%s"
                        .formatted(reason, refused.count(), Times.iso(refused.last()), hint(reason, pipeline)));
            }
        });
        return hints.isEmpty()
                ? "No event of this pipeline came, and no request was refused: none reached this server. Load a page with"
                        + " the snippet, look in the browser's network panel for POST /v1/…, and check the URL in the"
                        + " snippet, a proxy in front of this server, and ad blockers."
                : "No event of this pipeline came, but requests were refused since then; of which pipeline they were meant"
                        + " to be can't be known: " + String.join("; ", hints) + ".";
    }

    private static String hint(String reason, String pipeline) {
        return switch (reason) {
            case UNKNOWN_WRITE_KEY ->
                ": compare the write key on the page with writeKey in pipelines/" + pipeline + ".yaml";
            case MISSING_WRITE_KEY -> ": the page or SDK sends no write key";
            case FOREIGN_ORIGIN -> ": list the page's origin under origins of pipelines/" + pipeline + ".yaml";
            default -> "";
        };
    }

    static String of(FirstEvent.Found found, LaneStatus status) {
        return switch (found.stage()) {
            case NONE -> "Send an event.";
            case RECEIVED ->
                "It came, but before this integration was in the pipeline, or after it was taken out. Send another one, or"
                        + " replay it.";
            case HELD ->
                "It waits for the identifier, which the browser may report within identityWait. If it ends as"
                        + " missing_identity, look at the ID sync.";
            case PENDING -> pending(found, status);
            case DELIVERED -> "It arrived: the destination took it. Ask the destination to confirm what it has.";
            case FILTERED, REJECTED -> of(found.reason());
        };
    }

    private static String pending(FirstEvent.Found found, LaneStatus status) {
        return switch (status.state()) {
            case PAUSED -> "The lane is paused (" + status.detail() + "). Mend that and resume the lane.";
            case WAITING -> "The lane waits (" + status.detail() + ").";
            case RUNNING, DISABLED, REMOVED ->
                found.detail() == null
                        ? "It is on its way; ask again in a moment."
                        : "The destination didn't take it yet (" + found.detail()
                                + "); it is tried again. Check ENDPOINT"
                                + " and whether the destination is reachable from here.";
        };
    }

    static String of(@Nullable Reason reason) {
        return switch (reason) {
            case null -> "See the event's trace.";
            case LANE_DISABLED -> "Switch the integration on in the pipeline, then send another event.";
            case DUPLICATE -> "An event with the same messageId came before: send one with another, or none.";
            case EXPIRED -> "It is older than maxEventAge: check the clock that sets sentAt and originalTimestamp.";
            case SUPPRESSED -> "This person asked not to be tracked: test with another userId or anonymousId.";
            case CONSENT_DENIED ->
                "Consent forbids it, as the detail says. Accept on the page's banner, and check the pipeline's consent"
                        + " settings and that the banner's signal is on the event.";
            case NOT_SELECTED -> "The event's integrations object excludes this destination: let it name it as true.";
            case RULE ->
                "The filter that the detail names kept it back: send an event that it lets through, or change it.";
            case UNMAPPED_EVENT ->
                "The playbook maps no event of this name: rename it on the page, or add it as a custom event.";
            case EVENT_DISABLED -> "The playbook says send: false for this event: send another one, or change that.";
            case MISSING_IDENTITY ->
                "The person's identifier is not on the event. Check the ID sync on the page (waybill sync-check), third-party"
                        + " cookies in the browser, and SYNC_URL.";
            case MAPPING_FAILED ->
                "The playbook couldn't be applied: the detail says where; see the trace, step by step.";
            case REQUIRED_MISSING -> "A required key has no value: map the key that the detail names.";
            case EVENT_NAME_TOO_LONG -> "The output event name is too long: give it a shorter one in the playbook.";
            case LIMIT_EXCEEDED ->
                "It breaks a limit and limits.policy is reject: send less, or let the policy be trim.";
            case SHADOW ->
                "All went well but for the send, which mode shadow keeps back: set mode live to send the next one.";
            case REFUSED_BY_DESTINATION ->
                "The destination refused it, as its answer in the detail says: check the parameters and the request in the"
                        + " trace.";
            case LOG_OVERFLOW -> "The log was full: make room on the disk, or let log.overflow be refuse.";
            case LOG_DAMAGED -> "The event's bytes are damaged on the disk: check the disk, and send another one.";
        };
    }
}
