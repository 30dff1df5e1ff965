package dev.waybill.journal;

import dev.waybill.journal.Entry.Attempted;
import dev.waybill.journal.Entry.Decided;
import dev.waybill.journal.Entry.Marked;
import dev.waybill.ledger.LaneSeries;
import dev.waybill.segments.Cursor;
import dev.waybill.segments.Item;
import dev.waybill.segments.SegmentedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Finds a lane's state again: from the newest checkpoint that can be read, else from the last state frame of the
/// journal, else from its beginning; then every entry behind that.
final class JournalRecovery {
    /// The first entry says where the lane starts; a second copy, should the first be damaged.
    private static final int START_COPIES = 2;
    private static final int ENTRIES_PER_CLOSING = 50_000;

    private final Path dir;
    private final long segmentBytes;
    private final LongSupplier startIfNew;
    private final Consumer<String> report;

    /// @param checkpointed the journal sequence up to which a checkpoint file holds; -1 without one
    record Recovered(SegmentedLog log, LaneState state, boolean isNew, long checkpointed) {}

    JournalRecovery(Path dir, long segmentBytes, LongSupplier startIfNew, Consumer<String> report) {
        this.dir = dir;
        this.segmentBytes = segmentBytes;
        this.startIfNew = startIfNew;
        this.report = report;
    }

    Recovered run() throws IOException {
        Files.createDirectories(dir);
        Optional<Checkpoint> file = new CheckpointFile(dir).read(report);
        long known = file.map(Checkpoint::through).orElse(0L);
        SegmentedLog log =
                SegmentedLog.open(dir.resolve("journal"), new SegmentedLog.Options(segmentBytes, known, this::damaged));
        boolean isNew = file.isEmpty() && log.first() == log.next();
        long start = isNew ? startIfNew.getAsLong() : 0;
        if (isNew) {
            writeStart(log, start);
        }
        Optional<LaneState> restored = restored(file, log);
        LaneState state;
        if (restored.isPresent()) {
            state = restored.get();
        } else {
            LaneSeries series = LaneSeries.open(seriesDir(), null);
            state = new LaneState(isNew ? start : startIn(log), series);
            state.skipTo(log.first());
        }
        replay(log, state);
        return new Recovered(log, state, isNew, file.map(Checkpoint::through).orElse(-1L));
    }

    private Path seriesDir() {
        return dir.resolve("series");
    }

    private void damaged(SegmentedLog.Damage damage) {
        report.accept("The journal segment %s is damaged at byte %d: %s; entries %d to %d are lost."
                .formatted(
                        damage.file(),
                        damage.position(),
                        damage.what(),
                        damage.firstSequence(),
                        damage.nextSequence()));
    }

    private static void writeStart(SegmentedLog log, long start) throws IOException {
        long now = System.currentTimeMillis();
        for (int copy = 0; copy < START_COPIES; copy++) {
            log.append(now, EntryCodec.encode(new Marked(Mark.START, Long.toString(start), now)));
        }
        log.write();
        log.force();
    }

    private Optional<LaneState> restored(Optional<Checkpoint> file, SegmentedLog log) throws IOException {
        Optional<Checkpoint> best = file.isPresent() ? file : lastStateFrame(log);
        if (best.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(best.get().restore(seriesDir()));
        } catch (IllegalArgumentException e) {
            report.accept(
                    "A checkpoint in %s can't be used (%s); the whole journal is read.".formatted(dir, e.getMessage()));
            return Optional.empty();
        }
    }

    private static Optional<Checkpoint> lastStateFrame(SegmentedLog log) {
        Optional<Checkpoint> last = Optional.empty();
        try (Cursor cursor = log.cursor(log.first())) {
            for (Item item = cursor.next(log.next()); item != null; item = cursor.next(log.next())) {
                if (item instanceof SegmentedLog.Frame frame && StateFrame.is(frame.payload())) {
                    try {
                        last = Optional.of(StateFrame.decode(frame.payload()));
                    } catch (IllegalArgumentException older) {
                        // The one before does as well: entries behind it are kept as long.
                    }
                }
            }
        }
        return last;
    }

    /// The lane's start as its journal says. When even that is lost, the lowest position spoken of: sooner an event
    /// again than one never.
    private long startIn(SegmentedLog log) {
        long lowest = Long.MAX_VALUE;
        try (Cursor cursor = log.cursor(log.first())) {
            for (Item item = cursor.next(log.next()); item != null; item = cursor.next(log.next())) {
                if (!(item instanceof SegmentedLog.Frame frame)) {
                    continue;
                }
                try {
                    switch (EntryCodec.decode(frame.payload())) {
                        case Marked marked
                        when marked.mark() == Mark.START -> {
                            return Long.parseLong(marked.detail());
                        }
                        case Decided decided -> lowest = Math.min(lowest, decided.first());
                        case Attempted attempted -> lowest = Math.min(lowest, attempted.sequence());
                        case Marked _ -> {}
                    }
                } catch (IllegalArgumentException damaged) {
                    // The replay reports it.
                }
            }
        }
        long start = Math.min(lowest, startIfNew.getAsLong());
        report.accept("Where the lane of %s starts is lost; going on from position %d.".formatted(dir, start));
        return start;
    }

    private void replay(SegmentedLog log, LaneState state) throws IOException {
        long end = log.next();
        long entries = 0;
        try (Cursor cursor = log.cursor(state.through())) {
            for (Item item = cursor.next(end); item != null; item = cursor.next(end)) {
                switch (item) {
                    case Item.Lost lost -> {
                        report.accept("The journal entries %d to %d are lost (%s); their events may be sent again."
                                .formatted(lost.first(), lost.next(), lost.where()));
                        state.skipTo(lost.next());
                    }
                    case SegmentedLog.Frame frame -> apply(frame, state);
                }
                if (++entries % ENTRIES_PER_CLOSING == 0) {
                    state.series().write(state.series().close());
                }
            }
        }
        state.skipTo(end);
    }

    private void apply(SegmentedLog.Frame frame, LaneState state) {
        if (StateFrame.is(frame.payload())) {
            state.skipTo(frame.sequence() + 1);
            return;
        }
        try {
            state.apply(frame.sequence(), EntryCodec.decode(frame.payload()));
        } catch (IllegalArgumentException e) {
            report.accept("The journal entry %d in %s can't be read (%s); its events may be sent again."
                    .formatted(frame.sequence(), dir, e.getMessage()));
            state.skipTo(frame.sequence() + 1);
        }
    }
}
