package dev.waybill.segments;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.waybill.data.DurableDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An append-only log of checked frames in segment files; the package's description has the format.
///
/// Threads: [#append(long,byte[])], [#write()], [#force()] and [#close()] belong to one writer thread, which
/// must not be interrupted (that closes its file). Everything else may be called by any thread.
public final class SegmentedLog implements AutoCloseable {
    /// The longest payload, in bytes.
    public static final int MAX_PAYLOAD = FrameFormat.MAX_PAYLOAD;

    private static final Logger LOG = LoggerFactory.getLogger(SegmentedLog.class);
    private static final byte[] NOTHING = {};
    private static final int SMALL_BUFFER = 32 << 10;
    private static final int LARGE_BUFFER = 8 << 20;

    /// How a log is kept.
    ///
    /// @param segmentBytes a segment is no longer than that, unless a single frame is
    /// @param minNextSequence no sequence below it is given out: the owner passes one more than the highest
    ///     it knows of
    /// @param report is told of each damaged place once, by whatever thread meets it; must not throw
    public record Options(long segmentBytes, long minNextSequence, Consumer<Damage> report) {}

    /// One entry.
    ///
    /// @param sequence dense, from 0
    /// @param time milliseconds of the epoch, chosen by the caller of [#append(long,byte[])]
    /// @param payload nobody's but the receiver's
    @SuppressWarnings("ArrayRecordComponent")
    public record Frame(long sequence, long time, byte[] payload) implements Item {}

    /// A damaged place. When `firstSequence` equals `nextSequence` nothing that was acknowledged is known to
    /// be lost.
    ///
    /// @param file the segment
    /// @param position byte position in it
    /// @param firstSequence the first lost sequence
    /// @param nextSequence the sequence behind the last lost one
    /// @param what for people, without a full stop
    public record Damage(Path file, long position, long firstSequence, long nextSequence, String what) {}

    private record Roll(int offset, SegmentFile segment) {}

    private final Path dir;
    private final Options options;
    private final DamageReports reports;
    private final int marker;
    private volatile List<SegmentFile> segments;
    private volatile long next;

    private SegmentFile active;
    private FileChannel channel;
    private ByteBuffer pending = ByteBuffer.allocateDirect(SMALL_BUFFER);
    private final List<Roll> rolls = new ArrayList<>();
    private SegmentFile planned;
    private long plannedEnd;
    private long plannedNext;
    private boolean failed;

    /// Opens the log of that directory, making it when absent, and recovers what is readable.
    ///
    /// @throws IOException when the directory can't be read or written; damaged content never throws
    public static SegmentedLog open(Path dir, Options options) throws IOException {
        DurableDirectory.create(dir);
        return new SegmentedLog(dir, options);
    }

    private SegmentedLog(Path dir, Options options) throws IOException {
        this.dir = dir;
        this.options = options;
        this.reports = new DamageReports(options.report());
        Recovery.Found found = new Recovery(dir, reports).run(options.minNextSequence());
        this.marker = found.marker();
        List<SegmentFile> all = new ArrayList<>(found.segments());
        if (found.growable()) {
            this.active = all.getLast();
            this.channel = FileChannel.open(active.path, WRITE);
            this.channel.position(active.extent().end());
        } else {
            if (!all.isEmpty()) {
                IndexFile.write(all.getLast(), Files.size(all.getLast().path));
            }
            this.active = new SegmentFile(SegmentFile.path(dir, found.next()), found.next(), marker);
            this.channel = create(active);
            all.add(active);
        }
        for (int i = 1; i < all.size(); i++) {
            all.get(i - 1).succeededBy(all.get(i));
        }
        this.segments = List.copyOf(all);
        this.next = found.next();
        this.planned = active;
        this.plannedEnd = active.extent().end();
        this.plannedNext = next;
    }

    private FileChannel create(SegmentFile segment) throws IOException {
        FileChannel created = FileChannel.open(segment.path, CREATE_NEW, WRITE);
        writeFully(created, FrameFormat.encodeSegmentHeader(segment.first, segment.marker));
        created.force(true);
        DurableDirectory.force(dir);
        return created;
    }

    /// Encodes a frame into the pending buffer; nobody sees it before [#write()].
    ///
    /// @param time milliseconds of the epoch
    /// @param payload at most [#MAX_PAYLOAD] bytes
    /// @return its sequence
    /// @throws IllegalArgumentException when the payload is too long
    /// @throws IllegalStateException after a write or force has failed
    public long append(long time, byte[] payload) {
        return append(time, payload, NOTHING);
    }

    /// As [#append(long,byte[])], for a payload in two pieces.
    public long append(long time, byte[] head, byte[] body) {
        if (failed) {
            throw new IllegalStateException("The log %s failed and takes nothing until it is reopened.".formatted(dir));
        }
        long length = (long) head.length + body.length;
        if (length > MAX_PAYLOAD) {
            throw new IllegalArgumentException(
                    "A payload of %d bytes; at most %d are allowed.".formatted(length, MAX_PAYLOAD));
        }
        int size = FrameFormat.FRAME_HEADER + (int) length;
        if (plannedEnd + size > options.segmentBytes() && plannedEnd > FrameFormat.SEGMENT_HEADER) {
            seal();
        }
        reserve(size);
        FrameFormat.encodeFrame(pending, planned.marker, plannedNext, time, head, body);
        planned.index.note(plannedNext, plannedEnd, time);
        plannedEnd += size;
        return plannedNext++;
    }

    /// Ends the active segment behind what is appended so far, if there is anything in it; done by
    /// [#write()].
    public void seal() {
        if (plannedEnd > FrameFormat.SEGMENT_HEADER) {
            planned = new SegmentFile(SegmentFile.path(dir, plannedNext), plannedNext, marker);
            plannedEnd = FrameFormat.SEGMENT_HEADER;
            rolls.add(new Roll(pending.position(), planned));
        }
    }

