package dev.waybill.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.deadletter.DeadLetter;
import dev.waybill.deadletter.DeadLetters;
import dev.waybill.deadletter.Letter;
import dev.waybill.deadletter.LetterFilter;
import dev.waybill.dedup.DedupIndex;
import dev.waybill.deliver.AddressGuard;
import dev.waybill.journal.JournalWriter;
import dev.waybill.journal.LaneJournal;
import dev.waybill.journal.LaneKey;
import dev.waybill.journal.Snapshot;
import dev.waybill.kit.Integration;
import dev.waybill.lane.LaneStatus.State;
import dev.waybill.log.FileLog;
import dev.waybill.log.IntakeGate;
import dev.waybill.log.LogRecord;
import dev.waybill.log.LogUnavailableException;
import dev.waybill.log.RecentIds;
import dev.waybill.log.Retention;
import dev.waybill.metrics.LaneMetrics;
import dev.waybill.metrics.Metrics;
import dev.waybill.outcome.Reason;
import dev.waybill.suppress.Suppressions;
import dev.waybill.suppress.Withdrawals;
import dev.waybill.workspace.Pipeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// One pipeline's lanes on real parts in a directory. A restart closes and reopens everything.
final class LaneRig implements AutoCloseable {
    static final String PIPELINE = "web";
    static final String KARGO = "kargo-main";

    final TestClock clock = new TestClock();
    final FakeReports reports = new FakeReports();
    /// What the pipeline says from the next start or change of a lane on.
    Duration identityWait = Duration.ofSeconds(10);

    FileLog log;
    DeadLetters letters;
    Suppressions suppressions;
    Withdrawals withdrawals;
    ReplayJobs jobs;
    private final Path dir;
    private final long segmentBytes;
    private final Map<String, Pinned> pinned = new TreeMap<>();
    private final Map<String, Lane> lanes = new TreeMap<>();
    private final List<ReplayFeed> replays = new ArrayList<>();
    private JournalWriter writer;
    private DedupIndex duplicates;

    private record Pinned(Integration integration, boolean enabled, Pipeline.Mode mode) {}

    LaneRig(Path dir, long segmentBytes) {
        this.dir = dir;
        this.segmentBytes = segmentBytes;
        open();
    }

