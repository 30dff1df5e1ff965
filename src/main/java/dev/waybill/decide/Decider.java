package dev.waybill.decide;

import dev.waybill.consent.ConsentRules;
import dev.waybill.decide.Decision.Send;
import dev.waybill.decide.Decision.Stop;
import dev.waybill.event.Event;
import dev.waybill.kit.Integration;
import dev.waybill.kit.Mapped;
import dev.waybill.outcome.Reason;
import dev.waybill.playbook.Application;
import dev.waybill.playbook.Explanation;
import dev.waybill.playbook.Filter;
import dev.waybill.workspace.Pipeline;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The one order of decisions. Cheap to make: one for each pin and each change of the workspace.
///
/// @param pipeline whose consent settings count
/// @param pin the lane's pin in that pipeline
/// @param integration the revision that the pin names
public record Decider(Pipeline pipeline, Pipeline.Pin pin, Integration integration) {
    /// Which events the questions of age and repetition are put to.
    public enum Traffic {
        LIVE,
        /// Sent again on purpose: neither its age nor its first time counts.
        REPLAY
    }

    /// Decides about one event.
    ///
    /// @param now milliseconds of the epoch
    public Decision decide(Event event, long now, Traffic traffic, LaneFacts facts) {
        return decide(event, now, traffic, facts, null);
    }

    /// The same by the same code, which writes down which rule of the playbook made what.
    ///
    /// @param explanation null when nobody asks
    public Decision decide(Event event, long now, Traffic traffic, LaneFacts facts, @Nullable Explanation explanation) {
        if (!pin.enabled()) {
            return stop(Reason.LANE_DISABLED, null);
        }
        if (traffic == Traffic.LIVE) {
            if (facts.duplicate(event)) {
                return stop(Reason.DUPLICATE, null);
            }
            Optional<String> tooOld = EventAge.at(now, event).over(integration.maxEventAge());
            if (tooOld.isPresent()) {
                return stop(Reason.EXPIRED, tooOld.get());
            }
        }
        if (facts.suppressed(event, integration.identity(event))) {
            return stop(Reason.SUPPRESSED, null);
        }
        Optional<String> denied = ConsentRules.decide(
                        event,
                        pipeline.consent().forIntegration(integration.consentCategories()),
                        integration.consent())
                .or(() -> facts.withdrawn(event).map(Decider::withdrawal));
        if (denied.isPresent()) {
            return stop(Reason.CONSENT_DENIED, denied.get());
        }
        if (!integration.selects(event)) {
            return stop(Reason.NOT_SELECTED, "the event's integrations object excludes " + integration.name());
        }
        if (!pipeline.filters().isEmpty()) {
            Application application = new Application(event);
            for (Filter filter : pipeline.filters()) {
                if (!filter.lets(application)) {
                    return stop(Reason.RULE, filter.name());
                }
            }
        }
        return mapped(event, explanation);
    }

    /// In the form of the consent rules' denials.
    private static String withdrawal(Instant at) {
        return "withdrawn: consent was withdrawn at " + at + ", after the event was received";
    }

    private Decision mapped(Event event, @Nullable Explanation explanation) {
        Mapped mapped;
        try {
            mapped = explanation == null ? integration.map(event) : integration.explain(event, explanation);
        } catch (RuntimeException e) {
            // One event that a playbook chokes on must not stop the lane; its message could hold the event's content.
            return stop(
                    Reason.MAPPING_FAILED,
                    "the playbook failed with " + e.getClass().getSimpleName());
        }
        return switch (mapped) {
            case Mapped.Stopped(Reason reason, String detail, var notices) -> new Stop(reason, detail, notices, null);
            case Mapped.Deliver deliver ->
                pin.mode() == Pipeline.Mode.SHADOW
                        ? new Stop(Reason.SHADOW, null, deliver.notices(), deliver)
                        : new Send(deliver);
        };
    }

    private static Stop stop(Reason reason, @Nullable String detail) {
        return new Stop(reason, detail, List.of(), null);
    }
}
