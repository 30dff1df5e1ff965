package dev.waybill.attention;

import static dev.waybill.attention.Wording.count;
import static dev.waybill.attention.Wording.list;
import static dev.waybill.attention.Wording.name;
import static dev.waybill.attention.Wording.number;
import static dev.waybill.attention.Wording.percent;
import static dev.waybill.attention.Wording.span;

import dev.waybill.config.Nearest;
import dev.waybill.lane.LaneStatus.State;
import dev.waybill.lane.TrimmedKeys;
import dev.waybill.outcome.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What needs attention in one lane. Pure: the same numbers give the same findings.
final class LaneRules {
    static final long MIN_BACKLOG = 1000;
    static final double BACKLOG_GROWTH = 0.1;
    static final double NEAR_MAX_AGE = 0.8;
    static final long MIN_HEARD = 100;
    static final double SILENT_SHARE = 0.05;
    static final long MIN_UNMAPPED = 10;
    static final long MIN_TRIMMED = 10;
    /// What waits longer keeps the lane from reading, so that what it has read says little of what came.
    private static final long READS_LATE = 10 * 60_000;

    private static final long HOUR = 60 * 60_000;
    private static final long TEN_MINUTES = 10 * 60_000;

    static final Ending REMOVED = new Ending(false, "the integration was removed from the pipeline");
    private static final Ending OFF = new Ending(false, "the lane was switched off");

    private final LaneNumbers lane;
    private final Set<Subject> open;
    private final List<Finding> found = new ArrayList<>();
    private final Set<Subject> unknown = new HashSet<>();
    private final Map<Subject, Ending> endings = new HashMap<>();

    private LaneRules(LaneNumbers lane, Set<Subject> open) {
        this.lane = lane;
        this.open = open;
    }

    /// Looks at one lane. A disabled or removed one needs nothing.
    ///
    /// @param open what was found in the lane before and isn't over yet
    static Findings of(LaneNumbers lane, Set<Subject> open) {
        LaneRules rules = new LaneRules(lane, open);
        if (lane.status().state() != State.DISABLED && lane.status().state() != State.REMOVED) {
            rules.sending();
            rules.backlog();
            rules.age();
            rules.reasons();
            rules.quiet();
            rules.unmapped();
            rules.trimmed();
            rules.consent();
            rules.confirmed();
        } else {
            Ending ending = lane.status().state() == State.DISABLED ? OFF : REMOVED;
            open.forEach(subject -> rules.endings.put(subject, ending));
        }
        return new Findings(rules.found, rules.unknown, rules.endings);
    }

    private boolean paused() {
        return lane.status().state() == State.PAUSED;
    }

    private boolean sends() {
        return !paused() && !lane.status().breakerOpen();
    }

    private void sending() {
        String waiting = count(lane.pending(), "event waits", "events wait");
        if (paused()) {
            find(Kind.LANE_PAUSED, "Paused: %s. %s.".formatted(lane.status().detail(), waiting), "overview", "");
        }
        if (lane.status().breakerOpen()) {
            String why =
                    lane.status().detail().isEmpty() ? "" : ": " + lane.status().detail();
            find(Kind.BREAKER_OPEN, "The destination fails%s. %s.".formatted(why, waiting), "overview", "");
        } else if (paused()) {
            // What sends nothing hears nothing.
            unknown(Kind.BREAKER_OPEN);
        }
    }

    private void backlog() {
        Samples.Trend trend = lane.trend();
        if (!sends() || trend.known() < TEN_MINUTES) {
            unknown(Kind.BACKLOG_GROWING);
        } else if (lane.pending() > MIN_BACKLOG
                && lane.pending() > trend.fiveMinutesAgo()
                && lane.pending() > trend.tenMinutesAgo() * (1 + BACKLOG_GROWTH)) {
            double growth = Math.max(0, -trend.drainPerSecond());
            find(
                    Kind.BACKLOG_GROWING,
                    "%s events wait, %s more than 10 minutes ago; %s a second more come in than end."
                            .formatted(
                                    number(lane.pending()),
                                    number(lane.pending() - trend.tenMinutesAgo()),
                                    String.format(Locale.ROOT, "%.1f", growth)),
                    "overview",
                    "");
        }
    }

    private void age() {
        if (lane.oldestPending().isPresent() && lane.oldestPending().getAsLong() > NEAR_MAX_AGE * lane.maxEventAge()) {
            long left = lane.maxEventAge() - lane.oldestPending().getAsLong();
            String what = left <= 0
                    ? "it expires with its next attempt"
                    : "in %s it is rejected as expired".formatted(span(left));
            find(
                    Kind.NEAR_MAX_AGE,
                    "The oldest of %s is %s old; %s."
                            .formatted(
                                    count(lane.pending(), "pending event", "pending events"),
                                    span(lane.oldestPending().getAsLong()),
                                    what),
                    "overview",
                    "");
        } else if (lane.recent().tenMinutes().of(Reason.EXPIRED) > 0) {
            long expired = lane.recent().tenMinutes().of(Reason.EXPIRED);
            endings.put(
                    new Subject(Kind.NEAR_MAX_AGE, lane.key()),
                    new Ending(
                            false,
                            "%s rejected as expired in the last 10 minutes and kept as dead letters"
                                    .formatted(count(expired, "event was", "events were"))));
        }
    }

