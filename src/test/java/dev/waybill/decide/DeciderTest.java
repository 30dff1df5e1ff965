package dev.waybill.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.decide.Decider.Traffic;
import dev.waybill.event.Event;
import dev.waybill.event.EventType;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.kit.Mapped;
import dev.waybill.outcome.Notice;
import dev.waybill.outcome.NoticeCode;
import dev.waybill.outcome.Reason;
import dev.waybill.workspace.Pipeline;
import dev.waybill.workspace.Pipeline.Mode;
import dev.waybill.workspace.Pipeline.Pin;
import dev.waybill.workspace.Pipeline.StartFrom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeciderTest {
    private static final long NOW = Duration.ofDays(1000).toMillis();
    private static final Mapped.Stopped STOPPED =
            new Mapped.Stopped(Reason.MISSING_IDENTITY, "context.providers.kargo.puid is absent", List.of());

    /// What stands against an event here, in DESIGN's order; `MISSING_IDENTITY` stands for all of the playbook's.
    private static final List<Reason> ORDER = List.of(
            Reason.LANE_DISABLED,
            Reason.DUPLICATE,
            Reason.EXPIRED,
            Reason.SUPPRESSED,
            Reason.CONSENT_DENIED,
            Reason.NOT_SELECTED,
            Reason.MISSING_IDENTITY,
            Reason.SHADOW);

    @Test
    void each_reason_wins_over_all_that_come_later_in_the_order() {
        for (int i = 0; i < ORDER.size(); i++) {
            Set<Reason> against = EnumSet.copyOf(ORDER.subList(i, ORDER.size()));
            assertThat(reason(decide(against, Traffic.LIVE))).as("%s", against).isEqualTo(ORDER.get(i));
        }
    }

    @Test
    void each_reason_alone_stops_the_event_and_without_one_it_is_sent() {
        for (Reason reason : ORDER) {
            assertThat(reason(decide(EnumSet.of(reason), Traffic.LIVE))).isEqualTo(reason);
        }
        assertThat(decide(EnumSet.noneOf(Reason.class), Traffic.LIVE))
                .isEqualTo(new Decision.Send(FakeIntegration.DELIVER));
    }

    @Test
    void a_replay_skips_only_the_checks_of_age_and_repetition() {
        for (Reason reason : ORDER) {
            boolean skipped = reason == Reason.DUPLICATE || reason == Reason.EXPIRED;
            assertThat(reason(decide(EnumSet.of(reason), Traffic.REPLAY))).isEqualTo(skipped ? null : reason);
        }
    }

    @Test
    void details_tell_what_a_person_needs() {
        assertThat(stop(Reason.EXPIRED).detail()).isEqualTo("72 h 1 min old, 72 h allowed");
        assertThat(stop(Reason.CONSENT_DENIED).detail()).isEqualTo("gpc: the browser sent Global Privacy Control");
        assertThat(stop(Reason.NOT_SELECTED).detail()).isEqualTo("the event's integrations object excludes kargo-main");
        assertThat(stop(Reason.MISSING_IDENTITY).detail()).isEqualTo("context.providers.kargo.puid is absent");
    }

    @Test
    void shadow_keeps_the_request_that_it_kept_back_and_its_notices() {
        Notice notice = new Notice(NoticeCode.VALUE_TRUNCATED, "params.description", "412 characters cut to 300");
        Mapped.Deliver deliver = new Mapped.Deliver("page", FakeIntegration.DELIVER.request(), List.of(notice));
        Decider decider = decider(Set.of(Reason.SHADOW), new FakeIntegration(_ -> deliver, true));

        Decision decision = decider.decide(event(false, 0), NOW, Traffic.LIVE, LaneFacts.NONE);

        Decision.Stop stop = (Decision.Stop) decision;
        assertThat(stop.reason()).isEqualTo(Reason.SHADOW);
        assertThat(stop.notices()).containsExactly(notice);
        assertThat(stop.wouldHaveSent()).isSameAs(deliver);
    }

    @Test
    void a_playbook_that_throws_rejects_the_event_without_telling_its_content() {
        FakeIntegration broken = new FakeIntegration(
                _ -> {
                    throw new IllegalStateException("jane@example.com");
                },
                true);

        Decision decision = decider(Set.of(), broken).decide(event(false, 0), NOW, Traffic.LIVE, LaneFacts.NONE);

        Decision.Stop stop = (Decision.Stop) decision;
        assertThat(stop.reason()).isEqualTo(Reason.MAPPING_FAILED);
        assertThat(stop.detail()).isEqualTo("the playbook failed with IllegalStateException");
    }

    @Test
    void suppression_is_asked_with_the_destinations_identifier() {
        LaneFacts facts = new LaneFacts() {
            @Override
            public boolean duplicate(Event event) {
                return false;
            }

            @Override
            public boolean suppressed(Event event, @Nullable String identity) {
                return "puid-1".equals(identity);
            }

            @Override
            public Optional<Instant> withdrawn(Event event) {
                return Optional.empty();
            }
        };
        Decider decider = decider(Set.of(), new FakeIntegration(_ -> FakeIntegration.DELIVER, true));

        assertThat(reason(decider.decide(event(false, 0), NOW, Traffic.LIVE, facts)))
                .isEqualTo(Reason.SUPPRESSED);
    }

    /// Facts of an event whose browser withdrew consent then.
    private static LaneFacts withdrawnAt(Instant at) {
        return new LaneFacts() {
            @Override
            public boolean duplicate(Event event) {
                return false;
            }

            @Override
            public boolean suppressed(Event event, @Nullable String identity) {
                return false;
            }

            @Override
            public Optional<Instant> withdrawn(Event event) {
                return Optional.of(at);
            }
        };
    }

    @Test
    void a_withdrawal_denies_what_the_events_own_signals_allow_also_to_a_replay() {
        LaneFacts facts = withdrawnAt(Instant.parse("2026-11-25T10:00:00.250Z"));
        Decider decider = decider(Set.of(), new FakeIntegration(_ -> FakeIntegration.DELIVER, true));

        for (Traffic traffic : Traffic.values()) {
            Decision.Stop stop = (Decision.Stop) decider.decide(event(false, 0), NOW, traffic, facts);
            assertThat(stop.reason()).isEqualTo(Reason.CONSENT_DENIED);
            assertThat(stop.detail())
                    .isEqualTo(
                            "withdrawn: consent was withdrawn at 2026-11-25T10:00:00.250Z, after the event was received");
        }
        Decision.Stop stop = (Decision.Stop) decider.decide(event(true, 0), NOW, Traffic.LIVE, facts);
        assertThat(stop.detail()).startsWith("gpc: ");
    }

    @Test
    void a_withdrawal_comes_after_suppression_and_before_the_integrations_object() {
        Decider decider = decider(Set.of(), new FakeIntegration(_ -> STOPPED, false));

        Decision decision = decider.decide(event(false, 0), NOW, Traffic.LIVE, withdrawnAt(Instant.EPOCH));

        assertThat(reason(decision)).isEqualTo(Reason.CONSENT_DENIED);
    }

    private static Decision.Stop stop(Reason reason) {
        return (Decision.Stop) decide(EnumSet.of(reason), Traffic.LIVE);
    }

    private static Decision decide(Set<Reason> against, Traffic traffic) {
        FakeIntegration integration = new FakeIntegration(
                _ -> against.contains(Reason.MISSING_IDENTITY) ? STOPPED : FakeIntegration.DELIVER,
                !against.contains(Reason.NOT_SELECTED));
        long age = against.contains(Reason.EXPIRED)
                ? Duration.ofDays(3).plusMinutes(1).toMillis()
                : 0;
        LaneFacts facts = new LaneFacts() {
            @Override
            public boolean duplicate(Event event) {
                return against.contains(Reason.DUPLICATE);
            }

            @Override
            public boolean suppressed(Event event, @Nullable String identity) {
                return against.contains(Reason.SUPPRESSED);
            }

            @Override
            public Optional<Instant> withdrawn(Event event) {
                return Optional.empty();
            }
        };
        return decider(against, integration)
                .decide(event(against.contains(Reason.CONSENT_DENIED), age), NOW, traffic, facts);
    }

    private static Decider decider(Set<Reason> against, FakeIntegration integration) {
        Mode mode = against.contains(Reason.SHADOW) ? Mode.SHADOW : Mode.LIVE;
        Pin pin = new Pin("kargo-main", 1, !against.contains(Reason.LANE_DISABLED), mode, new StartFrom.Now());
        return new Decider(Pipeline.withDefaults("web", "wk", List.of(pin)), pin, integration);
    }

    private static Event event(boolean gpc, long age) {
        return new Event(EventType.PAGE, "m-1", NOW - age, gpc, null, (JsonObject) JsonText.read("{}"));
    }

    private static @Nullable Reason reason(Decision decision) {
        return decision instanceof Decision.Stop stop ? stop.reason() : null;
    }
}
