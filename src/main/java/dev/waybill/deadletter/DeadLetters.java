package dev.waybill.deadletter;

import dev.waybill.journal.JournalWriter;
import dev.waybill.journal.LaneKey;
import dev.waybill.outcome.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// Skeleton. Safe for threads.
public final class DeadLetters implements AutoCloseable {
    /// One page of a list, newest first.
    ///
    /// @param before what to pass to go on; empty at the end
    public record Page(List<Letter> letters, OptionalLong before) {}

    /// Opens `<data>/dead-letters`.
    public static DeadLetters open(Path dir, JournalWriter writer, Consumer<String> report) throws IOException {
        throw new UnsupportedOperationException();
    }

    /// Opens it for reading only, also while a server writes: changes nothing on disk.
    public static DeadLetters readOnly(Path dir, Consumer<String> report) throws IOException {
        throw new UnsupportedOperationException();
    }

    /// Keeps a letter.
    ///
    /// @param whenDurable run on the writer's thread; must be quick. Never run when writing fails.
    public void put(DeadLetter letter, Runnable whenDurable) {
        throw new UnsupportedOperationException();
    }

    /// Notes what became of a replay of a letter.
    public void mark(LaneKey lane, long position, Letter.Replayed replay) {
        throw new UnsupportedOperationException();
    }

    /// One page, newest first. May hold fewer than the limit, even none, and still go on.
    ///
    /// @param limit 1 to 1000
    /// @param before from the page before, or empty for the newest
    public Page list(LetterFilter filter, int limit, OptionalLong before) {
        throw new UnsupportedOperationException();
    }

    /// The letter with that [DeadLetter#id()]; empty when there is none.
    public Optional<Letter> get(String id) {
        throw new UnsupportedOperationException();
    }

    public Optional<Letter> get(LaneKey lane, long position) {
        throw new UnsupportedOperationException();
    }

    /// How many are kept, by reason.
    public Map<Reason, Long> counts() {
        throw new UnsupportedOperationException();
    }

    /// Drops the oldest: whole segments in which all letters are older than that time, and as many as it takes to be
    /// within the size.
    ///
    /// @param oldest milliseconds of the epoch
    public void retain(long oldest, long maxBytes) throws IOException {
        throw new UnsupportedOperationException();
    }

    /// The size on disk.
    public long bytes() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
