package dev.waybill.suppress;

import dev.waybill.segments.Cursor;
import dev.waybill.segments.Item;
import dev.waybill.segments.Segment;
import dev.waybill.segments.SegmentedLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// When browsers told last that consent was withdrawn, by pipeline and anonymousId: durable, and found for as long as
/// an event from before may still be sent.
///
/// On disk: a segmented log of two kinds of frames. A withdrawal is a byte (1) and a [PersonHash], its time is the
/// frame's. A mark is a byte (2) and a time: when the oldest event of all logs was received, once a day. Dead letters
/// are made of events in the logs, so a withdrawal from before that time has done its work once the dead letters'
/// retention is over since the mark. Bounded: at most [#MOST] browsers, of about 100 bytes in memory; the oldest go
/// first. At most twice as many frames, of 45 bytes: when there are more, the log is written anew with one of each
/// browser, so that one that repeats itself pushes out nobody.
///
/// Safe for threads, also for those that are interrupted.
public final class Withdrawals implements AutoCloseable {
    /// How many browsers are kept.
    public static final int MOST = 500_000;

    private static final Logger LOG = LoggerFactory.getLogger(Withdrawals.class);
    private static final byte WITHDRAWN = 1;
    private static final byte MARK = 2;
    private static final long SEGMENT_BYTES = 256 << 10;
    /// How many frames are encoded before they are written: bounds the buffer.
    private static final int CHUNK = 4096;
    private static final long DAY = Duration.ofDays(1).toMillis();

    private final SegmentedLog log;
    private final int most;
    private final Map<PersonHash, Long> latest = new ConcurrentHashMap<>();
    private final Deque<Mark> marks = new ArrayDeque<>();
    private long markedAt = Long.MIN_VALUE / 2;

    /// At that time the oldest event in the logs had been received then.
    private record Mark(long at, long oldest) {}

    /// Opens those of that directory, making it when absent.
    ///
    /// @param report told of each damaged place, one line for people
    /// @throws IOException when the directory can't be read or written; damaged content never throws
    public static Withdrawals open(Path dir, Consumer<String> report) throws IOException {
        return open(dir, report, MOST, SEGMENT_BYTES);
    }

    static Withdrawals open(Path dir, Consumer<String> report, int most, long segmentBytes) throws IOException {
        return new Withdrawals(
                SegmentedLog.open(
                        dir,
                        new SegmentedLog.Options(
                                segmentBytes,
                                0,
                                damage -> report.accept(
                                        "The withdrawals of consent in %s are damaged at byte %d (%s): %d are lost."
                                                .formatted(
                                                        damage.file(),
                                                        damage.position(),
                                                        damage.what(),
                                                        damage.nextSequence() - damage.firstSequence())))),
                most);
    }

    private Withdrawals(SegmentedLog log, int most) {
        this.log = log;
        this.most = most;
        try (Cursor cursor = log.cursor(log.first())) {
            for (Item item = cursor.next(log.next()); item != null; item = cursor.next(log.next())) {
                if (item instanceof SegmentedLog.Frame frame) {
                    read(frame.time(), ByteBuffer.wrap(frame.payload()));
                }
            }
        }
    }

    private void read(long time, ByteBuffer payload) {
        if (payload.limit() == 1 + PersonHash.BYTES && payload.get(0) == WITHDRAWN) {
            latest.merge(PersonHash.read(payload, 1), time, Math::max);
        } else if (payload.limit() == 1 + Long.BYTES && payload.get(0) == MARK) {
            marks.addLast(new Mark(time, payload.getLong(1)));
            markedAt = time;
        }
    }

    /// Keeps a withdrawal, durably before it returns.
    ///
    /// @param at when the collector took it, in milliseconds of the epoch
    /// @throws IOException when it isn't sure that it is durable, now or since an earlier failure: take no
    ///     events until a restart, unless it is an [java.io.InterruptedIOException]
    public void add(String pipeline, String anonymousId, long at) throws IOException {
        PersonHash person = PersonHash.of(pipeline, anonymousId);
        Undisturbed.run("withdraw", () -> add(person, at));
    }

    private synchronized void add(PersonHash person, long at) throws IOException {
        Long known = latest.get(person);
        if (known != null && known >= at) {
            return;
        }
        append(at, frame(person));
        latest.put(person, at);
        while (latest.size() > most) {
            forgetOldest();
        }
        if (log.next() - log.first() > 2L * most) {
            compact();
        }
    }

    private static byte[] frame(PersonHash person) {
        return person.write(ByteBuffer.allocate(1 + PersonHash.BYTES).put(WITHDRAWN))
                .array();
    }