    private void reserve(int size) {
        if (pending.remaining() >= size) {
            return;
        }
        int wanted = Math.addExact(pending.position(), size);
        int capacity = (int) Math.min(Integer.MAX_VALUE, Math.max(wanted, 2L * pending.capacity()));
        pending = ByteBuffer.allocateDirect(capacity).put(pending.flip());
    }

    /// Writes all pending frames, so that readers can see them; they survive this process, not yet a power
    /// loss.
    ///
    /// @throws IOException when it failed, now or before: the log takes nothing more until it is reopened
    public void write() throws IOException {
        requireSound();
        pending.flip();
        int end = pending.limit();
        try {
            for (Roll roll : rolls) {
                writeFully(channel, pending.limit(roll.offset()));
                publish(roll.segment().first);
                roll(roll.segment());
            }
            writeFully(channel, pending.limit(end));
            publish(plannedNext);
        } catch (IOException e) {
            failed = true;
            throw e;
        }
        rolls.clear();
        if (pending.capacity() > LARGE_BUFFER) {
            pending = ByteBuffer.allocateDirect(SMALL_BUFFER);
        }
        pending.clear();
    }

    private void publish(long upTo) throws IOException {
        active.publish(upTo, channel.position());
        next = upTo;
    }

    private void roll(SegmentFile fresh) throws IOException {
        channel.force(false);
        long length = channel.position();
        channel.close();
        SegmentFile sealed = active;
        channel = create(fresh);
        active = fresh;
        synchronized (this) {
            List<SegmentFile> all = new ArrayList<>(segments);
            all.add(fresh);
            segments = List.copyOf(all);
        }
        sealed.succeededBy(fresh);
        IndexFile.write(sealed, length);
    }

    private static void writeFully(FileChannel to, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
    }

    /// Makes everything that was written durable.
    ///
    /// @throws IOException when it failed, now or before: the log takes nothing more until it is reopened
    public void force() throws IOException {
        requireSound();
        try {
            channel.force(false);
        } catch (IOException e) {
            failed = true;
            throw e;
        }
    }

    private void requireSound() throws IOException {
        if (failed) {
            throw new IOException("The log %s failed and takes nothing until it is reopened.".formatted(dir));
        }
    }

    /// The oldest sequence still kept; equal to [#next()] when the log is empty.
    public long first() {
        return segments.getFirst().first;
    }

    /// The sequence behind the last written frame.
    public long next() {
        return next;
    }

    /// A cursor that begins at the sequence, or at [#first()] when that is later.
    public Cursor cursor(long from) {
        return new Cursor(this, from, Cursor.STREAMING);
    }

    /// One item by its sequence; empty when it is dropped or not yet written. A lost one comes with its whole
    /// range from that sequence on.
    ///
    /// @throws UncheckedIOException when the disk can't be read
    public Optional<Item> read(long sequence) {
        if (sequence < first() || sequence >= next) {
            return Optional.empty();
        }
        try (Cursor cursor = new Cursor(this, sequence, Cursor.SINGLE)) {
            Item item = cursor.next(next);
            return cursor.startedAt() == sequence ? Optional.ofNullable(item) : Optional.empty();
        }
    }

    /// The first sequence whose time is that or later; [#next()] when there is none.
    ///
    /// @param time milliseconds of the epoch
    /// @throws UncheckedIOException when the disk can't be read
    public long sequenceAt(long time) {
        long end = next;
        for (SegmentFile segment : segments) {
            if (segment.index.newest() < time) {
                continue;
            }
            try (Cursor cursor =
                    new Cursor(this, segment.index.before(time, segment.first).sequence(), Cursor.SINGLE)) {
                for (Item item = cursor.next(end); item != null; item = cursor.next(end)) {
                    if (item instanceof Frame frame && frame.time() >= time) {
                        return frame.sequence();
                    }
                }
            }
            return end;
        }
        return end;
    }

    /// All segments, oldest first; the last one is the active one.
    public List<Segment> segments() {
        return segments.stream().map(SegmentFile::view).toList();
    }

    /// The first sequence of the active segment: it changes when a segment is sealed.
    public long activeFirst() {
        return segments.getLast().first;
    }

    /// Deletes every sealed segment that lies wholly before the sequence.
    public synchronized void dropBefore(long sequence) throws IOException {
        List<SegmentFile> all = segments;
        int kept = 0;
        while (kept < all.size() - 1 && all.get(kept + 1).first <= sequence) {
            kept++;
        }
        if (kept == 0) {
            return;
        }
        segments = List.copyOf(all.subList(kept, all.size()));
        for (SegmentFile segment : all.subList(0, kept)) {
            Directory.delete(segment);
        }
        DurableDirectory.force(dir);
    }

    /// The size on disk, without the indexes.
    public long bytes() {
        return segments.stream().mapToLong(segment -> segment.extent().end()).sum();
    }

    /// Closes the active file; what was not written is gone. Cursors stay usable.
    @Override
    public void close() {
        try {
            failed = true;
            channel.close();
        } catch (IOException e) {
            LOG.warn("Closing {} failed.", active.path, e);
        }
    }

    /// The segment that the sequence belongs to, or the oldest when it is dropped.
    SegmentFile segmentOf(long sequence) {
        List<SegmentFile> all = segments;
        int low = 0;
        int high = all.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (all.get(middle).first <= sequence) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return all.get(low);
    }

    void lost(Path file, long position, long first, long upTo) {
        reports.met(file, position, first, upTo, "Damaged frames");
    }
}
