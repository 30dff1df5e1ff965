package dev.waybill.journal;

import dev.waybill.ledger.LaneSeries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// What one lane remembers: the journal, the state that follows from it, and its checkpoints. Safe for threads.
public final class LaneJournal implements AutoCloseable {
    private LaneJournal() {}

    /// Opens the journal of that directory, making it when absent.
    ///
    /// @param startIfNew asked only for a new lane: its first position. Durable before this returns.
    /// @param report told of each damaged place, one line for people
    /// @throws IOException when the directory can't be read or written; damaged content never throws
    public static LaneJournal open(
            Path dir, LaneKey key, LongSupplier startIfNew, JournalWriter writer, Consumer<String> report)
            throws IOException {
        throw new UnsupportedOperationException();
    }

    public LaneKey key() {
        throw new UnsupportedOperationException();
    }

    /// Whether the lane was made by this opening.
    public boolean isNew() {
        throw new UnsupportedOperationException();
    }

    /// The lane's first position.
    public long start() {
        throw new UnsupportedOperationException();
    }

    /// Whether a durable decision about the position is known. Positions before [#start()] count as decided.
    public boolean decided(long position) {
        throw new UnsupportedOperationException();
    }

    /// The lowest undecided position: the lane needs the log from there on.
    public long firstUndecided() {
        throw new UnsupportedOperationException();
    }

    /// One more than the highest position that the journal knows of: the log's end can't be lower.
    public long highestKnown() {
        throw new UnsupportedOperationException();
    }

    /// How many ranges of undecided positions there are before that position.
    public int undecidedRangesBelow(long readPosition) {
        throw new UnsupportedOperationException();
    }

    /// The lowest ranges of undecided positions before that position, each as first and next.
    public List<long[]> undecidedBelow(long readPosition, int max) {
        throw new UnsupportedOperationException();
    }

    /// How often an undecided event has failed to be sent, also before a restart; 0 when not known: only the latest
    /// 10,000 are remembered.
    public int attempts(long position) {
        throw new UnsupportedOperationException();
    }

    /// Notes that the lane has read events for the first time, for the series' `accepted`. Doing so again changes
    /// nothing; an event that is decided without it counts then.
    public void accepted(long first, long count, String event, long at) {
        throw new UnsupportedOperationException();
    }

    /// Records without waiting.
    public void record(Entry entry) {
        throw new UnsupportedOperationException();
    }

    /// Records.
    ///
    /// @param whenDurable run on the writer's thread once the entry is durable and applied to the state; must be
    ///     quick and must not throw. Never run when writing fails.
    public void record(Entry entry, Runnable whenDurable) {
        throw new UnsupportedOperationException();
    }

    /// Why the lane is paused, or empty. Follows from the last [Mark#PAUSE] or [Mark#RESUME], at once when recorded.
    public Optional<String> paused() {
        throw new UnsupportedOperationException();
    }

    public void pause(String why, long at) {
        throw new UnsupportedOperationException();
    }

    public void resume(long at) {
        throw new UnsupportedOperationException();
    }

    /// @param logEnd the end of the pipeline's log
    public Snapshot snapshot(long logEnd) {
        throw new UnsupportedOperationException();
    }

    /// The counts by minute and day.
    public LaneSeries series() {
        throw new UnsupportedOperationException();
    }

    /// What is known about those positions, in the order of recording: for traces. Reads the disk.
    ///
    /// @param end the position behind the last one
    public List<Entry> entriesFor(long first, long end) {
        throw new UnsupportedOperationException();
    }

    /// Lets go of journal segments that hold only positions before the log's first: call it after the log's retention.
    public void retain(long logFirst) {
        throw new UnsupportedOperationException();
    }

    /// Writes what is recorded, then a checkpoint. Callbacks of what was recorded before run first.
    @Override
    public void close() {}
}
