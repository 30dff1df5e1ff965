package dev.waybill.lane;

import dev.waybill.deadletter.DeadLetters;
import dev.waybill.deadletter.Letter;
import dev.waybill.decide.Decider.Traffic;
import dev.waybill.journal.Entry;
import dev.waybill.journal.LaneJournal;
import dev.waybill.log.EventLog;
import dev.waybill.log.LogItem;
import dev.waybill.log.LogRecord;
import dev.waybill.outcome.Reason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A replay's events, one after the other. Its journal counts by the number in the selection, so that it balances like
/// a
/// lane's. Belongs to the lane's thread, but for [#job()] and [#journal()].
public final class ReplayFeed implements Feed, AutoCloseable {
    private final ReplayJob job;
    private final ReplaySelection selection;
    private final LaneJournal journal;
    private final EventLog log;
    private final DeadLetters deadLetters;
    private long next;

    ReplayFeed(ReplayJob job, ReplaySelection selection, LaneJournal journal, EventLog log, DeadLetters deadLetters) {
        this.job = job;
        this.selection = selection;
        this.journal = journal;
        this.log = log;
        this.deadLetters = deadLetters;
    }

    public ReplayJob job() {
        return job;
    }

    @Override
    public LaneJournal journal() {
        return journal;
    }

    /// Begins anew for another lane: with the first event that has no outcome.
    void rewind() {
        next = 0;
    }

    @Override
    public @Nullable Item next() {
        next = journal.nextUndecided(next);
        return next >= job.selected() ? null : read(next++);
    }

    @Override
    public Item read(long number) {
        long sequence = selection.sequence(number);
        Optional<LogRecord> record = log.read(sequence)
                .flatMap(item -> item instanceof LogItem.Entry entry ? Optional.of(entry.record()) : Optional.empty())
                .or(() -> deadLetters
                        .get(job.lane(), sequence)
                        .map(letter -> letter.letter().record()));
        return record.<Item>map(found -> new Found(number, found))
                .orElseGet(() -> new Gone(
                        number, 1, Reason.LOG_OVERFLOW, "no longer kept, neither in the log nor as a dead letter"));
    }

    @Override
    public long logSequence(long number) {
        return selection.sequence(number);
    }

    @Override
    public Traffic traffic() {
        return Traffic.REPLAY;
    }

    /// Notes on the dead letter what became of its replay.
    void ended(Entry.Decided entry) {
        if (selection.deadLetter(entry.first())) {
            String outcome = entry.outcome().text()
                    + (entry.reason() == null ? "" : ": " + entry.reason().code());
            deadLetters.mark(
                    job.lane(), logSequence(entry.first()), new Letter.Replayed(job.id(), outcome, entry.at()));
        }
    }

    @Override
    public void close() {
        journal.close();
        selection.close();
    }
}