    private void open() {
        try {
            duplicates = new DedupIndex(Duration.ofDays(1), 100_000);
            writer = new JournalWriter(true, LaneRig::unexpected);
            letters = DeadLetters.open(dir.resolve("dead-letters"), writer, LaneRig::unexpected);
            suppressions = Suppressions.open(dir.resolve("suppressions"), LaneRig::unexpected);
            withdrawals = Withdrawals.open(dir.resolve("withdrawals"), LaneRig::unexpected);
            jobs = new ReplayJobs(dir.resolve("replays"), writer, letters, clock, LaneRig::unexpected);
            log = FileLog.open(
                    new FileLog.Options(PIPELINE, dir.resolve("log"), segmentBytes, true, 0, () -> {}),
                    new IntakeGate(0, () -> 1, clock),
                    duplicates);
            RecentIds.load(List.of(log), duplicates, 0);
            for (Map.Entry<String, Pinned> each : pinned.entrySet()) {
                start(each.getKey(), each.getValue());
            }
            for (ReplayJob job : jobs.all()) {
                ReplayFeed feed = jobs.feed(job, log);
                replays.add(feed);
                lane(job.lane().integration()).replay(feed);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void unexpected(String what) {
        throw new AssertionError(what);
    }

    private void start(String name, Pinned pin) throws IOException {
        LaneKey key = new LaneKey(PIPELINE, name);
        // Damage is what a crash leaves at a journal's end.
        LaneJournal journal = LaneJournal.open(journalOf(name), key, () -> 0, writer, _ -> {});
        Lane lane = new Lane(
                new LaneParts(
                        key,
                        log,
                        journal,
                        letters,
                        duplicates,
                        suppressions,
                        withdrawals,
                        reports,
                        new LaneMetrics(new Metrics(), PIPELINE, name),
                        new AddressGuard(() -> true),
                        LaneTap.NONE,
                        clock),
                pipeline(),
                pin(name, pin),
                pin.integration());
        lanes.put(name, lane);
        lane.start();
    }

    private Pipeline pipeline() {
        Pipeline defaults = Pipeline.withDefaults(PIPELINE, "wk", List.of());
        return new Pipeline(
                defaults.name(),
                defaults.writeKey(),
                defaults.origins(),
                defaults.cookie(),
                defaults.consent(),
                defaults.filters(),
                identityWait,
                defaults.sync(),
                defaults.integrations());
    }

    private Path journalOf(String name) {
        return dir.resolve("lanes").resolve(name);
    }

    private static Pipeline.Pin pin(String name, Pinned pin) {
        return new Pipeline.Pin(
                name, pin.integration().revision(), pin.enabled(), pin.mode(), new Pipeline.StartFrom.Earliest());
    }

    /// Starts the lane kargo-main, or pins another revision in it.
    LaneRig run(Integration integration) {
        return run(integration, true, Pipeline.Mode.LIVE);
    }

    LaneRig run(Integration integration, boolean enabled, Pipeline.Mode mode) {
        String name = integration.name();
        Pinned next = new Pinned(integration, enabled, mode);
        pinned.put(name, next);
        Lane running = lanes.get(name);
        try {
            if (running == null) {
                start(name, next);
            } else {
                running.change(pipeline(), pin(name, next), integration);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    Lane lane(String name) {
        Lane lane = lanes.get(name);
        if (lane == null) {
            throw new IllegalStateException("no lane " + name);
        }
        return lane;
    }

    Lane lane() {
        return lane(KARGO);
    }

    /// Appends, durably.
    long append(List<LogRecord> records) {
        try {
            return log.append(records);
        } catch (LogUnavailableException e) {
            throw new IllegalStateException(e);
        }
    }

    long append(LogRecord... records) {
        return append(List.of(records));
    }

    /// Appends orders received now, named prefix-from and on.
    void orders(String prefix, int from, int to) {
        append(TestEvents.orders(prefix, from, to, clock.millis()));
    }

    /// The clock goes on by that much, and the lanes notice.
    void later(Duration time) {
        clock.forward(time);
        pinned.forEach((name, pin) -> lane(name).change(pipeline(), pin(name, pin), pin.integration()));
    }

    Snapshot ledger(String name) {
        Snapshot ledger = lane(name).journal().snapshot(log.end());
        assertBalances(ledger);
        return ledger;
    }

    Snapshot ledger() {
        return ledger(KARGO);
    }

    static void assertBalances(Snapshot ledger) {
        assertThat(ledger.delivered() + sum(ledger.filtered()) + sum(ledger.rejected()) + ledger.pending())
                .as("delivered + filtered + rejected + pending of %s", ledger)
                .isEqualTo(ledger.accepted());
    }

    private static long sum(Map<Reason, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /// Waits until the lane's numbers are as wished.
    Snapshot awaitLedger(Predicate<Snapshot> wished) {
        Await.until(() -> wished.test(ledger()), () -> ledger() + " " + lane().status() + " " + tail());
        return ledger();
    }

    private String tail() {
        return lane().journal().entriesFor(0, Math.min(5, log.end())).toString();
    }

    /// Waits until nothing is pending.
    Snapshot drained() {
        return awaitLedger(ledger -> ledger.pending() == 0);
    }

    void awaitState(State state) {
        Await.until(
                () -> lane().status().state() == state, () -> lane().status().toString());
    }

    /// Waits until the lane is paused and what was under way has been answered.
    void awaitPaused() {
        Await.until(
                () -> lane().status().state() == LaneStatus.State.PAUSED
                        && lane().status().inFlight() == 0,
                () -> lane().status().toString());
    }

    List<DeadLetter> deadLetters() {
        return letters.list(LetterFilter.ALL, 1000, OptionalLong.empty()).letters().stream()
                .map(Letter::letter)
                .toList()
                .reversed();
    }

    ReplayFeed replay(ReplayJobs.Selector selector) {
        try {
            ReplayFeed feed = jobs.create(new LaneKey(PIPELINE, KARGO), log, "a test's", selector);
            replays.add(feed);
            lane().replay(feed);
            return feed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The replay's row, of the run that is current.
    Snapshot replayed() {
        ReplayFeed feed = replays.getLast();
        Snapshot row = feed.journal().snapshot(feed.job().selected());
        assertBalances(row);
        return row;
    }

    Path logDirectory() {
        return dir.resolve("log");
    }

    /// Retention of a log that may hold that much, under `overflow: drop-oldest`.
    void dropOldest(long maxBytes) {
        new Retention(new Retention.Rules(Duration.ofDays(7), maxBytes, true), new IntakeGate(0, () -> 1, clock), clock)
                .run(List.of(new Retention.Kept(log, lane().journal().firstUndecided())));
    }

    /// Stops in order and starts anew.
    void restart() {
        lanes.values().forEach(lane -> lane.stop(Duration.ofSeconds(5)));
        shut();
        open();
    }

    /// What a kill leaves: no outcome that was not on disk at this moment, no answer to what is under way. The
    /// destination must not answer meanwhile.
    void crash() {
        try {
            Path image = dir.resolve("image");
            for (String name : lanes.keySet()) {
                copy(journalOf(name), image.resolve(name));
            }
            lanes.values().forEach(Lane::close);
            List<String> names = List.copyOf(lanes.keySet());
            shut();
            for (String name : names) {
                delete(journalOf(name));
                Files.move(image.resolve(name), journalOf(name));
            }
            delete(image);
            open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (!file.toString().endsWith(".tmp")) {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.toList().reversed()) {
                Files.delete(file);
            }
        }
    }

    private void shut() {
        replays.forEach(ReplayFeed::close);
        replays.clear();
        lanes.values().forEach(lane -> lane.journal().close());
        lanes.clear();
        log.close();
        letters.close();
        suppressions.close();
        withdrawals.close();
        writer.close();
    }

    @Override
    public void close() {
        lanes.values().forEach(Lane::close);
        shut();
    }
}
