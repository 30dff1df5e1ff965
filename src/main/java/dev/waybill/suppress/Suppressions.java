package dev.waybill.suppress;

import dev.waybill.segments.Cursor;
import dev.waybill.segments.Item;
import dev.waybill.segments.SegmentedLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The durable set of suppressed people.
///
/// On disk: a segmented log; a frame is a version byte (1) and the first 16 bytes of the SHA-256 of the kind's word, a
/// zero byte and the identifier. Memory: about 80 bytes an identifier, which are never given back. Identifiers come by
/// hand, by the API, and one or two from each browser that opts out; as nobody signs in for that, the collector takes
/// few opt-outs of one address and of all together, and browsers add none above [#MOST_BY_BROWSERS].
///
/// Safe for threads. [#add] must not be called by a thread that others interrupt: that would close the file.
public final class Suppressions implements AutoCloseable {
    /// How many identifiers there may be before browsers can add none: 80 MB, a quarter of the usual heap. Those that
    /// somebody names who signs in are not limited.
    public static final int MOST_BY_BROWSERS = 1_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(Suppressions.class);
    private static final long WARNING_MILLIS = Duration.ofHours(1).toMillis();
    private static final byte VERSION = 1;
    private static final int FRAME_BYTES = 1 + PersonHash.BYTES;
    private static final long SEGMENT_BYTES = 16L << 20;

    private final SegmentedLog log;
    private final int mostByBrowsers;
    private final AtomicLong nextWarning = new AtomicLong(Long.MIN_VALUE);
    private final Set<PersonHash> hashes = ConcurrentHashMap.newKeySet();

    /// What identifies a person.
    public enum Kind {
        USER_ID,
        ANONYMOUS_ID,
        PUID;

        private final String text = name().toLowerCase(Locale.ROOT);

        /// As journals name it: `user_id`.
        public String text() {
            return text;
        }
    }

    /// Opens the set of that directory, making it when absent.
    ///
    /// @param report told of each damaged place, one line for people
    /// @throws IOException when the directory can't be read or written; damaged content never throws
    public static Suppressions open(Path dir, Consumer<String> report) throws IOException {
        return open(dir, report, MOST_BY_BROWSERS);
    }

    static Suppressions open(Path dir, Consumer<String> report, int mostByBrowsers) throws IOException {
        return new Suppressions(
                SegmentedLog.open(
                        dir,
                        new SegmentedLog.Options(
                                SEGMENT_BYTES,
                                0,
                                damage -> report.accept(
                                        "The suppressions in %s are damaged at byte %d (%s): %d are lost, suppress these people again."
                                                .formatted(
                                                        damage.file(),
                                                        damage.position(),
                                                        damage.what(),
                                                        damage.nextSequence() - damage.firstSequence())))),
                mostByBrowsers);
    }

    private Suppressions(SegmentedLog log, int mostByBrowsers) {
        this.log = log;
        this.mostByBrowsers = mostByBrowsers;
        try (Cursor cursor = log.cursor(log.first())) {
            for (Item item = cursor.next(log.next()); item != null; item = cursor.next(log.next())) {
                if (item instanceof SegmentedLog.Frame(long _, long _, byte[] payload)
                        && payload.length == FRAME_BYTES
                        && payload[0] == VERSION) {
                    hashes.add(PersonHash.read(ByteBuffer.wrap(payload), 1));
                }
            }
        }
    }

    /// Adds a person, durably before it returns.
    ///
    /// @param at milliseconds of the epoch
    /// @throws IOException when it can't be made durable, now or since an earlier failure: take no events until a
    ///     restart
    public synchronized void add(Kind kind, String value, long at) throws IOException {
        PersonHash hash = PersonHash.of(kind.text, value);
        if (hashes.contains(hash)) {
            return;
        }
        try {
            log.append(
                    at,
                    hash.write(ByteBuffer.allocate(FRAME_BYTES).put(VERSION)).array());
        } catch (IllegalStateException e) {
            throw new IOException(e.getMessage(), e);
        }
        log.write();
        log.force();
        hashes.add(hash);
    }

    /// Requires that a browser may add these, or that they are there already. Those that come at the same moment may
    /// all pass.
    ///
    /// @param now milliseconds of the epoch
    void requireRoomForBrowser(Map<Kind, String> person, long now) throws SuppressionsFullException {
        if (size() < mostByBrowsers
                || person.entrySet().stream().allMatch(one -> contains(one.getKey(), one.getValue()))) {
            return;
        }
        if (warningIsDue(now)) {
            LOG.warn(
                    "{} identifiers are suppressed: opt-outs of browsers may add none above {} and are refused, the browsers"
                            + " keep them and send nothing. /api/suppress and ./waybill suppress still add. If somebody made"
                            + " the identifiers up, block the sender, and bring a backup of the suppressions back.",
                    size(),
                    mostByBrowsers);
        }
        throw new SuppressionsFullException(mostByBrowsers);
    }

    private boolean warningIsDue(long now) {
        long due = nextWarning.get();
        // A clock that was set back must not postpone it.
        return (now >= due || due - now > WARNING_MILLIS) && nextWarning.compareAndSet(due, now + WARNING_MILLIS);
    }

    /// Whether that person is suppressed. Takes no lock.
    public boolean contains(Kind kind, String value) {
        return !hashes.isEmpty() && hashes.contains(PersonHash.of(kind.text, value));
    }

    /// How many identifiers are suppressed.
    public int size() {
        return hashes.size();
    }

    @Override
    public synchronized void close() {
        log.close();
    }
}
