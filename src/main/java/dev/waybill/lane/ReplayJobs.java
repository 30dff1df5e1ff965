package dev.waybill.lane;

import dev.waybill.data.DurableFile;
import dev.waybill.deadletter.DeadLetters;
import dev.waybill.journal.JournalWriter;
import dev.waybill.journal.LaneJournal;
import dev.waybill.journal.LaneKey;
import dev.waybill.log.EventLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The replays of a data directory: `replays/<id>/` holds `job.json`, `selection` and a journal. A directory without
/// `job.json` is one whose making was cut short; it is removed. Safe for threads.
public final class ReplayJobs {
    private static final Logger LOG = LoggerFactory.getLogger(ReplayJobs.class);

    private final Path dir;
    private final JournalWriter writer;
    private final DeadLetters deadLetters;
    private final InstantSource clock;
    private final Consumer<String> damage;

    public ReplayJobs(
            Path dir, JournalWriter writer, DeadLetters deadLetters, InstantSource clock, Consumer<String> damage) {
        this.dir = dir;
        this.writer = writer;
        this.deadLetters = deadLetters;
        this.clock = clock;
        this.damage = damage;
    }

    /// Chooses the events of a replay.
    @FunctionalInterface
    public interface Selector {
        void select(ReplayQuery.Selected<IOException> selected) throws IOException;
    }

    /// Makes a replay durable. It begins when its feed is given to the lane.
    ///
    /// @param what what was asked for, for people
    public ReplayFeed create(LaneKey lane, EventLog log, String what, Selector selector) throws IOException {
        long now = clock.millis();
        String id = "r" + now
                + HexFormat.of().toHexDigits((short) ThreadLocalRandom.current().nextInt());
        Path home = Files.createDirectories(dir.resolve(id));
        long selected;
        try (ReplaySelection.Writer positions = new ReplaySelection.Writer(home.resolve("selection"))) {
            selector.select(positions::add);
            selected = positions.count();
        }
        ReplayJob job = new ReplayJob(id, lane, now, what, selected);
        DurableFile.write(home.resolve("job.json"), job.encode());
        return feed(job, log);
    }

    /// Every replay kept, newest first.
    public List<ReplayJob> all() throws IOException {
        if (!Files.isDirectory(dir)) {
            return List.of();
        }
        List<ReplayJob> jobs = new ArrayList<>();
        try (Stream<Path> homes = Files.list(dir)) {
            for (Path home : homes.toList()) {
                Path file = home.resolve("job.json");
                if (!Files.exists(file)) {
                    delete(home);
                    continue;
                }
                try {
                    jobs.add(ReplayJob.decode(Files.readAllBytes(file)));
                } catch (IllegalArgumentException | tools.jackson.core.JacksonException e) {
                    damage.accept("The replay " + home + " can't be read and is left out: " + e.getMessage());
                }
            }
        }
        jobs.sort(Comparator.comparingLong(ReplayJob::createdAt).reversed());
        return jobs;
    }

    /// Opens a kept replay where its journal says that it stood.
    public ReplayFeed feed(ReplayJob job, EventLog log) throws IOException {
        Path home = dir.resolve(job.id());
        LaneJournal journal = LaneJournal.open(home.resolve("journal"), job.lane(), () -> 0, writer, damage);
        return new ReplayFeed(job, ReplaySelection.open(home.resolve("selection")), journal, log, deadLetters);
    }

    /// Removes a replay whose feed is closed.
    public void forget(ReplayJob job) {
        delete(dir.resolve(job.id()));
    }

    private static void delete(Path home) {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            LOG.warn("The replay's directory {} could not be removed: {}.", home, e.toString());
        }
    }
}
