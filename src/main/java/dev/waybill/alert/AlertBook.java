package dev.waybill.alert;

import dev.waybill.alert.Alert.State;
import dev.waybill.attention.Ending;
import dev.waybill.attention.Finding;
import dev.waybill.attention.Findings;
import dev.waybill.attention.Kind;
import dev.waybill.attention.Subject;
import dev.waybill.journal.LaneKey;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Decides what people are told, from what is seen at each look. Told the time; no I/O. Not safe for threads.
///
/// ```
///   SEEN ── a minute ──> OPEN (told once) ── not seen for 3 minutes ──> RECOVERED (told once) ── an hour ──> forgotten
///     │ not seen            │ never told, and recovered                    │ seen again
///     └──> forgotten        └──> forgotten                                 └──> SEEN
/// ```
///
/// What comes back within an hour of its recovery must then be gone for 15 minutes before it counts as recovered: who
/// goes up and down is told of twice an hour or so, not every five minutes. RECOVERED is whatever is over; whether that
/// is a recovery, its [Ending] says. What the rules could not judge stays as it is.
final class AlertBook {
    static final long CONFIRMED_MILLIS = Duration.ofMinutes(1).toMillis();
    static final long CLEAR_MILLIS = Duration.ofMinutes(3).toMillis();
    static final long CLEAR_AGAIN_MILLIS = Duration.ofMinutes(15).toMillis();
    static final long REMEMBERED_MILLIS = Duration.ofHours(1).toMillis();

    private final Map<Subject, Alert> alerts = new HashMap<>();
    private boolean changed;

    /// Takes what was found at one look.
    ///
    /// @param kinds what people want to be told of; what is of another kind is forgotten
    void observe(Findings findings, Set<Kind> kinds, long now) {
        Set<Subject> seen = new HashSet<>();
        for (Finding finding : findings.found()) {
            if (kinds.contains(finding.kind())) {
                seen.add(finding.subject());
                put(seen(alerts.get(finding.subject()), finding, now));
            }
        }
        for (Alert alert : List.copyOf(alerts.values())) {
            if (!kinds.contains(alert.kind())) {
                forget(alert);
            } else if (!seen.contains(alert.subject())) {
                absent(alert, findings, now);
            }
        }
    }

    private static Alert seen(@Nullable Alert before, Finding finding, long now) {
        if (before == null) {
            return Alert.first(finding, now);
        }
        return switch (before.state()) {
            case SEEN ->
                now - before.since() >= CONFIRMED_MILLIS
                        ? before.seen(finding).with(State.OPEN, false)
                        : before.seen(finding);
            case OPEN -> before.seen(finding);
            case RECOVERED ->
                before.told()
                        ? before.again(now, finding)
                        // Nobody knows yet that it had recovered.
                        : before.seen(finding).with(State.OPEN, true);
        };
    }

    private void absent(Alert alert, Findings findings, long now) {
        boolean unknown = findings.isUnknown(alert.subject());
        switch (alert.state()) {
            case SEEN -> {
                if (!unknown) {
                    forget(alert);
                }
            }
            case OPEN -> {
                if (unknown) {
                    put(alert.absent(0, null));
                    return;
                }
                Alert absent = alert.absent(
                        alert.absentSince() == 0 ? now : alert.absentSince(), findings.ending(alert.subject()));
                put(absent);
                if (now - absent.absentSince() >= clears(alert)) {
                    if (alert.told()) {
                        put(absent.recovered(now));
                    } else {
                        forget(alert);
                    }
                }
            }
            case RECOVERED -> {
                if (alert.told() && now - alert.recoveredAt() >= REMEMBERED_MILLIS) {
                    forget(alert);
                }
            }
        }
    }

    private static long clears(Alert alert) {
        boolean cameBack = alert.recoveredAt() != 0 && alert.since() - alert.recoveredAt() < REMEMBERED_MILLIS;
        return cameBack ? CLEAR_AGAIN_MILLIS : CLEAR_MILLIS;
    }

    private void put(Alert alert) {
        Alert before = alerts.put(alert.subject(), alert);
        // A new text alone need not be written down.
        boolean differs = before == null || before.state() != alert.state() || before.told() != alert.told();
        boolean isKept = alert.state() != State.SEEN || (before != null && before.state() != State.SEEN);
        changed |= differs && isKept;
    }

    private void forget(Alert alert) {
        alerts.remove(alert.subject());
        changed |= alert.state() != State.SEEN;
    }

