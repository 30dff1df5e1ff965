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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

    private final LaneNumbers lane;
    private final List<Finding> found = new ArrayList<>();
    private final List<Subject> unknown = new ArrayList<>();

    private LaneRules(LaneNumbers lane) {
        this.lane = lane;
    }

    /// Looks at one lane. A disabled or removed one needs nothing.
    static Findings of(LaneNumbers lane) {
        LaneRules rules = new LaneRules(lane);
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
        }
        return new Findings(rules.found, Set.copyOf(rules.unknown));
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
        }
    }

    private void backlog() {
        Samples.Trend trend = lane.trend();
        if (!sends()) {
            return;
        }
        if (trend.known() < TEN_MINUTES) {
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
        }
    }

    private void reasons() {
        if (!ReasonJump.canJudge(lane.recent().tenMinutes(), lane.past())) {
            unknown(Kind.REASON_JUMP);
            return;
        }
        List<ReasonJump> jumps = ReasonJump.of(lane.recent().tenMinutes(), lane.past());
        if (!jumps.isEmpty()) {
            List<String> each = jumps.stream()
                    .map(jump -> "%s is %s of the events of the last 10 minutes (%s of %s), %s in the day before"
                            .formatted(
                                    jump.reason().code(),
                                    percent(jump.now().share()),
                                    number(jump.now().count()),
                                    number(jump.now().of()),
                                    percent(jump.before().share())))
                    .toList();
            find(
                    Kind.REASON_JUMP,
                    list(each) + ".",
                    "events",
                    "&reason=" + jumps.getFirst().reason().code());
        }
    }

    /// A lane that does not read, or did not an hour ago, can't say what came.
    private void quiet() {
        boolean late = lane.oldestPending().isPresent() && lane.oldestPending().getAsLong() > READS_LATE;
        if (!sends() || late || lane.upMillis() < HOUR || !lane.past().canExpect()) {
            unknown(Kind.EXPECTED_EVENT_QUIET);
            return;
        }
        List<String> quiet = lane.past().expected().stream()
                .filter(name -> !lane.recent().names().contains(name))
                .sorted()
                .map(Wording::name)
                .toList();
        if (!quiet.isEmpty()) {
            find(
                    Kind.EXPECTED_EVENT_QUIET,
                    "%s came in this hour on the days before, and not once in the last hour.".formatted(list(quiet)),
                    "events",
                    quiet.size() == 1 ? "&event=" + Links.encoded(quiet.getFirst()) : "");
        }
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
        found.add(new Finding(new Subject(kind, lane.key()), text, Links.of(page, lane.key(), filter)));
    }
}
