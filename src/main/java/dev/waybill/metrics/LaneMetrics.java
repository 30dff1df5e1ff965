package dev.waybill.metrics;

import dev.waybill.outcome.NoticeCode;
import dev.waybill.outcome.Outcome;
import dev.waybill.outcome.Reason;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One lane's metrics, their label children taken once. Belongs to the lane's thread.
public final class LaneMetrics {
    /// Event names beyond these count as `other`, so that a hostile client can't grow the registry.
    private static final int MAX_EVENT_NAMES = 200;

    static final String NO_SIGNAL = "none";
    static final String ANY_SIGNAL = "any";

    private final Metrics metrics;
    private final String pipeline;
    private final String integration;
    private final DistributionDataPoint delivery;
    private final DistributionDataPoint endToEnd;
    private final LaneFigures figures;
    private final CounterDataPoint silent;
    private final CounterDataPoint heard;
    private final Map<String, CounterDataPoint> delivered = new HashMap<>();
    private final Map<String, CounterDataPoint> decided = new HashMap<>();

    public LaneMetrics(Metrics metrics, String pipeline, String integration) {
        this.metrics = metrics;
        this.pipeline = pipeline;
        this.integration = integration;
        this.delivery = metrics.delivery.labelValues(pipeline, integration);
        this.endToEnd = metrics.endToEnd.labelValues(pipeline, integration);
        this.figures = metrics.figures(pipeline, integration);
        this.silent = metrics.laneConsent.labelValues(pipeline, integration, NO_SIGNAL);
        this.heard = metrics.laneConsent.labelValues(pipeline, integration, ANY_SIGNAL);
    }

    /// Counts decided events.
    public void decided(Outcome outcome, @Nullable Reason reason, long count) {
        String why = reason == null ? "" : reason.code();
        decided.computeIfAbsent(
                        outcome.text() + why,
                        key -> metrics.laneEvents.labelValues(pipeline, integration, outcome.text(), why))
                .inc(count);
    }

    /// Counts an event without an identifier.
    ///
    /// @param cause one of few words
    /// @param browser one of few words
    public void missingIdentity(String cause, String browser) {
        metrics.laneMissing.labelValues(pipeline, integration, cause).inc();
        figures.missingIdentity(cause, browser);
    }

    /// Counts an event that reached the consent decision.
    ///
    /// @param isSilent whether it carried no consent signal
    public void consent(boolean isSilent) {
        (isSilent ? silent : heard).inc();
    }

    /// Counts a delivered event.
    ///
    /// @param event the output event name
    /// @param receivedAt in milliseconds of the epoch
    /// @param at when it was delivered
    public void delivered(String event, long receivedAt, long at) {
        String name = delivered.containsKey(event) || delivered.size() < MAX_EVENT_NAMES ? event : "other";
        delivered
                .computeIfAbsent(name, key -> metrics.laneDelivered.labelValues(pipeline, integration, name))
                .inc();
        endToEnd.observe((at - receivedAt) / 1e3);
        figures.endToEnd().add(at - receivedAt, at);
    }

    public void notice(NoticeCode code) {
        metrics.laneNotices.labelValues(pipeline, integration, code.code()).inc();
    }

    /// Counts one attempt.
    ///
    /// @param verdict any word, in whatever case
    public void attempt(String verdict, double seconds) {
        metrics.laneAttempts
                .labelValues(pipeline, integration, verdict.toLowerCase(Locale.ROOT))
                .inc();
        delivery.observe(seconds);
    }
}
