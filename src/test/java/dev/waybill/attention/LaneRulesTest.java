package dev.waybill.attention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.journal.LaneKey;
import dev.waybill.lane.LaneStatus;
import dev.waybill.lane.LaneStatus.State;
import dev.waybill.lane.TrimmedKeys;
import dev.waybill.ledger.LaneSeries;
import dev.waybill.outcome.NoticeCode;
import dev.waybill.outcome.Reason;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LaneRulesTest {
    private static final LaneKey LANE = new LaneKey("web", "kargo-main");
    private static final long HOUR = 60 * 60_000;

    private State state = State.RUNNING;
    private String detail = "";
    private boolean breakerOpen;
    private long pending;
    private OptionalLong oldest = OptionalLong.empty();
    private Samples.Trend trend = new Samples.Trend(HOUR, 0, 0, 0, 0, 0, 0);
    private Recent recent = new Recent(tallies(1000, Map.of()), Set.of("page"));
    private Past past = new Past(tallies(50_000, Map.of()), new Tallies(), Map.of(), Set.of("page"), true);
    private Set<String> mapped = Set.of("order_completed");
    private TrimmedKeys.Report trimmed = new TrimmedKeys.Report(List.of(), 0);
    private boolean confirmed = true;
    private long up = 5 * HOUR;

    private static Tallies tallies(long delivered, Map<Reason, Long> reasons) {
        Tallies tallies = new Tallies();
        tallies.add(LaneSeries.DELIVERED, delivered);
        reasons.forEach((reason, count) -> tallies.add(reason.code(), count));
        return tallies;
    }

    private Findings findings() {
        return LaneRules.of(new LaneNumbers(
                LANE,
                new LaneStatus(state, detail, 1, breakerOpen, 0, 0),
                pending,
                oldest,
                72 * HOUR,
                trend,
                recent,
                past,
                mapped,
                trimmed,
                confirmed,
                up));
    }

    private Finding only(Kind kind) {
        assertThat(findings().found()).extracting(Finding::kind).containsExactly(kind);
        Finding finding = findings().found().getFirst();
        assertThat(finding.subject()).isEqualTo(new Subject(kind, LANE));
        return finding;
    }

    private Set<Kind> unknown() {
        return findings().unknown().stream().map(Subject::kind).collect(Collectors.toSet());
    }

    @Test
    void a_lane_that_runs_well_needs_nothing() {
        trend = new Samples.Trend(HOUR, 10, 10, 1, 0, 500, 0);
        assertThat(findings()).isEqualTo(new Findings(List.of(), Set.of()));
    }

    @Test
    void a_paused_lane_says_why_and_how_many_events_wait() {
        state = State.PAUSED;
        detail = "paused by hand";
        pending = 12_400;
        Finding finding = only(Kind.LANE_PAUSED);
        assertThat(finding.text()).isEqualTo("Paused: paused by hand. 12,400 events wait.");
        assertThat(finding.link()).isEqualTo("overview?pipeline=web&integration=kargo-main");
        // What a lane that reads nothing counts says nothing of what came.
        assertThat(unknown()).contains(Kind.EXPECTED_EVENT_QUIET);
    }

    @Test
    void an_open_breaker_says_what_the_destination_answers() {
        breakerOpen = true;
        detail = "the destination fails (HTTP 503); it is tried again at least every 30 s";
        pending = 1;
        assertThat(only(Kind.BREAKER_OPEN).text())
                .isEqualTo(
                        "The destination fails: the destination fails (HTTP 503); it is tried again at least every 30 s."
                                + " 1 event waits.");
    }

    @Test
    void a_disabled_or_removed_lane_needs_nothing() {
        breakerOpen = true;
        oldest = OptionalLong.of(80 * HOUR);
        for (State off : List.of(State.DISABLED, State.REMOVED)) {
            state = off;
            assertThat(findings()).isEqualTo(new Findings(List.of(), Set.of()));
        }
    }

    @Test
    void a_backlog_that_grows_is_told_with_how_fast() {
        pending = 12_000;
        trend = new Samples.Trend(HOUR, 11_100, 10_000, -3.04, 0, 500, 0);
        assertThat(only(Kind.BACKLOG_GROWING).text())
                .isEqualTo("12,000 events wait, 2,000 more than 10 minutes ago; 3.0 a second more come in than end.");
    }

    @Test
    void a_backlog_that_is_small_or_drains_or_has_a_known_cause_is_not_told() {
        trend = new Samples.Trend(HOUR, 500, 100, -1, 0, 500, 0);
        pending = 1000;
        assertThat(findings().found()).isEmpty();
        trend = new Samples.Trend(HOUR, 20_000, 10_000, 10, 0, 500, 0);
        pending = 12_000;
        assertThat(findings().found()).isEmpty();
        trend = new Samples.Trend(HOUR, 11_000, 10_000, -10, 0, 500, 0);
        state = State.PAUSED;
        only(Kind.LANE_PAUSED);
    }

    @Test
    void events_near_their_expiry_are_told_with_the_time_that_is_left() {
        pending = 3;
        oldest = OptionalLong.of(58 * HOUR);
        assertThat(only(Kind.NEAR_MAX_AGE).text())
                .isEqualTo("The oldest of 3 pending events is 2 days old; in 14 hours it is rejected as expired.");
        oldest = OptionalLong.of(73 * HOUR);
        assertThat(only(Kind.NEAR_MAX_AGE).text()).endsWith("it expires with its next attempt.");
        oldest = OptionalLong.of(57 * HOUR);
        assertThat(findings().found()).isEmpty();
    }

    @Test
    void a_reason_that_jumps_is_told_with_its_shares_and_leads_to_its_events() {
        recent = new Recent(tallies(600, Map.of(Reason.MISSING_IDENTITY, 400L)), Set.of("page"));
        past = new Past(
                tallies(49_800, Map.of(Reason.MISSING_IDENTITY, 200L)), new Tallies(), Map.of(), Set.of("page"), true);
        Finding finding = only(Kind.REASON_JUMP);
        assertThat(finding.text())
                .isEqualTo("missing_identity is 40 % of the events of the last 10 minutes (400 of 1,000), 0.4 % in the"
                        + " day before.");
        assertThat(finding.link()).isEqualTo("events?pipeline=web&integration=kargo-main&reason=missing_identity");
    }

    @Test
    void little_traffic_says_nothing_of_reasons() {
        recent = new Recent(tallies(0, Map.of(Reason.MISSING_IDENTITY, 40L)), Set.of("page"));
        assertThat(findings().found()).isEmpty();
        assertThat(unknown()).contains(Kind.REASON_JUMP);
    }

    @Test
    void an_expected_event_that_does_not_come_is_told() {
        recent = new Recent(tallies(1000, Map.of()), Set.of("order_completed"));
        Finding finding = only(Kind.EXPECTED_EVENT_QUIET);
        assertThat(finding.text())
                .isEqualTo("page came in this hour on the days before, and not once in the last hour.");
        assertThat(finding.link()).isEqualTo("events?pipeline=web&integration=kargo-main&event=page");
    }

    @Test
    void many_quiet_events_are_one_finding() {
        recent = new Recent(new Tallies(), Set.of());
        past = new Past(new Tallies(), new Tallies(), Map.of(), Set.of("a", "b", "c", "d", "e"), true);
        assertThat(only(Kind.EXPECTED_EVENT_QUIET).text()).startsWith("a, b, c and 2 more came in this hour");
    }

    @Test
    void a_lane_that_could_not_have_heard_of_an_event_does_not_miss_it() {
        recent = new Recent(tallies(1000, Map.of()), Set.of());
        up = HOUR - 1;
        assertThat(findings().found()).isEmpty();
        assertThat(unknown()).contains(Kind.EXPECTED_EVENT_QUIET);
        up = 5 * HOUR;
        oldest = OptionalLong.of(11 * 60_000);
        assertThat(findings().found()).isEmpty();
        oldest = OptionalLong.empty();
        past = new Past(new Tallies(), new Tallies(), Map.of(), Set.of("page"), false);
        assertThat(findings().found()).isEmpty();
    }

    @Test
    void unmapped_names_are_told_with_count_and_nearest() {
        past = new Past(
                tallies(50_000, Map.of()),
                new Tallies(),
                Map.of("order_complete", 120L, "xyz", 7L, "a", 2L, "b", 1L, "order_completed", 500L),
                Set.of(),
                true);
        Finding finding = only(Kind.UNMAPPED_NAMES);
        assertThat(finding.text())
                .isEqualTo("4 event names of the last 24 hours are in no mapping: order_complete (120, nearest is"
                        + " order_completed), xyz (7), a (2) and 1 more.");
        assertThat(finding.link()).isEqualTo("overview?pipeline=web&integration=kargo-main");
        past = new Past(tallies(50_000, Map.of()), new Tallies(), Map.of("xyz", 9L), Set.of(), true);
        assertThat(findings().found()).isEmpty();
    }

    @Test
    void a_long_name_is_cut_without_splitting_a_character() {
        past = new Past(
                tallies(50_000, Map.of()),
                new Tallies(),
                Map.of("x".repeat(59) + "😀".repeat(100_000), 10L),
                Set.of(),
                true);
        assertThat(only(Kind.UNMAPPED_NAMES).text()).contains("x".repeat(59) + "… (10)");
    }

    @Test
    void trimmed_keys_are_told_while_they_are_trimmed() {
        trimmed = new TrimmedKeys.Report(
                List.of(new TrimmedKeys.OfEvent(
                        "order_completed",
                        List.of(new TrimmedKeys.Key("params.description", NoticeCode.VALUE_TRUNCATED, 4711)),
                        0)),
                0);
        trend = new Samples.Trend(HOUR, 0, 0, 0, 0, 500, 12);
        assertThat(only(Kind.TRIMMED_KEYS).text())
                .isEqualTo("12 keys and values were cut or left out in the last hour; since the start most often"
                        + " params.description of order_completed (value_truncated, 4,711 times).");
        trend = new Samples.Trend(HOUR, 0, 0, 0, 0, 500, 9);
        assertThat(findings().found()).isEmpty();
    }

    @Test
    void events_without_consent_signal_are_told_when_they_are_many() {
        trend = new Samples.Trend(HOUR, 0, 0, 0, 60, 1000, 0);
        assertThat(only(Kind.WITHOUT_CONSENT_SIGNAL).text())
                .isEqualTo("6.0 % of the 1,000 events of the last hour carried no consent signal.");
        trend = new Samples.Trend(HOUR, 0, 0, 0, 40, 1000, 0);
        assertThat(findings().found()).isEmpty();
        trend = new Samples.Trend(HOUR, 0, 0, 0, 99, 99, 0);
        assertThat(findings().found()).isEmpty();
        assertThat(unknown()).contains(Kind.WITHOUT_CONSENT_SIGNAL);
    }

    @Test
    void an_integration_that_nobody_confirmed_is_told() {
        confirmed = false;
        Finding finding = only(Kind.NOT_CONFIRMED);
        assertThat(finding.text()).isEqualTo("kargo-main is not yet confirmed with its destination.");
        assertThat(finding.link()).isEqualTo("confirm?pipeline=web&integration=kargo-main");
    }

    @Test
    void right_after_a_start_nothing_is_concluded_from_numbers_that_are_still_small() {
        trend = Samples.Trend.NONE;
        up = 0;
        assertThat(findings().found()).isEmpty();
        assertThat(unknown())
                .contains(
                        Kind.BACKLOG_GROWING,
                        Kind.EXPECTED_EVENT_QUIET,
                        Kind.TRIMMED_KEYS,
                        Kind.WITHOUT_CONSENT_SIGNAL);
    }

    @Test
    void the_most_urgent_comes_first() {
        confirmed = false;
        oldest = OptionalLong.of(60 * HOUR);
        state = State.PAUSED;
        assertThat(findings().found())
                .extracting(Finding::kind)
                .containsExactly(Kind.LANE_PAUSED, Kind.NEAR_MAX_AGE, Kind.NOT_CONFIRMED);
    }
}
