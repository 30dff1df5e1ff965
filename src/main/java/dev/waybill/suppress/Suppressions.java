package dev.waybill.suppress;

import dev.waybill.segments.Cursor;
import dev.waybill.segments.Item;
import dev.waybill.segments.SegmentedLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// The durable set of suppressed people.
///
/// On disk: a segmented log; a frame is a version byte (1) and the first 16 bytes of the SHA-256 of the kind's word, a
/// zero byte and the identifier. Memory: about 80 bytes an identifier, which are never given back. Identifiers come by
/// hand, by the API, and one or two from each browser that opts out; as nobody signs in for that, the collector takes
/// few opt-outs of one address (10 a minute, which makes at most 2.3 MB a day).
///
/// Safe for threads. [#add] must not be called by a thread that others interrupt: that would close the file.
public final class Suppressions implements AutoCloseable {
    private static final byte VERSION = 1;
    private static final int FRAME_BYTES = 1 + PersonHash.BYTES;
    private static final long SEGMENT_BYTES = 16L << 20;

    private final SegmentedLog log;
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
        return new Suppressions(SegmentedLog.open(
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
                                                damage.nextSequence() - damage.firstSequence())))));
    }

    private Suppressions(SegmentedLog log) {
        this.log = log;
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
