package dev.waybill.log;

import dev.waybill.segments.SegmentedLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that writes a log, and the queue before it.
final class GroupCommit {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    /// What may wait in the queue; a record is charged for its objects too, so its number is bounded as well.
    private static final int ROOM = 32 << 20;
    private static final int CHARGE_PER_RECORD = 256;
    private static final int MOST_PER_COMMIT = 4 << 20;
    private static final long WAIT_FOR_ROOM_MILLIS = 2000;

    /// Makes what was appended durable.
    interface Commit {
        void run(SegmentedLog segments) throws IOException;
    }

    /// What happens to each record once it has its sequence, before anybody can read it, and after each
    /// commit.
    interface Observer {
        void appended(LogRecord record, long sequence);

        void committed();
    }

    private final String name;
    private final SegmentedLog segments;
    private final Commit commit;
    private final Observer observer;
    private final IntakeGate gate;
    private final Queue<AppendRequest> queue = new ConcurrentLinkedQueue<>();
    private final Semaphore room = new Semaphore(ROOM);
    private final Thread writer;
    private volatile boolean idle;
    private volatile boolean sealWanted;
    private volatile boolean stopping;
    private volatile boolean stopped;
    private volatile @Nullable String failure;

    GroupCommit(String name, SegmentedLog segments, Commit commit, Observer observer, IntakeGate gate) {
        this.name = name;
        this.segments = segments;
        this.commit = commit;
        this.observer = observer;
        this.gate = gate;
        this.writer = Thread.ofPlatform().name("log-" + name).daemon().unstarted(this::run);
    }

    void start() {
        writer.start();
    }

    long append(List<LogRecord> records) throws LogUnavailableException {
        List<byte[]> heads = new ArrayList<>(records.size());
        long charge = 0;
        for (LogRecord record : records) {
            byte[] head = RecordPayload.head(record);
            long payload = (long) head.length + record.body().length;
            if (payload > SegmentedLog.MAX_PAYLOAD) {
                throw new IllegalArgumentException(
                        "A record of %d bytes; at most %d are allowed.".formatted(payload, SegmentedLog.MAX_PAYLOAD));
            }
            heads.add(head);
            charge += payload + CHARGE_PER_RECORD;
        }
        AppendRequest request = new AppendRequest(records, heads, (int) Math.min(charge, ROOM));
        waitForRoom(request.charge);
        queue.add(request);
        wake();
        if (stopped && queue.remove(request)) {
            room.release(request.charge);
            throw new LogUnavailableException(closed());
        }
        return request.await();
    }

    private void waitForRoom(int charge) throws LogUnavailableException {
        try {
            if (!room.tryAcquire(charge, WAIT_FOR_ROOM_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new LogUnavailableException(
                        "The disk is slower than the events of pipeline %s come; try again later.".formatted(name));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LogUnavailableException("Interrupted before anything was written; try again.");
        }
    }

    private void wake() {
        if (idle) {
            LockSupport.unpark(writer);
        }
    }

    private void run() {
        List<AppendRequest> group = new ArrayList<>();
        while (true) {
            boolean lastRound = stopping;
            take(group);
            if (!group.isEmpty() || sealWanted) {
                write(group);
                group.clear();
            } else if (lastRound) {
                break;
            } else {
                sleep();
            }
        }
        stopped = true;
        for (AppendRequest late = queue.poll(); late != null; late = queue.poll()) {
            late.refused(closed());
        }
    }

    private void take(List<AppendRequest> group) {
        int bytes = 0;
        while (bytes < MOST_PER_COMMIT) {
            AppendRequest request = queue.poll();
            if (request == null) {
                return;
            }
            group.add(request);
            bytes += request.charge;
        }
    }

    private void sleep() {
        idle = true;
        if (queue.isEmpty() && !stopping && !sealWanted) {
            LockSupport.park(this);
        }
        idle = false;
    }

    private void write(List<AppendRequest> group) {
        String refusal = failure;
        long[] firsts = new long[group.size()];
        if (refusal == null) {
            try {
                for (int i = 0; i < firsts.length; i++) {
                    firsts[i] = encode(group.get(i));
                }
                if (sealWanted) {
                    sealWanted = false;
                    segments.seal();
                }
                commit.run(segments);
                observer.committed();
            } catch (IOException | RuntimeException | Error e) {
                refusal = failed(e);
            }
        }
        sealWanted = false;
        for (int i = 0; i < firsts.length; i++) {
            AppendRequest request = group.get(i);
            room.release(request.charge);
            if (refusal == null) {
                request.durableFrom(firsts[i]);
            } else {
                request.refused(refusal);
            }
        }
    }

    private long encode(AppendRequest request) {
        long first = -1;
        for (int i = 0; i < request.heads.size(); i++) {
            LogRecord record = request.records.get(i);
            long sequence = segments.append(record.receivedAt(), request.heads.get(i), record.body());
            observer.appended(record, sequence);
            first = i == 0 ? sequence : first;
        }
        return first;
    }

    private String failed(Throwable e) {
        LOG.error("Writing the log of pipeline {} failed.", name, e);
        String reason = "The log of pipeline %s could not be written (%s); restart the server once the disk is well."
                .formatted(name, e.getMessage());
        failure = reason;
        gate.fail(reason);
        return reason;
    }

    private String closed() {
        return "The log of pipeline %s is closed; try again.".formatted(name);
    }

    /// Asks the writer to seal the active segment, if there is anything in it.
    void seal() {
        sealWanted = true;
        wake();
    }

    /// Writes what is queued, then ends the thread.
    void close() {
        stopping = true;
        wake();
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
