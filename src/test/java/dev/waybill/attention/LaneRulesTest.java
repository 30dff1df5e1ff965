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
    private Past past =
            new Past(tallies(50_000, Map.of()), new Tallies(), Map.of(), Set.of("page"), true, Set.of("page"));
    private Set<String> mapped = Set.of("order_completed");
    private TrimmedKeys.Report trimmed = new TrimmedKeys.Report(List.of(), 0);
    private boolean confirmed = true;
    private Set<Subject> open = Set.of();
    private long up = 5 * HOUR;

    private static Tallies tallies(long delivered, Map<Reason, Long> reasons) {
        Tallies tallies = new Tallies();
        tallies.add(LaneSeries.DELIVERED, delivered);
        reasons.forEach((reason, count) -> tallies.add(reason.code(), count));
        return tallies;
    }

    private Findings findings() {
        return LaneRules.of(
                new LaneNumbers(
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
                        up),
                open);
    }

    private Finding only(Kind kind) {
        assertThat(findings().found()).extracting(Finding::kind).containsExactly(kind);
        Finding finding = findings().found().getFirst();
        assertThat(finding.subject().kind()).isEqualTo(kind);
        assertThat(finding.subject().lane()).isEqualTo(LANE);
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
                tallies(49_800, Map.of(Reason.MISSING_IDENTITY, 200L)),
                new Tallies(),
                Map.of(),
                Set.of("page"),
                true,
                Set.of("page"));
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

    private static Subject quiet(String about) {
        return new Subject(Kind.EXPECTED_EVENT_QUIET, LANE, about);
    }

    private void expect(String... events) {
        past = new Past(new Tallies(), new Tallies(), Map.of(), Set.of(events), true, Set.of("a", "b", "c", "d", "e"));
    }

    private void came(String... events) {
        recent = new Recent(tallies(1000, Map.of()), Set.of(events));
    }

    @Test
    void three_quiet_events_are_told_of_by_themselves_and_the_rest_as_one() {
        came();
        expect("e", "d", "c", "b", "a");
        assertThat(findings().found())
                .extracting(Finding::subject)
                .containsExactlyInAnyOrder(quiet("a"), quiet("b"), quiet("c"), quiet(Subject.REST));
        assertThat(findings().found())
                .extracting(Finding::text)
                .contains(
                        "a came in this hour on the days before, and not once in the last hour.",
                        "d, e came in this hour on the days before, and not once in the last hour.");
        open = Set.of(quiet("c"), quiet("d"), quiet(Subject.REST));
        assertThat(findings().found())
                .as("who was told of stays told of")
                .extracting(Finding::subject)
                .containsExactlyInAnyOrder(quiet("a"), quiet("c"), quiet("d"), quiet(Subject.REST));
    }

    @Test
    void a_quiet_event_has_recovered_when_it_came_and_not_when_it_is_no_longer_expected() {
        came("c");
        expect("b", "c");
        open = Set.of(quiet("a"), quiet("b"), quiet("c"), quiet("gone"));
        assertThat(findings().found()).extracting(Finding::subject).containsExactly(quiet("b"));
        assertThat(findings().unknown()).contains(quiet("a")).doesNotContain(quiet("b"), quiet("c"), quiet("gone"));
        assertThat(findings().endings())
                .isEqualTo(Map.of(
                        quiet("c"),
                        new Ending(true, "c comes again"),
                        quiet("gone"),
                        new Ending(false, "gone has not come for a week, and is no longer expected")));
    }

    @Test
    void the_rest_has_recovered_when_all_that_is_expected_comes() {
        open = Set.of(quiet("a"), quiet(Subject.REST));
        came("b");
        expect("b");
        assertThat(findings().unknown()).as("a is missing").contains(quiet("a"), quiet(Subject.REST));
        came("a", "b");
        expect();
        assertThat(findings().unknown()).as("the night").contains(quiet(Subject.REST));
        expect("a", "b");
        assertThat(findings().ending(quiet(Subject.REST)))
                .isEqualTo(new Ending(true, "every event that is expected in this hour comes"));
    }

    @Test
    void a_long_name_is_cut_in_the_text_and_whole_in_the_link() {
        String name = "x".repeat(80);
        came();
        expect(name);
        Finding finding = only(Kind.EXPECTED_EVENT_QUIET);
        assertThat(finding.text()).startsWith("x".repeat(60) + "… came in this hour");
        assertThat(finding.link()).endsWith("&event=" + name);
    }

    @Test
    void what_ends_with_the_lane_has_not_recovered() {
        open = Set.of(new Subject(Kind.BREAKER_OPEN, LANE), quiet("a"));
        state = State.DISABLED;
        assertThat(findings().found()).isEmpty();
        assertThat(findings().ending(quiet("a"))).isEqualTo(new Ending(false, "the lane was switched off"));
        assertThat(findings().ending(new Subject(Kind.BREAKER_OPEN, LANE)))
                .isEqualTo(new Ending(false, "the lane was switched off"));
        state = State.PAUSED;
        assertThat(findings().unknown()).contains(new Subject(Kind.BREAKER_OPEN, LANE));
        state = State.RUNNING;
        assertThat(findings().unknown()).doesNotContain(new Subject(Kind.BREAKER_OPEN, LANE));
        assertThat(findings().ending(new Subject(Kind.BREAKER_OPEN, LANE)))
                .isEqualTo(new Ending(true, "the destination answers again"));
    }

    @Test
    void a_paused_lane_says_nothing_of_its_backlog() {
        state = State.PAUSED;
        assertThat(unknown()).contains(Kind.BACKLOG_GROWING);
    }

    @Test
    void events_that_expired_have_not_become_younger() {
        Subject subject = new Subject(Kind.NEAR_MAX_AGE, LANE);
        recent = new Recent(tallies(50, Map.of(Reason.EXPIRED, 12_000L)), Set.of("page"));
        assertThat(findings().ending(subject))
                .isEqualTo(new Ending(
                        false,
                        "12,000 events were rejected as expired in the last 10 minutes and kept as dead letters"));
        recent = new Recent(tallies(50, Map.of()), Set.of("page"));
        assertThat(findings().ending(subject))
                .isEqualTo(new Ending(true, "the oldest pending event is young enough again"));
    }

    @Test
    void each_reason_that_jumps_is_told_of_by_itself() {
        recent = new Recent(
                tallies(400, Map.of(Reason.MISSING_IDENTITY, 400L, Reason.REFUSED_BY_DESTINATION, 200L)),
                Set.of("page"));
        assertThat(findings().found())
                .extracting(finding -> finding.subject().about())
                .containsExactlyInAnyOrder("missing_identity", "refused_by_destination");
    }

    private Ending jumpOf(long now, long of, long before) {
        recent = new Recent(tallies(of - now, Map.of(Reason.MISSING_IDENTITY, now)), Set.of("page"));
        past = new Past(
                tallies(100_000 - before, Map.of(Reason.MISSING_IDENTITY, before)),
                new Tallies(),
                Map.of(),
                Set.of("page"),
                true,
                Set.of("page"));
        Subject subject = new Subject(Kind.REASON_JUMP, LANE, "missing_identity");
        open = Set.of(subject);
        assertThat(findings().found()).isEmpty();
        return findings().isUnknown(subject)
                ? new Ending(false, "unknown")
                : findings().ending(subject);
    }

    @Test
    void a_jump_that_lasts_has_not_recovered() {
        assertThat(jumpOf(120, 1_000, 6_100))
                .isEqualTo(new Ending(
                        false,
                        "missing_identity stays as frequent, but that is usual by now: 12 % of the events of the"
                                + " last 10 minutes, 6.1 % in the day before"));
        assertThat(jumpOf(1_000, 1_000, 51_000)).extracting(Ending::recovered).isEqualTo(false);
        assertThat(jumpOf(50, 1_000, 6_100))
                .isEqualTo(new Ending(
                        true,
                        "missing_identity no longer stands out: 5.0 % of the events of the last 10 minutes, 6.1 % in the"
                                + " day before"));
        assertThat(jumpOf(15, 60, 6_100)).as("too few to tell").isEqualTo(new Ending(false, "unknown"));
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
        past = new Past(new Tallies(), new Tallies(), Map.of(), Set.of("page"), false, Set.of("page"));
        assertThat(findings().found()).isEmpty();
    }

    @Test
    void unmapped_names_are_told_with_count_and_nearest() {
        past = new Past(
                tallies(50_000, Map.of()),
                new Tallies(),
                Map.of("order_complete", 120L, "xyz", 7L, "a", 2L, "b", 1L, "order_completed", 500L),
                Set.of(),
                true,
                Set.of("page"));
        Finding finding = only(Kind.UNMAPPED_NAMES);
        assertThat(finding.text())
                .isEqualTo("4 event names of the last 24 hours are in no mapping: order_complete (120, nearest is"
                        + " order_completed), xyz (7), a (2) and 1 more.");
        assertThat(finding.link()).isEqualTo("overview?pipeline=web&integration=kargo-main");
        past = new Past(tallies(50_000, Map.of()), new Tallies(), Map.of("xyz", 9L), Set.of(), true, Set.of("page"));
        assertThat(findings().found()).isEmpty();
    }

    @Test
    void a_long_name_is_cut_without_splitting_a_character() {
        past = new Past(
                tallies(50_000, Map.of()),
                new Tallies(),
                Map.of("x".repeat(59) + "😀".repeat(100_000), 10L),
                Set.of(),
                true,
                Set.of("page"));
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
