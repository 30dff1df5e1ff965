package dev.waybill.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;

/// The registry and its metrics. CONTRACT §6 names them; docs/metrics.md tells them to people.
public final class Metrics {
    /// The labels that name a lane.
    static final String[] LANE = {"pipeline", "integration"};

    private static final double[] FAST = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 2.5};
    private static final double[] SLOW = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600, 3600, 86400
    };

    private final PrometheusRegistry registry = new PrometheusRegistry();

    final Counter received =
            counter("waybill_events_received_total", "Events that came in, valid or not.", "pipeline", "type");
    final Counter refused =
            counter("waybill_events_refused_total", "Events and requests that were answered with an error.", "reason");
    final Counter accepted = counter("waybill_events_accepted_total", "Events acknowledged as durable.", "pipeline");
    final Counter laneEvents = counter(
            "waybill_lane_events_total",
            "Events decided, by outcome and reason.",
            "pipeline",
            "integration",
            "outcome",
            "reason");
    final Counter laneDelivered = counter(
            "waybill_lane_delivered_total",
            "Events delivered, by output event name.",
            "pipeline",
            "integration",
            "event");
    final Counter laneNotices = counter(
            "waybill_lane_notices_total", "Notices on events that were sent.", "pipeline", "integration", "code");
    final Counter laneAttempts = counter(
            "waybill_lane_attempts_total", "Attempts to send, by verdict.", "pipeline", "integration", "verdict");
    final Histogram delivery = histogram(
            "waybill_delivery_seconds", "One attempt, from connecting to the last byte of the answer.", SLOW, LANE);
    final Histogram endToEnd = histogram("waybill_end_to_end_seconds", "From received to delivered.", SLOW, LANE);
    final Histogram append =
            histogram("waybill_log_append_seconds", "From handing events to the log until they are durable.", FAST);
    private final Counter failures =
            counter("waybill_log_damage_total", "Places in files of the data directory found damaged.");

    /// A value that is asked for when the metrics are read.
    public interface Sample {
        void value(double value, String... labels);
    }

    /// Registers the gauges whose values live elsewhere. Called once, when everything is wired.
    ///
    /// @param lanePending events pending in each lane
    /// @param laneOldest age of each lane's oldest pending event, in seconds
    /// @param laneState 1 for the state that a lane is in, 0 for the others
    /// @param laneBreaker 1 while a lane's breaker is not closed
    /// @param logBytes size on disk of each pipeline's log
    /// @param dedupWindow how far back duplicates are known, in seconds
    /// @param diskFree bytes free where the data directory is
    /// @param intakeOpen 1 while events are accepted
    public void gauges(
            Consumer<Sample> lanePending,
            Consumer<Sample> laneOldest,
            Consumer<Sample> laneState,
            Consumer<Sample> laneBreaker,
            Consumer<Sample> logBytes,
            Consumer<Sample> dedupWindow,
            Consumer<Sample> diskFree,
            Consumer<Sample> intakeOpen) {
        gauge("waybill_lane_pending", "Events accepted and not yet decided.", lanePending, LANE);
        gauge(
                "waybill_lane_oldest_pending_seconds",
                "Age of the oldest pending event; 0 when none is.",
                laneOldest,
                LANE);
        gauge(
                "waybill_lane_state",
                "1 for the state that the lane is in.",
                laneState,
                "pipeline",
                "integration",
                "state");
        gauge("waybill_lane_breaker_open", "1 while the lane waits for its destination to recover.", laneBreaker, LANE);
        gauge("waybill_log_bytes", "Size of a pipeline's log on disk.", logBytes, "pipeline");
        gauge("waybill_dedup_window_seconds", "How far back duplicates are known now.", dedupWindow);
        gauge("waybill_disk_free_bytes", "Free space where the data directory is.", diskFree);
        gauge("waybill_intake_open", "1 while events are accepted, 0 while the collector answers 503.", intakeOpen);
    }

    public void received(String pipeline, String type) {
        received.labelValues(pipeline, type).inc();
    }

    public void refused(String reason) {
        refused.labelValues(reason).inc();
    }

    public void accepted(String pipeline, int events) {
        accepted.labelValues(pipeline).inc(events);
    }

    public void appended(double seconds) {
        append.observe(seconds);
    }

    public void damaged() {
        failures.inc();
    }

    /// The names of all registered metrics, as in `/metrics`.
    public List<String> names() {
        return registry.scrape().stream()
                .map(snapshot -> snapshot.getMetadata().getPrometheusName()
                        + (snapshot instanceof io.prometheus.metrics.model.snapshots.CounterSnapshot ? "_total" : ""))
                .sorted()
                .toList();
    }

    /// The text format of Prometheus.
    public byte[] text() {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream(16_384);
            PrometheusTextFormatWriter.create().write(out, registry.scrape());
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Counter counter(String name, String help, String... labels) {
        return Counter.builder().name(name).help(help).labelNames(labels).register(registry);
    }

    private Histogram histogram(String name, String help, double[] bounds, String... labels) {
        return Histogram.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .classicOnly()
                .classicUpperBounds(bounds)
                .register(registry);
    }

    private void gauge(String name, String help, Consumer<Sample> values, String... labels) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .callback(callback -> values.accept(callback::call))
                .register(registry);
    }
}
