package dev.waybill.journal;

import dev.waybill.journal.Entry.Marked;
import dev.waybill.ledger.LaneSeries;
import dev.waybill.segments.SegmentedLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// What one lane remembers: the journal, the state that follows from it, and its checkpoints.
///
/// Safe for threads. What is asked of it (but for [#paused()]) answers from durable entries only.
public final class LaneJournal implements AutoCloseable {
    /// A chore comes about once a second: a checkpoint every five.
    private static final int CHORES_PER_CHECKPOINT = 5;

    private static final long SEGMENT_BYTES = 32L << 20;

    private final LaneKey key;
    private final boolean isNew;
    private final LaneState state;
    private final SegmentedLog log;
    private final CheckpointFile file;
    private final LaneMarks marks;
    private final Consumer<String> report;
    private final JournalWriter.Appender appender;
    private final ReentrantLock checkpoints = new ReentrantLock();
    private volatile Optional<String> paused;
    private volatile boolean closed;
    private long checkpointed;
    private int chores;

    /// Opens the journal of that directory, making it when absent.
    ///
    /// @param startIfNew asked only for a new lane: its first position. Durable before this returns.
    /// @param report told of each damaged place, one line for people
    /// @throws IOException when the directory can't be read or written; damaged content never throws
    public static LaneJournal open(
            Path dir, LaneKey key, LongSupplier startIfNew, JournalWriter writer, Consumer<String> report)
            throws IOException {
        return open(dir, key, SEGMENT_BYTES, startIfNew, writer, report);
    }

    static LaneJournal open(
            Path dir,
            LaneKey key,
            long segmentBytes,
            LongSupplier startIfNew,
            JournalWriter writer,
            Consumer<String> report)
            throws IOException {
        JournalRecovery.Recovered recovered = new JournalRecovery(dir, segmentBytes, startIfNew, report).run();
        return new LaneJournal(dir, key, recovered, writer, report);
    }

    private LaneJournal(
            Path dir, LaneKey key, JournalRecovery.Recovered recovered, JournalWriter writer, Consumer<String> report)
            throws IOException {
        this.key = key;
        this.isNew = recovered.isNew();
        this.state = recovered.state();
        this.log = recovered.log();
        this.report = report;
        this.file = new CheckpointFile(dir);
        this.marks = LaneMarks.open(dir, report);
        this.paused = Optional.ofNullable(state.paused);
        this.checkpointed = recovered.checkpointed();
        if (checkpointed < state.through()) {
            checkpoint();
        }
        this.appender = writer.attach("the journal of " + key, log, this::chore);
    }

    public LaneKey key() {
        return key;
    }

    /// Whether the lane was made by this opening.
    public boolean isNew() {
        return isNew;
    }

    /// The lane's first position.
    public long start() {
        return state.start();
    }

    /// Whether a durable decision about the position is known. Positions before [#start()] count as decided.
    public boolean decided(long position) {
        return state.isDecided(position);
    }

    /// The lowest undecided position: the lane needs the log from there on.
    public long firstUndecided() {
        return state.firstUndecided();
    }

    /// The lowest undecided position from that one on.
    public long nextUndecided(long position) {
        return state.nextUndecided(position);
    }

    /// The lowest decided position from an undecided one on; [Long#MAX_VALUE] when there is none.
    public long nextDecided(long position) {
        return state.nextDecided(position);
    }

    /// One more than the highest position that the journal knows of: the log's end can't be lower.
    public long highestKnown() {
        return state.known();
    }

    /// How many ranges of undecided positions there are before that position.
    public int undecidedRangesBelow(long readPosition) {
        return state.gapsBelow(readPosition);
    }

    /// The lowest ranges of undecided positions before that position, each as first and next.
    public List<long[]> undecidedBelow(long readPosition, int max) {
        return state.gaps(readPosition, max);
    }

    /// How often an undecided event has failed to be sent, also before a restart; 0 when not known: only the latest
    /// 10,000 are remembered.
    public int attempts(long position) {
        return state.attempts(position);
    }

