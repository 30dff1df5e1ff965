package dev.waybill.attention;

import static dev.waybill.attention.Severity.HIGH;
import static dev.waybill.attention.Severity.LOW;
import static dev.waybill.attention.Severity.MEDIUM;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What can need attention, in the order in which it is shown. docs/attention.md lists these words; the thresholds
/// stand in the rules.
public enum Kind {
    INTAKE_CLOSED(
            HIGH,
            true,
            "The collector accepts no events and answers 503: something could not be made durable, the log is full, or"
                    + " the disk is.",
            "Until a restart: look at the disk and at Waybill's log, mend the cause, then restart. Log full: raise"
                    + " log.maxBytes or lower log.retention. Disk full: free some space; intake resumes by itself.",
            "the collector accepts events again"),
    LANE_PAUSED(
            HIGH,
            true,
            "The lane is paused: nothing is sent and its events wait.",
            "Mend what the text names, then resume the lane; a lane that paused itself also tries one event every 5"
                    + " minutes. Paused by hand, it waits for you.",
            "the lane is no longer paused"),
    BREAKER_OPEN(
            HIGH,
            true,
            "The destination fails and its events wait; one is tried at least every 30 seconds.",
            "Ask the destination whether it is down. Nothing is lost: events are sent when it recovers, up to"
                    + " maxEventAge.",
            "the destination answers again"),
    NEAR_MAX_AGE(
            HIGH,
            true,
            "The oldest pending event is over 80 % of maxEventAge old.",
            "Let the lane send now, or raise maxEventAge in a new revision: what gets older is rejected as expired and"
                    + " kept as a dead letter.",
            "the oldest pending event is young enough again"),
    DISK_LOW(
            HIGH,
            true,
            "Less than twice log.minFreeBytes is free where the data directory is.",
            "Free some space, or lower log.retention or set log.maxBytes. Below log.minFreeBytes the collector answers"
                    + " 503.",
            "there is enough free space again"),
    BROKEN_WORKSPACE(
            HIGH,
            false,
            "The workspace's files have errors, so that what they say is not in force; the last good one runs.",
            "Run `./waybill check --workspace DIR` and mend what it lists; the files are taken within 2 seconds.",
            "the workspace's files are in force again"),
    BACKLOG_GROWING(
            MEDIUM,
            false,
            "Over 1,000 events wait, over 10 % more than 10 minutes ago and more than 5 minutes ago, while the lane"
                    + " sends.",
            "See whether delivery.ratePerSecond or delivery.concurrency holds it back, or whether the destination"
                    + " answers slowly (waybill_delivery_seconds).",
            "the backlog no longer grows"),
    REASON_JUMP(
            MEDIUM,
            true,
            "One reason's share of the last 10 minutes' events is at least twice what it was in the day before, and"
                    + " 5 points more, with 50 events and 20 of the reason at least, and beyond chance.",
            "Look at events with this reason and what their details say; compare with what was changed at that time: a"
                    + " pin, the site's tags, its consent banner.",
            "no reason stands out any more"),
    EXPECTED_EVENT_QUIET(
            MEDIUM,
            true,
            "An event that came in this hour of most of the last 7 days has not come for an hour.",
            "Do on the site what should send it and watch the events: a tag or an SDK may have been removed or renamed.",
            "the expected events come again"),
    UNMAPPED_NAMES(
            MEDIUM,
            false,
            "At least 10 events of the last 24 hours ended as unmapped_event.",
            "Map the names in a new revision, or leave them if the destination doesn't want them. A misspelt name is"
                    + " best mended on the site.",
            "no event is unmapped any more"),
    TRIMMED_KEYS(
            LOW,
            false,
            "At least 10 keys or values were cut or left out within the last hour to fit the destination's limits.",
            "Choose what is sent: exclude keys, or map those that count explicitly, for explicit ones stay.",
            "nothing is trimmed any more"),
    WITHOUT_CONSENT_SIGNAL(
            LOW,
            false,
            "Of at least 100 events of the last hour, at least 5 % carried no consent signal, so that the pipeline's"
                    + " scope alone decided.",
            "Where the site has a consent banner, pass its signals on: docs/consent.md says how. Where it has none,"
                    + " nothing need be done.",
            "events carry consent signals again"),
    NOT_CONFIRMED(
            LOW,
            false,
            "Nobody has yet confirmed with the destination that it counts what this integration sends.",
            "Hold the daily counts against the destination's own report, or send it the evidence sheet; then tick the"
                    + " integration as confirmed.",
            "the integration is confirmed");

    private final Severity severity;
    private final boolean alerts;
    private final String when;
    private final String advice;
    private final String recovered;

    Kind(Severity severity, boolean alerts, String when, String advice, String recovered) {
        this.severity = severity;
        this.alerts = alerts;
        this.when = when;
        this.advice = advice;
        this.recovered = recovered;
    }

    /// The word in JSON and docs, such as `lane_paused`.
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public Severity severity() {
        return severity;
    }

    /// Whether the webhook tells of it unless somebody chose otherwise.
    public boolean alerts() {
        return alerts;
    }

    /// Whether each reason, or each event, is told of by itself: [Subject#about()] names it.
    public boolean isOfEach() {
        return this == REASON_JUMP || this == EXPECTED_EVENT_QUIET;
    }

    /// When it applies, with its thresholds, in one sentence.
    public String when() {
        return when;
    }

    /// What to do.
    public String advice() {
        return advice;
    }

    /// What is the case when it no longer applies; no sentence of its own.
    public String recovered() {
        return recovered;
    }

    public static Optional<Kind> of(String code) {
        return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
    }

    /// The words of all kinds.
    public static List<String> codes() {
        return Arrays.stream(values()).map(Kind::code).toList();
    }
}
