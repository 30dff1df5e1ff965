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
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/// The registry and its metrics. CONTRACT §6 names them; docs/metrics.md tells them to people.
public final class Metrics {
    /// The labels that name a lane.
    static final String[] LANE = {"pipeline", "integration"};

    private static final double[] FAST = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 2.5};
    private static final double[] SLOW = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600, 3600, 86400
    };

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Map<String, Refusals> refusals = new ConcurrentHashMap<>();

    /// By pipeline and integration.
    private final Map<List<String>, LaneFigures> figures = new ConcurrentHashMap<>();

    final Counter received =
            counter("waybill_events_received_total", "Valid events that came in, accepted or not.", "pipeline", "type");
    final Counter refused =
            counter("waybill_events_refused_total", "Events and requests that were answered with an error.", "reason");
    final Counter accepted = counter("waybill_events_accepted_total", "Events acknowledged as durable.", "pipeline");
    final Counter identityReports = counter(
            "waybill_identity_reports_total",
            "What browsers reported of a destination's identifier, by what became of it.",
            "pipeline",
            "kit",
            "result");
    final Counter laneEvents = counter(
            "waybill_lane_events_total",
            "Events decided, by outcome and reason.",
            "pipeline",
            "integration",
            "outcome",
            "reason");
    final Counter laneMissing = counter(
            "waybill_lane_missing_identity_total",
            "Events filtered as missing_identity, by why the identifier is missing.",
            "pipeline",
            "integration",
            "cause");
    final Counter laneConsent = counter(
            "waybill_lane_consent_signals_total",
            "Events that reached the consent decision, by whether they carried any consent signal.",
            "pipeline",
            "integration",
            "signal");
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
    private final Counter alerts =
            counter("waybill_alerts_sent_total", "Messages of the alerts, by what became of each attempt.", "result");
    private final Counter failures =
            counter("waybill_log_damage_total", "Places in files of the data directory found damaged.");

    /// A value that is asked for only when the metrics are read.
    public enum Gauge {
        LANE_PENDING("waybill_lane_pending", "Events accepted and not yet decided.", LANE),
        LANE_OLDEST("waybill_lane_oldest_pending_seconds", "Age of the oldest pending event; 0 when none is.", LANE),
        LANE_MAX_AGE("waybill_lane_max_event_age_seconds", "The age at which an event of the lane expires.", LANE),
        LANE_STATE("waybill_lane_state", "1 for the state that the lane is in.", "pipeline", "integration", "state"),
        LANE_BREAKER("waybill_lane_breaker_open", "1 while the lane waits for its destination to recover.", LANE),
        LOG_BYTES("waybill_log_bytes", "Size of a pipeline's log on disk.", "pipeline"),
        DEDUP_WINDOW("waybill_dedup_window_seconds", "How far back duplicates are known now."),
        DISK_FREE("waybill_disk_free_bytes", "Free space where the data directory is."),
        INTAKE_OPEN("waybill_intake_open", "1 while events are accepted, 0 while the collector answers 503.");

        private final String metric;
        private final String help;

        @SuppressWarnings("ImmutableEnumChecker") // made by List.of
        private final List<String> labels;

        Gauge(String metric, String help, String... labels) {
            this.metric = metric;
            this.help = help;
            this.labels = List.of(labels);
        }
    }

    /// Takes one value of a gauge with its labels' values.
    @FunctionalInterface
    public interface Sample {
        void value(double value, String... labels);
    }

    /// Registers the gauges. Called once, when everything is wired.
    ///
    /// @param values gives the values of a gauge; called by the thread that reads the metrics
    public void gauges(BiConsumer<Gauge, Sample> values) {
        for (Gauge gauge : Gauge.values()) {
            GaugeWithCallback.builder()
                    .name(gauge.metric)
                    .help(gauge.help)
                    .labelNames(gauge.labels.toArray(String[]::new))
                    .callback(callback -> values.accept(gauge, callback::call))
                    .register(registry);
        }
    }

    public void received(String pipeline, String type, int events) {
        received.labelValues(pipeline, type).inc(events);
    }

    /// Counts a refusal.
    ///
    /// @param at milliseconds of the epoch
    public void refused(String reason, long at) {
        refused.labelValues(reason).inc();
        refusals.merge(reason, new Refusals(1, at), Refusals::and);
    }

    /// How often something was refused since the server's start, and when last, in milliseconds of the epoch.
    public record Refusals(long count, long last) {
        private Refusals and(Refusals more) {
            return new Refusals(count + more.count, Math.max(last, more.last));
        }
    }

    /// What the collector refused, by the word that the sender was told.
    public SortedMap<String, Refusals> refusals() {
        return new TreeMap<>(refusals);
    }

    public void accepted(String pipeline, int events) {
        accepted.labelValues(pipeline).inc(events);
    }

    public void identityReported(String pipeline, String kit, String result) {
        identityReports.labelValues(pipeline, kit, result).inc();
    }

    public void appended(double seconds) {
        append.observe(seconds);
    }

    /// How many of a lane's events reached the consent decision since the start.
    ///
    /// @param silent how many of all carried no consent signal
    public record Heard(long silent, long all) {}

    public Heard heard(String pipeline, String integration) {
        long none = (long) laneConsent
                .labelValues(pipeline, integration, LaneMetrics.NO_SIGNAL)
                .get();
        long any = (long) laneConsent
                .labelValues(pipeline, integration, LaneMetrics.ANY_SIGNAL)
                .get();
        return new Heard(none, none + any);
    }

    /// What else is counted of a lane; the same object for the same lane.
    public LaneFigures figures(String pipeline, String integration) {
        return figures.computeIfAbsent(List.of(pipeline, integration), _ -> new LaneFigures());
    }

    /// Counts a message of the alerts.
    ///
    /// @param result one of few words
    public void alertSent(String result) {
        alerts.labelValues(result).inc();
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
}
