package dev.waybill.log;

import dev.waybill.dedup.DedupIndex;
import dev.waybill.dedup.MessageHash;
import dev.waybill.segments.Cursor;
import dev.waybill.segments.Item;
import dev.waybill.segments.Segment;
import dev.waybill.segments.SegmentedLog;
import dev.waybill.segments.SegmentedLog.Frame;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The ids of one log's events: those of the active segment in memory, those of a sealed one beside it on disk.
///
/// Threads: the log's writer; before the first append, whoever loads.
public final class RecentIds {
    private static final Logger LOG = LoggerFactory.getLogger(RecentIds.class);

    private final String pipeline;
    private final SegmentedLog segments;
    private final SegmentIds active;
    private long activeFirst;

    RecentIds(String pipeline, SegmentedLog segments) {
        this.pipeline = pipeline;
        this.segments = segments;
        this.activeFirst = segments.activeFirst();
        this.active = scan(segments.segments().getLast());
    }

    /// Fills the index with what the logs hold of the window, in the order of arrival, so that it is as it was
    /// before the restart. Events are read only where an `.ids` file is missing.
    ///
    /// @param windowStart milliseconds of the epoch: older events need not be in the index
    public static void load(Collection<FileLog> logs, DedupIndex index, long windowStart) {
        PriorityQueue<Reading> readings = new PriorityQueue<>(Comparator.comparingLong(Reading::second));
        for (FileLog log : logs) {
            Reading reading = new Reading(log.recent(), windowStart);
            if (reading.advance()) {
                readings.add(reading);
            }
        }
        for (Reading reading = readings.poll(); reading != null; reading = readings.poll()) {
            // As long as no other log has an older one, no need to sort again.
            Reading other = readings.peek();
            long until = other == null ? Long.MAX_VALUE : other.second();
            boolean more = true;
            while (more && reading.second() <= until) {
                reading.addTo(index);
                more = reading.advance();
            }
            if (more) {
                readings.add(reading);
            }
        }
    }

    /// One log on the way into the index, a segment at a time.
    private static final class Reading {
        private final RecentIds of;
        private final Deque<Segment> left = new ArrayDeque<>();
        private SegmentIds ids = new SegmentIds();
        private int at = -1;

        Reading(RecentIds of, long windowStart) {
            this.of = of;
            for (Segment segment : of.segments.segments()) {
                boolean isActive = segment.first() == of.activeFirst;
                if (isActive || segment.newest() >= windowStart) {
                    left.add(segment);
                }
            }
        }

        boolean advance() {
            at++;
            while (at == ids.count()) {
                Segment segment = left.poll();
                if (segment == null) {
                    return false;
                }
                ids = of.idsOf(segment);
                at = 0;
            }
            return true;
        }

        long second() {
            return ids.receivedSecond(at);
        }

        void addTo(DedupIndex index) {
            index.add(ids.hash(at), ids.sequence(at), second() * 1000);
        }
    }

    private SegmentIds idsOf(Segment segment) {
        if (segment.first() == activeFirst) {
            return active;
        }
        return SegmentIds.read(segment.file(), segment.next()).orElseGet(() -> {
            SegmentIds scanned = scan(segment);
            write(scanned, segment);
            return scanned;
        });
    }

    private SegmentIds scan(Segment segment) {
        SegmentIds ids = new SegmentIds();
        try (Cursor cursor = segments.cursor(segment.first())) {
            @Nullable Item item;
            while ((item = cursor.next(segment.next())) != null) {
                if (item instanceof Frame frame) {
                    scan(frame, ids);
                }
            }
        }
        return ids;
    }

    private void scan(Frame frame, SegmentIds ids) {
        try {
            MessageHash hash = MessageHash.of(pipeline, RecordPayload.messageId(frame));
            ids.add(frame.sequence(), frame.time(), hash);
        } catch (IllegalArgumentException unreadable) {
            LOG.debug("Event {} of pipeline {} has no readable header.", frame.sequence(), pipeline);
        }
    }

    void add(long sequence, long receivedAt, MessageHash hash) {
        active.add(sequence, receivedAt, hash);
    }

    /// Writes the ids of the segments that were sealed since the last call.
    void keepSealed() {
        if (segments.activeFirst() == activeFirst) {
            return;
        }
        List<Segment> all = segments.segments();
        for (Segment segment : all.subList(0, all.size() - 1)) {
            if (segment.first() >= activeFirst) {
                write(active.takeBefore(segment.next()), segment);
            }
        }
        activeFirst = all.getLast().first();
    }

    private void write(SegmentIds ids, Segment segment) {
        try {
            ids.write(segment.file(), segment.next());
        } catch (IOException e) {
            LOG.warn("The ids of {} could not be written, the next start will take longer.", segment.file(), e);
        }
    }
}
