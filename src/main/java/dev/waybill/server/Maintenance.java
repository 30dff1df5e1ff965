package dev.waybill.server;

import dev.waybill.lane.LaneStatus.State;
import dev.waybill.lane.LaneView;
import dev.waybill.log.Retention;
import dev.waybill.metrics.Metrics;
import dev.waybill.workspace.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is done every few seconds: old events, dead letters and replays go. Also answers the metrics that are asked for
/// only when somebody reads them. One thread.
final class Maintenance implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    /// As long as the daily counts: what was changed explains them.
    private static final Duration AUDIT_KEPT = Duration.ofDays(400);

    private static final long AUDIT_BYTES = 256L << 20;

    private final Store store;
    private final PipelineLogs logs;
    private final Lanes lanes;
    private final Runnable users;
    private final Retention retention;
    private final Thread thread;

    /// @param users looks whether the file of the users changed
    Maintenance(Store store, PipelineLogs logs, Lanes lanes, Runnable users) {
        this.store = store;
        this.logs = logs;
        this.lanes = lanes;
        this.users = users;
        Settings.Log rules = store.settings().log();
        this.retention = new Retention(
                new Retention.Rules(
                        rules.retention(), rules.maxBytes(), rules.overflow() == Settings.Overflow.DROP_OLDEST),
                store.gate(),
                store.clock());
        this.thread = Thread.ofPlatform().name("maintenance").daemon().unstarted(this::run);
    }

    void start() {
        store.metrics().gauges(this::sample);
        thread.start();
    }

    @SuppressWarnings("BusyWait") // the pause is the pace of the work, nothing is waited for
    private void run() {
        try {
            while (true) {
                Thread.sleep(INTERVAL);
                try {
                    tidy();
                } catch (IOException | RuntimeException e) {
                    LOG.error("Removing what is old failed; it is tried again in a few seconds.", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Does it once. For the maintenance's own thread, or while that doesn't run.
    void tidy() throws IOException {
        List<Retention.Kept> kept = new ArrayList<>();
        logs.byPipeline().forEach((pipeline, log) -> {
            long needed = lanes.needed(pipeline, log.end());
            kept.add(new Retention.Kept(log, needed));
            kept.add(logs.keptReports(pipeline, needed));
        });
        retention.run(kept);
        for (LaneView view : lanes.lanes()) {
            view.journal().retain(view.log().first());
        }
        Settings.DeadLetters letters = store.settings().deadLetters();
        long oldest = store.clock().millis() - letters.retention().toMillis();
        store.deadLetters().retain(oldest, letters.maxBytes());
        lanes.forgetReplays(oldest);
        users.run();
        store.audit().retain(store.clock().millis() - AUDIT_KEPT.toMillis(), AUDIT_BYTES);
        store.sure(
                "Which withdrawals of consent are still needed",
                () -> store.withdrawals().retain(store.clock().millis(), logs::oldestReceivedAt, letters.retention()));
    }

    private void sample(Metrics.Gauge gauge, Metrics.Sample sample) {
        long now = store.clock().millis();
        switch (gauge) {
            case LOG_BYTES ->
                logs.byPipeline().forEach((pipeline, log) -> sample.value((double) log.bytes(), pipeline));
            case DEDUP_WINDOW -> sample.value((double) store.duplicates().effectiveWindowSeconds(now));
            case DISK_FREE -> sample.value((double) store.data().freeBytes());
            case INTAKE_OPEN -> sample.value(store.gate().closed().isEmpty() ? 1 : 0);
            default -> lanes.lanes().forEach(view -> sampleLane(gauge, view, now, sample));
        }
    }

    private static void sampleLane(Metrics.Gauge gauge, LaneView view, long now, Metrics.Sample sample) {
        String pipeline = view.key().pipeline();
        String integration = view.key().integration();
        switch (gauge) {
            case LANE_PENDING -> sample.value((double) view.ledger().pending(), pipeline, integration);
            case LANE_OLDEST ->
                sample.value(
                        view.oldestPending()
                                .map(time -> Math.max(0, now - time) / 1e3)
                                .orElse(0.0),
                        pipeline,
                        integration);
            case LANE_STATE -> {
                for (State state : State.values()) {
                    sample.value(view.status().state() == state ? 1 : 0, pipeline, integration, state.text());
                }
            }
            case LANE_BREAKER -> sample.value(view.status().breakerOpen() ? 1 : 0, pipeline, integration);
            case LANE_MAX_AGE ->
                view.lane().ifPresent(lane -> sample.value(lane.maxEventAge().toMillis() / 1e3, pipeline, integration));
            default -> throw new IllegalArgumentException(gauge + " is no lane's");
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