    private static byte[] frame(Mark mark) {
        return ByteBuffer.allocate(1 + Long.BYTES)
                .put(MARK)
                .putLong(mark.oldest())
                .array();
    }

    private void append(long time, byte[] frame) throws IOException {
        encode(time, frame);
        log.write();
        log.force();
    }

    private void encode(long time, byte[] frame) throws IOException {
        try {
            log.append(time, frame);
        } catch (IllegalStateException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /// Writes what counts anew, in the order of time and with the segments of days as before, and deletes what was
    /// there. A crash between the two leaves both, which says the same.
    private void compact() throws IOException {
        log.seal();
        log.write();
        long from = log.next();
        List<Mark> ahead = new ArrayList<>(marks);
        int written = 0;
        for (Map.Entry<PersonHash, Long> one :
                latest.entrySet().stream().sorted(Map.Entry.comparingByValue()).toList()) {
            while (!ahead.isEmpty() && ahead.getFirst().at() <= one.getValue()) {
                encode(ahead.removeFirst());
            }
            encode(one.getValue(), frame(one.getKey()));
            if (++written % CHUNK == 0) {
                log.write();
            }
        }
        for (Mark mark : ahead) {
            encode(mark);
        }
        log.write();
        log.force();
        log.dropBefore(from);
    }

    private void encode(Mark mark) throws IOException {
        log.seal();
        encode(mark.at(), frame(mark));
    }

    private void forgetOldest() throws IOException {
        if (log.segments().size() == 1) {
            log.seal();
            log.write();
        }
        List<Segment> segments = log.segments();
        long newest = segments.getFirst().newest();
        log.dropBefore(segments.get(1).first());
        latest.values().removeIf(at -> at <= newest);
        LOG.warn(
                "There are withdrawals of consent by more than {} browsers: those up to {} are forgotten. Events from before them that"
                        + " are not sent yet are judged by their own signals.",
                most,
                Instant.ofEpochMilli(newest));
    }

    /// When the person behind an event withdrew consent, if that was after the event came. Takes no lock.
    ///
    /// @param receivedAt of the event, in milliseconds of the epoch
    public Optional<Instant> since(String pipeline, String anonymousId, long receivedAt) {
        return last(pipeline, anonymousId).filter(at -> receivedAt <= at.toEpochMilli());
    }

    /// When that browser withdrew consent last. Takes no lock.
    public Optional<Instant> last(String pipeline, String anonymousId) {
        return latest.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(latest.get(PersonHash.of(pipeline, anonymousId)))
                        .map(Instant::ofEpochMilli);
    }

    /// Forgets what can't matter any more. To be called now and then.
    ///
    /// @param now milliseconds of the epoch
    /// @param oldestEvent when the oldest event of all logs was received, in milliseconds of the epoch; asked for
    ///     once a day
    /// @param deadLetters how long dead letters are kept
    /// @throws IOException as [#add(String,String,long)]
    public void retain(long now, LongSupplier oldestEvent, Duration deadLetters) throws IOException {
        if (!latest.isEmpty()) {
            Undisturbed.run("forget withdrawals", () -> {
                mark(now, oldestEvent);
                forgetBefore(doneBefore(now - deadLetters.toMillis()));
            });
        }
    }

    private synchronized void mark(long now, LongSupplier oldestEvent) throws IOException {
        if (Math.abs(now - markedAt) >= DAY) {
            // An event that was received and isn't in a log yet is younger than a day.
            Mark mark = new Mark(now, Math.min(now - DAY, oldestEvent.getAsLong()));
            log.seal();
            append(now, frame(mark));
            marks.addLast(mark);
            markedAt = now;
        }
    }

    /// The time from before which no withdrawal is needed, by the newest mark that was made then or earlier.
    private synchronized long doneBefore(long time) {
        long done = Long.MIN_VALUE;
        while (!marks.isEmpty() && marks.getFirst().at() <= time) {
            done = marks.removeFirst().oldest();
        }
        return done;
    }

    private synchronized void forgetBefore(long done) throws IOException {
        if (done == Long.MIN_VALUE) {
            return;
        }
        latest.values().removeIf(at -> at < done);
        List<Segment> segments = log.segments();
        int gone = 0;
        while (gone < segments.size() - 1 && segments.get(gone).newest() < done) {
            gone++;
        }
        log.dropBefore(segments.get(gone).first());
    }

    /// How many browsers it holds.
    public int size() {
        return latest.size();
    }

    @Override
    public synchronized void close() {
        log.close();
    }
}