    private void reasons() {
        if (!ReasonJump.canJudge(lane.recent().tenMinutes(), lane.past())) {
            unknown(Kind.REASON_JUMP);
            return;
        }
        Set<String> jumped = new HashSet<>();
        for (ReasonJump jump : ReasonJump.of(lane.recent().tenMinutes(), lane.past())) {
            String reason = jump.reason().code();
            jumped.add(reason);
            find(
                    new Subject(Kind.REASON_JUMP, lane.key(), reason),
                    "%s is %s of the events of the last 10 minutes (%s of %s), %s in the day before."
                            .formatted(
                                    reason,
                                    percent(jump.now().share()),
                                    number(jump.now().count()),
                                    number(jump.now().of()),
                                    percent(jump.before().share())),
                    "events",
                    "&reason=" + reason);
        }
        for (Subject subject : open(Kind.REASON_JUMP)) {
            String about = String.valueOf(subject.about());
            if (!jumped.contains(about)) {
                Ending ending = Reason.of(about)
                        .map(reason -> ReasonJump.ending(reason, lane.recent().tenMinutes(), lane.past()))
                        .orElse(null);
                if (ending == null) {
                    unknown.add(subject);
                } else {
                    endings.put(subject, ending);
                }
            }
        }
    }

    /// A lane that does not read, or did not an hour ago, can't say what came.
    private void quiet() {
        boolean late = lane.oldestPending().isPresent() && lane.oldestPending().getAsLong() > READS_LATE;
        if (!sends() || late || lane.upMillis() < HOUR) {
            unknown(Kind.EXPECTED_EVENT_QUIET);
            return;
        }
        Findings quiet = QuietEvents.of(lane.key(), lane.past(), lane.recent(), open(Kind.EXPECTED_EVENT_QUIET));
        found.addAll(quiet.found());
        unknown.addAll(quiet.unknown());
        endings.putAll(quiet.endings());
    }

    private Set<Subject> open(Kind kind) {
        return open.stream().filter(subject -> subject.kind() == kind).collect(Collectors.toSet());
    }

    private void unmapped() {
        List<Map.Entry<String, Long>> names = lane.past().unmapped().entrySet().stream()
                // Those that the revision of now maps were a matter of another one.
                .filter(one -> !lane.mapped().contains(one.getKey()))
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
        if (names.stream().mapToLong(Map.Entry::getValue).sum() >= MIN_UNMAPPED) {
            List<String> shown = names.stream()
                    .limit(Wording.SHOWN)
                    .map(one ->
                            "%s (%s%s)".formatted(name(one.getKey()), number(one.getValue()), nearest(one.getKey())))
                    .toList();
            find(
                    Kind.UNMAPPED_NAMES,
                    "%s of the last 24 hours %s in no mapping: %s."
                            .formatted(
                                    count(names.size(), "event name", "event names"),
                                    names.size() == 1 ? "is" : "are",
                                    list(shown, names.size())),
                    "overview",
                    "");
        }
    }

    private String nearest(String name) {
        Optional<String> near = Nearest.of(name, lane.mapped());
        return near.map(found -> ", nearest is " + found).orElse("");
    }

    private void trimmed() {
        if (lane.trend().trimmed() < MIN_TRIMMED) {
            if (lane.trend().known() < HOUR) {
                unknown(Kind.TRIMMED_KEYS);
            }
            return;
        }
        List<String> each = new ArrayList<>();
        for (TrimmedKeys.OfEvent event : lane.trimmed().events()) {
            event.keys().stream()
                    .limit(1)
                    .forEach(key -> each.add("%s of %s (%s, %s times)"
                            .formatted(
                                    name(key.path()),
                                    name(event.event()),
                                    key.code().code(),
                                    number(key.count()))));
        }
        find(
                Kind.TRIMMED_KEYS,
                "%s keys and values were cut or left out in the last hour; since the start most often %s."
                        .formatted(number(lane.trend().trimmed()), list(each)),
                "overview",
                "");
    }

    private void consent() {
        Share silent = new Share(lane.trend().silent(), lane.trend().heard());
        if (silent.of() < MIN_HEARD) {
            unknown(Kind.WITHOUT_CONSENT_SIGNAL);
        } else if (silent.share() >= SILENT_SHARE) {
            find(
                    Kind.WITHOUT_CONSENT_SIGNAL,
                    "%s of the %s events of the last hour carried no consent signal."
                            .formatted(percent(silent.share()), number(silent.of())),
                    "events",
                    "");
        }
    }

    private void confirmed() {
        if (!lane.confirmed()) {
            find(
                    Kind.NOT_CONFIRMED,
                    "%s is not yet confirmed with its destination."
                            .formatted(lane.key().integration()),
                    "confirm",
                    "");
        }
    }

    private void unknown(Kind kind) {
        unknown.add(new Subject(kind, lane.key()));
    }

    private void find(Kind kind, String text, String page, String filter) {
        find(new Subject(kind, lane.key()), text, page, filter);
    }

    private void find(Subject subject, String text, String page, String filter) {
        found.add(new Finding(subject, text, Links.of(page, lane.key(), filter)));
    }
}