    /// Notes that the lane has read events for the first time, for the series' `accepted`. Doing so again changes
    /// nothing; an event that is decided without it counts then.
    public void accepted(long first, long count, String event, long at) {
        state.accepted(first, count, event, at);
    }

    /// Records without waiting.
    public void record(Entry entry) {
        record(entry, () -> {});
    }

    /// Records. May wait for the disk when very much is queued, but never on the writer's thread.
    ///
    /// @param whenDurable run on the writer's thread once the entry is durable and applied to the state; must be
    ///     quick and must not throw. Never run when writing fails or the journal is closed.
    public void record(Entry entry, Runnable whenDurable) {
        if (entry instanceof Marked marked) {
            marks.add(marked);
        }
        if (entry instanceof Marked marked && marked.mark() == Mark.PAUSE) {
            paused = Optional.of(marked.detail());
        } else if (entry instanceof Marked marked && marked.mark() == Mark.RESUME) {
            paused = Optional.empty();
        }
        appender.append(entry.at(), EntryCodec.encode(entry), sequence -> {
            state.apply(sequence, entry);
            whenDurable.run();
        });
    }

    /// Why the lane is paused, or empty. Follows from the last [Mark#PAUSE] or [Mark#RESUME], at once when recorded.
    public Optional<String> paused() {
        return paused;
    }

    /// What happened to the lane as a whole, longer than the journal itself has it. At once when recorded.
    public LaneMarks marks() {
        return marks;
    }

    public void pause(String why, long at) {
        record(new Marked(Mark.PAUSE, why, at));
    }

    public void resume(long at) {
        record(new Marked(Mark.RESUME, "", at));
    }

    /// The lane's numbers now.
    ///
    /// @param logEnd the end of the pipeline's log
    public Snapshot snapshot(long logEnd) {
        return state.snapshot(logEnd, paused);
    }

    /// The counts by minute and day.
    public LaneSeries series() {
        return state.series();
    }

    /// What is known about those positions, in the order of recording: for traces. Reads the disk.
    ///
    /// @param end the position behind the last one
    public List<Entry> entriesFor(long first, long end) {
        return JournalReading.entriesFor(log, state, first, end);
    }

    /// Lets go of journal segments that hold only positions before the log's first: call it after the log's retention.
    /// They go a little later, when the state stands durably behind them in the journal itself.
    public void retain(long logFirst) {
        if (closed || log.segments().size() < 2) {
            return;
        }
        long needed = state.neededFrom(logFirst);
        if (log.segments().get(1).first() > needed) {
            return;
        }
        Optional<byte[]> text = checkpoint();
        if (text.isEmpty()) {
            return;
        }
        appender.append(System.currentTimeMillis(), StateFrame.encode(text.get()), sequence -> {
            state.skipTo(sequence + 1);
            try {
                log.dropBefore(needed);
                state.forgetStretches(needed);
            } catch (IOException e) {
                report.accept("Old segments of the journal of %s could not be deleted: %s".formatted(key, e));
            }
        });
    }

    private void chore() {
        chores++;
        if (chores >= CHORES_PER_CHECKPOINT) {
            chores = 0;
            checkpoint();
        }
    }

    /// Writes a checkpoint unless the last one still holds; empty when that failed.
    Optional<byte[]> checkpoint() {
        checkpoints.lock();
        try {
            Checkpoint now;
            LaneSeries.Closed series;
            synchronized (state) {
                series = state.series().close();
                now = Checkpoint.of(state, series);
            }
            byte[] text = now.bytes();
            if (now.through() > checkpointed) {
                state.series().write(series);
                file.write(text);
                checkpointed = now.through();
            }
            return Optional.of(text);
        } catch (IOException | UncheckedIOException e) {
            report.accept("The checkpoint of %s could not be written: %s".formatted(key, e.getMessage()));
            return Optional.empty();
        } finally {
            checkpoints.unlock();
        }
    }

    /// Waits until everything recorded is durable and its callbacks have run, then writes a checkpoint.
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        appender.close(() -> {
            checkpoint();
            log.close();
        });
    }
}
