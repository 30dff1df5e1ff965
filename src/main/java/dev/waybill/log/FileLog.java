package dev.waybill.log;

import dev.waybill.dedup.DedupIndex;
import dev.waybill.dedup.MessageHash;
import dev.waybill.segments.Segment;
import dev.waybill.segments.SegmentedLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The events of one pipeline on this machine's disk; the package's description has format and threads.
public final class FileLog implements EventLog {
    private static final Logger LOG = LoggerFactory.getLogger(FileLog.class);

    /// How a log is kept.
    ///
    /// @param pipeline its name
    /// @param directory its own directory
    /// @param segmentBytes about the size of its files; retention deletes whole ones
    /// @param force whether appends wait for the disk; if not, for the operating system only
    /// @param minNextSequence one more than the highest sequence that any lane's journal knows, 0 for none
    /// @param damaged run for each damaged place, beside the line in the log; may be called by any thread
    public record Options(
            String pipeline,
            Path directory,
            long segmentBytes,
            boolean force,
            long minNextSequence,
            Runnable damaged) {}

    private final String pipeline;
    private final SegmentedLog segments;
    private final DedupIndex dedup;
    private final IntakeGate gate;
    private final GroupCommit commit;
    private final RecentIds recent;
    private final ReentrantLock progress = new ReentrantLock();
    private final Condition advanced = progress.newCondition();
    private volatile int awaiting;
    private volatile long end;

    /// Opens a log and recovers what is readable. Its ids come into the index with
    /// [RecentIds#load(java.util.Collection, DedupIndex, long)], which must be called before the first
    /// append.
    ///
    /// @param gate closes when this log fails; asked before each append
    /// @param dedup learns of each event before it can be read
    /// @throws IOException when the directory can't be read or written
    public static FileLog open(Options options, IntakeGate gate, DedupIndex dedup) throws IOException {
        GroupCommit.Commit commit = options.force()
                ? segments -> {
                    segments.write();
                    segments.force();
                }
                : SegmentedLog::write;
        return open(options, gate, dedup, commit);
    }

    static FileLog open(Options options, IntakeGate gate, DedupIndex dedup, GroupCommit.Commit commit)
            throws IOException {
        SegmentedLog.Options kept =
                new SegmentedLog.Options(options.segmentBytes(), options.minNextSequence(), damage -> {
                    options.damaged().run();
                    report(options.pipeline(), damage);
                });
        FileLog log =
                new FileLog(options.pipeline(), SegmentedLog.open(options.directory(), kept), gate, dedup, commit);
        log.commit.start();
        return log;
    }

    private static void report(String pipeline, SegmentedLog.Damage damage) {
        if (damage.firstSequence() == damage.nextSequence()) {
            LOG.warn(
                    "The log of pipeline {} was repaired: {}, in {} at byte {}.",
                    pipeline,
                    damage.what(),
                    damage.file(),
                    damage.position());
        } else {
            LOG.error(
                    "The log of pipeline {} is damaged: {}, in {} at byte {}; events {} to {} are lost.",
                    pipeline,
                    damage.what(),
                    damage.file(),
                    damage.position(),
                    damage.firstSequence(),
                    damage.nextSequence() - 1);
        }
    }

    private FileLog(
            String pipeline, SegmentedLog segments, IntakeGate gate, DedupIndex dedup, GroupCommit.Commit commit) {
        this.pipeline = pipeline;
        this.segments = segments;
        this.gate = gate;
        this.dedup = dedup;
        this.end = segments.next();
        this.recent = new RecentIds(pipeline, segments);
        this.commit = new GroupCommit(pipeline, segments, commit, new Writing(), gate);
    }

    /// What the writer thread does beside writing.
    private final class Writing implements GroupCommit.Observer {
        @Override
        public void appended(LogRecord record, long sequence) {
            MessageHash hash = MessageHash.of(pipeline, record.header().messageId());
            dedup.add(hash, sequence, record.receivedAt());
            recent.add(sequence, record.receivedAt(), hash);
        }

        @Override
        public void committed() {
            recent.keepSealed();
            end = segments.next();
            if (awaiting > 0) {
                progress.lock();
                try {
                    advanced.signalAll();
                } finally {
                    progress.unlock();
                }
            }
        }
    }

    @Override
    public long append(List<LogRecord> records) throws LogUnavailableException {
        if (records.isEmpty()) {
            throw new IllegalArgumentException("An append of no records.");
        }
        Optional<String> closed = gate.closed();
        if (closed.isPresent()) {
            throw new LogUnavailableException(closed.get());
        }
        return commit.append(records);
    }

    @Override
    public long first() {
        return segments.first();
    }

    @Override
    public long end() {
        return end;
    }

    @Override
    public LogReader reader(long from) {
        return new FileLogReader(pipeline, segments.cursor(from), this::end);
    }

    @Override
    public Optional<LogItem> read(long sequence) {
        return sequence >= end
                ? Optional.empty()
                : segments.read(sequence).map(item -> FileLogReader.item(pipeline, item));
    }

    @Override
    public long sequenceAt(long time) {
        return Math.min(segments.sequenceAt(time), end);
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // changed under the lock only
    public boolean awaitBeyond(long sequence, long timeoutMillis) throws InterruptedException {
        if (end > sequence) {
            return true;
        }
        long left = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        progress.lockInterruptibly();
        try {
            awaiting++;
            while (end <= sequence && left > 0) {
                left = advanced.awaitNanos(left);
            }
        } finally {
            awaiting--;
            progress.unlock();
        }
        return end > sequence;
    }

    @Override
    public long bytes() {
        return segments.bytes();
    }

    String pipeline() {
        return pipeline;
    }

    RecentIds recent() {
        return recent;
    }

    /// When the oldest event that is still kept was received, in milliseconds of the epoch; Long.MAX_VALUE when there
    /// is none.
    public long oldestReceivedAt() {
        return segments().stream().mapToLong(Segment::oldest).min().orElse(Long.MAX_VALUE);
    }

    List<Segment> segments() {
        return segments.segments();
    }

    void dropBefore(long sequence) throws IOException {
        segments.dropBefore(sequence);
    }

    /// Seals the active segment soon, so that retention can drop it.
    void seal() {
        commit.seal();
    }

    /// Writes what is queued, then refuses. Readers stay usable.
    @Override
    public void close() {
        commit.close();
        segments.close();
    }
}