    /// What nobody was told of, the most urgent first.
    List<Alert> due() {
        return sorted(alerts.values().stream().filter(Alert::isDue).toList());
    }

    /// What isn't over yet.
    Set<Subject> subjects() {
        return alerts.values().stream()
                .filter(alert -> alert.state() != State.RECOVERED)
                .map(Alert::subject)
                .collect(Collectors.toSet());
    }

    /// What is the case, told or not, the most urgent first.
    List<Alert> open() {
        return sorted(alerts.values().stream()
                .filter(alert -> alert.state() == State.OPEN)
                .toList());
    }

    private static List<Alert> sorted(List<Alert> some) {
        return some.stream()
                .sorted(Comparator.comparing((Alert alert) -> alert.state())
                        .thenComparing(alert -> alert.kind().severity())
                        .thenComparing(Alert::kind)
                        .thenComparing(alert -> alert.subject().where())
                        .thenComparing(Alert::text))
                .toList();
    }

    /// People were told of these.
    void told(List<Alert> some) {
        for (Alert alert : some) {
            Alert now = alerts.get(alert.subject());
            if (now != null && now.state() == alert.state()) {
                put(now.with(now.state(), true));
            }
        }
    }

    /// Whether there is something to write down since this was last asked.
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    /// For [#restore(JsonObject)].
    JsonObject json() {
        List<Json> all = new ArrayList<>();
        for (Alert alert : alerts.values()) {
            if (alert.state() != State.SEEN) {
                LaneKey lane = alert.subject().lane();
                all.add(JsonObject.builder()
                        .put("kind", alert.kind().code())
                        .put("pipeline", lane == null ? null : lane.pipeline())
                        .put("integration", lane == null ? null : lane.integration())
                        .put("about", alert.subject().about())
                        .put("state", alert.state().name())
                        .put("since", alert.since())
                        .put("text", alert.text())
                        .put("link", alert.finding().link())
                        .put("advice", alert.finding().advice())
                        .put("told", alert.told())
                        .put("recoveredAt", alert.recoveredAt())
                        .put("ending", alert.state() == State.RECOVERED ? json(alert.ended()) : Json.Null.INSTANCE)
                        .build());
            }
        }
        return JsonObject.builder().put("alerts", new Json.Arr(all)).build();
    }

    private static JsonObject json(Ending ending) {
        return JsonObject.builder()
                .put("recovered", ending.recovered())
                .put("text", ending.text())
                .build();
    }

    /// Goes on from what was written down. What can't be read is passed over.
    void restore(JsonObject json) {
        if (json.get("alerts") instanceof Json.Arr(List<Json> all)) {
            for (Json one : all) {
                if (one instanceof JsonObject alert) {
                    restoreOne(alert);
                }
            }
        }
        changed = false;
    }

    private void restoreOne(JsonObject json) {
        String pipeline = json.text("pipeline");
        String integration = json.text("integration");
        String text = json.text("text");
        String code = json.text("kind");
        Kind kind = code == null ? null : Kind.of(code).orElse(null);
        String about = json.text("about");
        // Of a file that knew of no single reasons and events, nothing can be said about how they go on.
        if (kind == null || text == null || (kind.isOfEach() && about == null)) {
            return;
        }
        LaneKey lane = pipeline == null || integration == null ? null : new LaneKey(pipeline, integration);
        Finding finding = new Finding(
                new Subject(kind, lane, about),
                text,
                Objects.requireNonNullElse(json.text("link"), "overview"),
                Objects.requireNonNullElse(json.text("advice"), kind.advice()));
        alerts.put(
                finding.subject(),
                new Alert(
                        finding,
                        "RECOVERED".equals(json.text("state")) ? State.RECOVERED : State.OPEN,
                        number(json, "since"),
                        json.get("told") == Json.Bool.TRUE,
                        0,
                        number(json, "recoveredAt"),
                        ending(json.get("ending"))));
    }

    private static @Nullable Ending ending(@Nullable Json json) {
        return json instanceof JsonObject ending
                ? new Ending(
                        ending.get("recovered") == Json.Bool.TRUE,
                        Objects.requireNonNullElse(ending.text("text"), "it is over"))
                : null;
    }

    static long number(JsonObject json, String key) {
        return json.get(key) instanceof Json.Num(String literal) && literal.matches("[0-9]{1,18}")
                ? Long.parseLong(literal)
                : 0;
    }
}
