package dev.waybill.outcome;

import static dev.waybill.outcome.Outcome.FILTERED;
import static dev.waybill.outcome.Outcome.REJECTED;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Why an event was filtered or rejected, in the order in which the reasons are looked at: the first that applies is
/// the event's reason. The three below `SHADOW` are found only at or after the send, or in the log itself.
public enum Reason {
    LANE_DISABLED(FILTERED, "The integration is switched off or was removed from the pipeline."),
    DUPLICATE(FILTERED, "An event with the same messageId came earlier, within dedup.window."),
    EXPIRED(REJECTED, "Older than the integration's maxEventAge."),
    SUPPRESSED(FILTERED, "The person asked not to be tracked (POST /api/suppress)."),
    CONSENT_DENIED(
            FILTERED,
            "The consent signals on the event do not allow sending it, or consent was withdrawn after it came;"
                    + " the detail says which."),
    NOT_SELECTED(FILTERED, "The event's own integrations object excludes this integration."),
    RULE(FILTERED, "A filter of the playbook; the detail names it."),
    UNMAPPED_EVENT(FILTERED, "The playbook maps no event of this name or type."),
    EVENT_DISABLED(FILTERED, "The playbook says send: false for this event."),
    MISSING_IDENTITY(FILTERED, "The identifier that the destination demands is not on the event; the detail says why."),
    MAPPING_FAILED(REJECTED, "The playbook could not be applied to this event."),
    REQUIRED_MISSING(REJECTED, "A required output key has no value; the detail names it."),
    EVENT_NAME_TOO_LONG(
            REJECTED, "The output event name is longer than the destination takes; a cut name would corrupt reports."),
    LIMIT_EXCEEDED(REJECTED, "The event breaks a limit of the destination and limits.policy is reject."),
    SHADOW(FILTERED, "The integration runs in mode shadow: all but the send was done."),
    REFUSED_BY_DESTINATION(REJECTED, "The destination answered that it will not take this event."),
    LOG_OVERFLOW(REJECTED, "Dropped unsent because the log was full and log.overflow is drop-oldest."),
    LOG_DAMAGED(REJECTED, "The event's bytes in the log are damaged; the detail says where.");

    private static final Map<String, Reason> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toMap(Reason::code, reason -> reason));

    private final Outcome outcome;
    private final String description;
    private final String code = name().toLowerCase(Locale.ROOT);

    Reason(Outcome outcome, String description) {
        this.outcome = outcome;
        this.description = description;
    }

    /// The outcome that this reason always gives.
    public Outcome outcome() {
        return outcome;
    }

    /// The name in JSON, metrics and docs, such as `missing_identity`.
    public String code() {
        return code;
    }

    /// One sentence for people.
    public String description() {
        return description;
    }

    public static Optional<Reason> of(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }
}
