package dev.waybill.access;

import dev.waybill.segments.Cursor;
import dev.waybill.segments.Item;
import dev.waybill.segments.Segment;
import dev.waybill.segments.SegmentedLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The audit journal on disk: a segmented log; a frame is one entry as JSON.
///
/// Safe for threads. A thread of its own writes, because whoever records may be interrupted, which would close the
/// file.
public final class AuditLog implements AuditJournal, AutoCloseable {
    private static final long SEGMENT_BYTES = 4L << 20;
    private static final int BLOCK = 256;
    /// What a segment spans at most: entries go a segment at a time, and few fill one for years.
    private static final long SPAN = Duration.ofDays(30).toMillis();

    private final SegmentedLog log;
    private final InstantSource clock;
    private final Consumer<String> failed;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("audit").factory());

    /// One page, newest first.
    ///
    /// @param before what to pass to go on; empty at the end
    public record Page(List<AuditEntry> entries, OptionalLong before) {
        public Page {
            entries = List.copyOf(entries);
        }
    }

    /// Opens the journal of that directory, making it when absent. A torn end is cut.
    ///
    /// @param report told of each damaged place, one line for people
    /// @param failed told when an entry can't be made durable, one line for people
    /// @throws IOException when the directory can't be read or written; damaged content never throws
    public static AuditLog open(Path dir, InstantSource clock, Consumer<String> report, Consumer<String> failed)
            throws IOException {
        return open(dir, SEGMENT_BYTES, clock, report, failed);
    }

    static AuditLog open(
            Path dir, long segmentBytes, InstantSource clock, Consumer<String> report, Consumer<String> failed)
            throws IOException {
        SegmentedLog.Options options = new SegmentedLog.Options(
                segmentBytes,
                0,
                damage -> report.accept("The audit journal in %s is damaged at byte %d (%s): %d entries are lost."
                        .formatted(
                                damage.file(),
                                damage.position(),
                                damage.what(),
                                damage.nextSequence() - damage.firstSequence())));
        return new AuditLog(SegmentedLog.open(dir, options), clock, failed);
    }

    private AuditLog(SegmentedLog log, InstantSource clock, Consumer<String> failed) {
        this.log = log;
        this.clock = clock;
        this.failed = failed;
    }

    @Override
    public void record(String who, String what, String subject, @Nullable String from, @Nullable String to) {
        long now = clock.millis();
        byte[] payload = new AuditEntry(now, who, what, subject, from, to).payload();
        try {
            CompletableFuture.runAsync(() -> write(now, payload), writer).join();
        } catch (CompletionException | RejectedExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String message = "The audit journal can't be written (%s); free some space or mend the disk, and restart."
                    .formatted(cause.getMessage());
            failed.accept(message);
            throw new AuditFailedException(message, cause);
        }
    }

    private void write(long at, byte[] payload) {
        try {
            if (log.segments().getLast().oldest() < at - SPAN) {
                log.seal();
            }
            log.append(at, payload);
            log.write();
            log.force();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The newest entries.
    ///
    /// @param limit how many, at least 1
    /// @param before from [Page#before]; empty for the newest
    public Page list(int limit, OptionalLong before) {
        List<AuditEntry> found = new ArrayList<>();
        long end = Math.min(before.orElse(Long.MAX_VALUE), log.next());
        while (end > log.first()) {
            long start = Math.max(log.first(), end - BLOCK);
            List<SegmentedLog.Frame> block = block(start, end);
            for (SegmentedLog.Frame frame : block.reversed()) {
                if (found.size() == limit) {
                    return new Page(found, OptionalLong.of(frame.sequence() + 1));
                }
                AuditEntry.of(frame.time(), frame.payload()).ifPresent(found::add);
            }
            end = start;
        }
        return new Page(found, OptionalLong.empty());
    }

    private List<SegmentedLog.Frame> block(long start, long end) {
        List<SegmentedLog.Frame> block = new ArrayList<>();
        try (Cursor cursor = log.cursor(start)) {
            for (Item item = cursor.next(end); item != null; item = cursor.next(end)) {
                if (item instanceof SegmentedLog.Frame frame) {
                    block.add(frame);
                }
            }
        }
        return block;
    }

    /// Lets go of the oldest entries, a segment at a time.
    ///
    /// @param oldest milliseconds of the epoch: segments with nothing newer go
    /// @param maxBytes more than that is not kept, but for the segment that is written
    public synchronized void retain(long oldest, long maxBytes) throws IOException {
        long bytes = log.bytes();
        List<Segment> segments = log.segments();
        int gone = 0;
        while (gone < segments.size() - 1 && (segments.get(gone).newest() < oldest || bytes > maxBytes)) {
            bytes -= segments.get(gone).bytes();
            gone++;
        }
        log.dropBefore(segments.get(gone).first());
    }

    /// The size on disk, in bytes.
    public long bytes() {
        return log.bytes();
    }

    /// Waits until everything recorded is durable.
    @Override
    public void close() {
        writer.close();
        log.close();
    }
}
