package dev.waybill.server;

import dev.waybill.deliver.AddressGuard;
import dev.waybill.journal.Entry;
import dev.waybill.journal.LaneJournal;
import dev.waybill.journal.LaneKey;
import dev.waybill.kit.Integration;
import dev.waybill.lane.Lane;
import dev.waybill.lane.LaneBoard;
import dev.waybill.lane.LaneParts;
import dev.waybill.lane.LaneTap;
import dev.waybill.lane.LaneView;
import dev.waybill.lane.ReplayFeed;
import dev.waybill.lane.ReplayJob;
import dev.waybill.lane.ReplayJobs;
import dev.waybill.log.EventLog;
import dev.waybill.metrics.LaneMetrics;
import dev.waybill.outcome.Outcome;
import dev.waybill.outcome.Reason;
import dev.waybill.workspace.Pipeline;
import dev.waybill.workspace.Workspace;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one lane for each integration of each pipeline, and the journals of those that were removed. Changes are for
/// one thread at a time; looking is safe for all.
final class Lanes implements LaneBoard, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);

    /// Stands in the directory of a lane whose integration was removed from its pipeline.
    private static final String REMOVED = "removed";

    private static final long DURABLE_SECONDS = 10;

    private final Store store;
    private final PipelineLogs logs;
    private final AddressGuard guard;
    private final LaneTap tap;
    private final ReplayJobs jobs;
    private final List<ReplayFeed> replays = new CopyOnWriteArrayList<>();
    private final Map<LaneKey, LaneView> views = new TreeMap<>();
    /// Lanes that were removed and whose pending events could not be ended yet.
    private final Set<LaneKey> unfinished = new HashSet<>();

    private volatile List<LaneView> shown = List.of();

    Lanes(Store store, PipelineLogs logs, AddressGuard guard, LaneTap tap) {
        this.store = store;
        this.logs = logs;
        this.guard = guard;
        this.tap = tap;
        this.jobs = new ReplayJobs(
                store.data().root().resolve("replays"),
                store.journals(),
                store.deadLetters(),
                store.clock(),
                Store.damage(store.metrics()));
    }

    /// Opens every journal and log that the data directory holds: a log's end must not fall behind what a journal
    /// knows.
    void open() throws IOException {
        Map<LaneKey, LaneJournal> journals = new HashMap<>();
        Map<String, Long> known = new TreeMap<>();
        for (String pipeline : names(store.data().root().resolve("log"))) {
            known.put(pipeline, 0L);
        }
        Path lanes = store.data().root().resolve("lanes");
        for (String pipeline : names(lanes)) {
            for (String integration : names(lanes.resolve(pipeline))) {
                LaneKey key = new LaneKey(pipeline, integration);
                LaneJournal journal = journal(key, 0);
                journals.put(key, journal);
                known.merge(pipeline, journal.highestKnown(), Math::max);
            }
        }
        for (Map.Entry<String, Long> pipeline : known.entrySet()) {
            logs.open(pipeline.getKey(), pipeline.getValue());
        }
        journals.forEach((key, journal) -> views.put(key, new LaneView(key, journal, log(key), Optional.empty())));
        show();
    }

    private LaneJournal journal(LaneKey key, long start) throws IOException {
        return LaneJournal.open(directory(key), key, () -> start, store.journals(), Store.damage(store.metrics()));
    }

    private Path directory(LaneKey key) {
        return store.data().lane(key.pipeline(), key.integration());
    }

    private EventLog log(LaneKey key) {
        EventLog log = logs.byPipeline().get(key.pipeline());
        if (log == null) {
            throw new IllegalStateException("The log of pipeline " + key.pipeline() + " is not open.");
        }
        return log;
    }

    /// Starts and changes lanes as the workspace says.
    void apply(Workspace workspace) throws IOException {
        try {
            change(workspace);
        } finally {
            // What was started must be seen, to be stopped at the end, even if another lane could not be.
            show();
        }
    }

    private void change(Workspace workspace) throws IOException {
        Map<LaneKey, Pipeline.Pin> wanted = new TreeMap<>();
        for (Pipeline pipeline : workspace.pipelines().values()) {
            logs.open(pipeline.name(), 0);
            pipeline.integrations().forEach(pin -> wanted.put(new LaneKey(pipeline.name(), pin.integration()), pin));
        }
        for (Map.Entry<LaneKey, Pipeline.Pin> entry : wanted.entrySet()) {
            LaneKey key = entry.getKey();
            Pipeline.Pin pin = entry.getValue();
            Pipeline pipeline = known(workspace.pipelines().get(key.pipeline()), "pipeline " + key.pipeline());
            Integration integration = known(
                    workspace.integrations().get(new Workspace.RevisionKey(pin.integration(), pin.revision())),
                    pin.integration() + "/" + pin.revision());
            LaneView view = views.get(key);
            if (view != null && view.lane().isPresent()) {
                view.lane().get().change(pipeline, pin, integration);
            } else {
                start(key, view, pipeline, pin, integration);
            }
        }
    }

    /// Ends the lanes that the workspace no longer names. Apart from [#apply(Workspace)], because it may wait for what
    /// their destinations have under way.
    void removeOthers(Workspace workspace) throws IOException {
        Set<LaneKey> wanted = new HashSet<>();
        workspace
                .pipelines()
                .values()
                .forEach(pipeline -> pipeline.integrations()
                        .forEach(pin -> wanted.add(new LaneKey(pipeline.name(), pin.integration()))));
        try {
            IOException failure = null;
            for (LaneView view : List.copyOf(views.values())) {
                try {
                    if (!wanted.contains(view.key())) {
                        remove(view);
                    }
                } catch (IOException e) {
                    // The other lanes are to end all the same.
                    failure = e;
                }
            }
            if (failure != null) {
                throw failure;
            }
        } finally {
            show();
        }
    }

    private static <T> T known(@org.jspecify.annotations.Nullable T value, String what) {
        if (value == null) {
            throw new IllegalStateException("The workspace names " + what + " and does not hold it.");
        }
        return value;
    }

    private void start(
            LaneKey key,
            @org.jspecify.annotations.Nullable LaneView before,
            Pipeline pipeline,
            Pipeline.Pin pin,
            Integration integration)
            throws IOException {
        EventLog log = log(key);
        LaneJournal journal = before == null ? journal(key, startOf(pin, log)) : before.journal();
        Path removed = directory(key).resolve(REMOVED);
        boolean again = Files.exists(removed) || unfinished.contains(key);
        if (again) {
            endPending(journal, log, pin.revision());
            Files.deleteIfExists(removed);
            unfinished.remove(key);
        }
        Lane lane = new Lane(
                new LaneParts(
                        key,
                        log,
                        journal,
                        store.deadLetters(),
                        store.duplicates(),
                        store.suppressions(),
                        store.withdrawals(),
                        logs.reports(key.pipeline()),
                        new LaneMetrics(store.metrics(), key.pipeline(), key.integration()),
                        guard,
                        tap,
                        store.clock()),
                pipeline,
                pin,
                integration);
        lane.start();
        if (again) {
            replays.stream().filter(feed -> feed.job().lane().equals(key)).forEach(feed -> goOn(feed, lane));
        }
        views.put(key, new LaneView(key, journal, log, Optional.of(lane)));
        LOG.info("Lane {} runs revision {}.", key, pin.revision());
    }

    private static long startOf(Pipeline.Pin pin, EventLog log) {
        return switch (pin.startFrom()) {
            case Pipeline.StartFrom.Now now -> log.end();
            case Pipeline.StartFrom.Earliest earliest -> log.first();
            case Pipeline.StartFrom.At at -> log.sequenceAt(at.time());
        };
    }

    private void remove(LaneView view) throws IOException {
        Path marker = directory(view.key()).resolve(REMOVED);
        if (Files.exists(marker)) {
            return;
        }
        if (view.lane().isPresent()) {
            view.lane().get().remove();
            views.put(view.key(), new LaneView(view.key(), view.journal(), view.log(), Optional.empty()));
            unfinished.add(view.key());
        }
        // Pending is still what a lane left that could not end in time, or that was taken out of the files while no
        // server ran.
        endPending(view.journal(), view.log(), view.status().revision());
        Files.createFile(marker);
        unfinished.remove(view.key());
        LOG.info("Lane {} was removed; what was pending ended as lane_disabled.", view.key());
    }

    /// Ends all events without an outcome, durably before it returns: a lane started next must not send them.
    private void endPending(LaneJournal journal, EventLog log, int revision) throws IOException {
        long now = store.clock().millis();
        List<long[]> ranges = journal.undecidedBelow(log.end(), Integer.MAX_VALUE);
        CountDownLatch durable = new CountDownLatch(ranges.size());
        for (long[] range : ranges) {
            Entry.Decided entry = new Entry.Decided(
                    range[0],
                    range[1] - range[0],
                    Outcome.FILTERED,
                    Reason.LANE_DISABLED,
                    "the integration was not in the pipeline",
                    "",
                    revision,
                    0,
                    0,
                    null,
                    List.of(),
                    now,
                    now);
            journal.record(entry, durable::countDown);
        }
        try {
            if (!durable.await(DURABLE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("the journal of " + journal.key() + " could not be written");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while writing the journal of " + journal.key());
        }
    }

    /// Goes on with the replays that are not finished. Called once, when the lanes stand.
    void resumeReplays() throws IOException {
        for (ReplayJob job : jobs.all()) {
            LaneView view = views.get(job.lane());
            if (view == null) {
                continue;
            }
            ReplayFeed feed = jobs.feed(job, view.log());
            replays.add(feed);
            view.lane().ifPresent(lane -> goOn(feed, lane));
        }
    }

    private static void goOn(ReplayFeed feed, Lane lane) {
        if (feed.journal().firstUndecided() < feed.job().selected()) {
            lane.replay(feed);
        }
    }

    @Override
    public ReplayFeed replay(LaneView view, String what, ReplayJobs.Selector selector) throws IOException {
        Lane lane = view.lane()
                .orElseThrow(() -> new IllegalStateException(
                        "lane " + view.key() + " was removed: put the integration back into the pipeline"));
        ReplayFeed feed = jobs.create(view.key(), view.log(), what, selector);
        replays.addFirst(feed);
        lane.replay(feed);
        return feed;
    }

    /// Removes finished replays that are older than that.
    void forgetReplays(long createdBefore) {
        for (ReplayFeed feed : replays()) {
            boolean finished = feed.journal().firstUndecided() >= feed.job().selected();
            if (finished && feed.job().createdAt() < createdBefore) {
                replays.remove(feed);
                feed.close();
                jobs.forget(feed.job());
            }
        }
    }

    private void show() {
        shown = List.copyOf(views.values());
    }

    @Override
    public List<LaneView> lanes() {
        return shown;
    }

    @Override
    public List<ReplayFeed> replays() {
        return List.copyOf(replays);
    }

    /// The lowest sequence of a pipeline's log that an enabled lane has still to decide; the log's end when none has.
    long needed(String pipeline, long end) {
        return shown.stream()
                .filter(view ->
                        view.key().pipeline().equals(pipeline) && view.lane().isPresent())
                .mapToLong(view -> view.journal().firstUndecided())
                .min()
                .orElse(end);
    }

    /// Lets the lanes finish what is under way, all at the same time.
    void stop(Duration patience) {
        List<Thread> stopping = new ArrayList<>();
        for (LaneView view : shown) {
            view.lane().ifPresent(lane -> stopping.add(Thread.ofVirtual().start(() -> lane.stop(patience))));
        }
        for (Thread each : stopping) {
            try {
                each.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public void close() {
        replays.forEach(ReplayFeed::close);
        shown.forEach(view -> view.journal().close());
    }

    private static List<String> names(Path dir) {
        if (!Files.isDirectory(dir)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(dir)) {
            return children.filter(Files::isDirectory)
                    .map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
