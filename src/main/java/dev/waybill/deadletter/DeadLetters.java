package dev.waybill.deadletter;

import dev.waybill.journal.JournalWriter;
import dev.waybill.journal.LaneKey;
import dev.waybill.outcome.Reason;
import dev.waybill.segments.Cursor;
import dev.waybill.segments.Item;
import dev.waybill.segments.Segment;
import dev.waybill.segments.SegmentedLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The dead letters of one data directory.
///
/// Safe for threads. The first question reads everything once, to build the index; until then writing costs no memory.
public final class DeadLetters implements AutoCloseable {
    static final long SEGMENT_BYTES = 16L << 20;
    /// How many frames one page looks at, at most.
    private static final int MAX_LOOKED_AT = 20_000;
    private static final int BLOCK = 256;
    private static final int REMEMBERED = 200_000;

    private final SegmentedLog log;
    private final JournalWriter.@Nullable Appender appender;
    private final Runnable afterClose;
    private final int remembered;
    private @Nullable LetterIndex index;
    /// The sequence behind the last frame that is in the index.
    private long indexed;

    /// One page of a list, newest first.
    ///
    /// @param before what to pass to go on; empty at the end
    public record Page(List<Letter> letters, OptionalLong before) {
        public Page {
            letters = List.copyOf(letters);
        }
    }

    /// Opens the letters of that directory (`<data>/dead-letters`), making it when absent.
    ///
    /// @param report told of each damaged place, one line for people
    /// @throws IOException when the directory can't be read or written; damaged content never throws
    public static DeadLetters open(Path dir, JournalWriter writer, Consumer<String> report) throws IOException {
        return open(dir, writer, report, REMEMBERED, SEGMENT_BYTES);
    }

    static DeadLetters open(Path dir, JournalWriter writer, Consumer<String> report, int remembered, long segmentBytes)
            throws IOException {
        SegmentedLog log = SegmentedLog.open(dir, options(report, segmentBytes));
        return new DeadLetters(log, writer.attach("the dead letters", log, () -> {}), () -> {}, remembered);
    }

    /// Opens them for reading only, also while a server writes: as they are at this moment. Changes nothing in the
    /// directory; works on links to the sealed segments and a copy of the last one, among the temporary files.
    public static DeadLetters readOnly(Path dir, Consumer<String> report) throws IOException {
        FrozenCopy copy = FrozenCopy.of(dir);
        return new DeadLetters(
                SegmentedLog.open(copy.dir(), options(report, SEGMENT_BYTES)), null, copy::delete, REMEMBERED);
    }

    private static SegmentedLog.Options options(Consumer<String> report, long segmentBytes) {
        return new SegmentedLog.Options(
                segmentBytes,
                0,
                damage -> report.accept("The dead letters in %s are damaged at byte %d (%s): %d are lost."
                        .formatted(
                                damage.file(),
                                damage.position(),
                                damage.what(),
                                damage.nextSequence() - damage.firstSequence())));
    }

    private DeadLetters(
            SegmentedLog log, JournalWriter.@Nullable Appender appender, Runnable afterClose, int remembered) {
        this.log = log;
        this.appender = appender;
        this.afterClose = afterClose;
        this.remembered = remembered;
    }

    /// Keeps a letter.
    ///
    /// @param whenDurable run on the writer's thread; must be quick and must not throw. Never run when
    ///     writing fails.
    /// @throws IllegalStateException when open for reading only
    /// @throws IllegalArgumentException when the letter is longer than a frame may be
    public void put(DeadLetter letter, Runnable whenDurable) {
        append(letter.at(), LetterCodec.encode(letter), whenDurable);
    }

    /// Notes what became of a replay of a letter, without waiting.
    ///
    /// @throws IllegalStateException when open for reading only
    public void mark(LaneKey lane, long position, Letter.Replayed replayed) {
        LetterCodec.Told told = new LetterCodec.Told(new LetterCodec.Key(lane, position), replayed);
        append(replayed.at(), LetterCodec.encode(told), () -> {});
    }

    private void append(long time, byte[] frame, Runnable whenDurable) {
        if (appender == null) {
            throw new IllegalStateException("These dead letters are open for reading only.");
        }
        if (frame.length > SegmentedLog.MAX_PAYLOAD) {
            throw new IllegalArgumentException("A dead letter of %d bytes; at most %d are allowed."
                    .formatted(frame.length, SegmentedLog.MAX_PAYLOAD));
        }
        appender.append(time, frame, _ -> whenDurable.run());
    }

    /// One page, newest first. May hold fewer than the limit, even none, and still go on.
    ///
    /// @param limit 1 to 1000
    /// @param before from the page before, or empty for the newest
    public synchronized Page list(LetterFilter filter, int limit, OptionalLong before) {
        LetterIndex known = index();
        long low = filter.from() <= 0 ? log.first() : log.sequenceAt(filter.from());
        long end = Math.min(before.orElse(Long.MAX_VALUE), indexed);
        long stop = Math.max(low, end - MAX_LOOKED_AT);
        List<Letter> found = new ArrayList<>();
        while (end > stop) {
            long from = Math.max(stop, end - BLOCK);
            for (SegmentedLog.Frame frame : block(from, end).reversed()) {
                if (decode(frame) instanceof LetterCodec.Kept kept
                        && filter.matches(kept.letter())
                        && !known.superseded(frame.sequence(), kept.key())) {
                    found.add(letter(known, kept));
                    if (found.size() == limit) {
                        return page(found, frame.sequence(), low);
                    }
                }
            }
            end = from;
        }
        return page(found, end, low);
    }

    private static Page page(List<Letter> found, long end, long low) {
        return new Page(found, end > low ? OptionalLong.of(end) : OptionalLong.empty());
    }

    private List<SegmentedLog.Frame> block(long from, long end) {
        List<SegmentedLog.Frame> frames = new ArrayList<>();
        try (Cursor cursor = log.cursor(from)) {
            for (Item item = cursor.next(end); item != null; item = cursor.next(end)) {
                if (item instanceof SegmentedLog.Frame frame) {
                    frames.add(frame);
                }
            }
        }
        return frames;
    }

    private static LetterCodec.@Nullable Content decode(SegmentedLog.Frame frame) {
        try {
            return LetterCodec.decode(frame.payload());
        } catch (IllegalArgumentException ofANewerVersion) {
            // A damaged frame never gets here: its checksum is wrong.
            return null;
        }
    }

    private static Letter letter(LetterIndex known, LetterCodec.Kept kept) {
        return new Letter(kept.letter(), known.replays(kept.key()), known.redelivered(kept.key()));
    }

    /// The letter with that [DeadLetter#id()]; empty when there is none.
    public Optional<Letter> get(String id) {
        return Optional.ofNullable(get(Set.of(id)).get(id));
    }

    /// The letter of that lane and position; empty when there is none.
    public Optional<Letter> get(LaneKey lane, long position) {
        return Optional.ofNullable(
                find(Set.of(new LetterCodec.Key(lane, position))).get(new LetterCodec.Key(lane, position)));
    }

    /// The letters with those [DeadLetter#id()]s, by them; without those that there are not.
    public Map<String, Letter> get(Set<String> ids) {
        Map<LetterCodec.Key, String> keys = new LinkedHashMap<>();
        for (String id : ids) {
            String[] parts = id.split("~", -1);
            if (parts.length == 3 && parts[2].matches("[0-9]{1,18}")) {
                keys.put(new LetterCodec.Key(new LaneKey(parts[0], parts[1]), Long.parseLong(parts[2])), id);
            }
        }
        Map<String, Letter> found = new HashMap<>();
        find(keys.keySet()).forEach((key, letter) -> found.put(String.valueOf(keys.get(key)), letter));
        return found;
    }

    private Map<LetterCodec.Key, Letter> find(Set<LetterCodec.Key> keys) {
        Map<LetterCodec.Key, Letter> found = new HashMap<>();
        boolean forgotten;
        synchronized (this) {
            LetterIndex known = index();
            for (LetterCodec.Key key : keys) {
                OptionalLong sequence = known.sequence(key);
                if (sequence.isPresent()
                        && log.read(sequence.getAsLong()).orElse(null) instanceof SegmentedLog.Frame frame
                        && decode(frame) instanceof LetterCodec.Kept kept) {
                    found.put(key, letter(known, kept));
                }
            }
            forgotten = known.forgotten() > 0;
        }
        if (forgotten && found.size() < keys.size()) {
            found.putAll(
                    read(keys.stream().filter(key -> !found.containsKey(key)).collect(Collectors.toSet())));
        }
        return found;
    }

    /// Reads everything, for letters that the index has forgotten; without the lock, since that takes long.
    private Map<LetterCodec.Key, Letter> read(Set<LetterCodec.Key> keys) {
        Map<LetterCodec.Key, LetterCodec.Kept> kept = new HashMap<>();
        long end = log.next();
        try (Cursor cursor = log.cursor(log.first())) {
            for (Item item = cursor.next(end); item != null; item = cursor.next(end)) {
                if (item instanceof SegmentedLog.Frame frame
                        && decode(frame) instanceof LetterCodec.Kept found
                        && keys.contains(found.key())) {
                    kept.put(found.key(), found);
                }
            }
        }
        synchronized (this) {
            LetterIndex known = index();
            return kept.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, each -> letter(known, each.getValue())));
        }
    }

    /// How many letters are kept, by reason.
    public synchronized Map<Reason, Long> counts() {
        return index().counts();
    }

    /// How many letters are kept, by lane, reason and event; the largest groups first.
    public synchronized List<LetterGroup> groups() {
        return index().groups();
    }

    /// The index of everything written so far.
    private LetterIndex index() {
        LetterIndex known = index;
        if (known == null || indexed < log.first()) {
            known = new LetterIndex(remembered);
            indexed = log.first();
        }
        long end = log.next();
        try (Cursor cursor = log.cursor(indexed)) {
            for (Item item = cursor.next(end); item != null; item = cursor.next(end)) {
                LetterCodec.Content content = item instanceof SegmentedLog.Frame frame ? decode(frame) : null;
                if (content != null) {
                    known.note(cursor.position() - 1, content);
                }
            }
        }
        indexed = end;
        index = known;
        return known;
    }

    /// Drops the oldest: whole segments in which all letters are older than that time, and as many as it takes to be
    /// within the size. The newest segment stays.
    ///
    /// @param oldest milliseconds of the epoch
    public synchronized void retain(long oldest, long maxBytes) throws IOException {
        long bytes = log.bytes();
        long keptFrom = log.first();
        List<Segment> segments = log.segments();
        for (Segment segment : segments.subList(0, segments.size() - 1)) {
            if (segment.newest() >= oldest && bytes <= maxBytes) {
                break;
            }
            bytes -= segment.bytes();
            keptFrom = segments.get(segments.indexOf(segment) + 1).first();
        }
        if (keptFrom > log.first()) {
            forget(keptFrom);
            log.dropBefore(keptFrom);
        }
    }

    private void forget(long keptFrom) {
        if (index == null) {
            return;
        }
        LetterIndex known = index();
        try (Cursor cursor = log.cursor(log.first())) {
            for (Item item = cursor.next(keptFrom); item != null; item = cursor.next(keptFrom)) {
                if (item instanceof SegmentedLog.Frame frame && decode(frame) instanceof LetterCodec.Kept kept) {
                    known.dropped(frame.sequence(), kept.key(), kept.letter());
                }
            }
        }
    }

    /// The size on disk, in bytes.
    public long bytes() {
        return log.bytes();
    }

    /// Waits until everything put is durable.
    @Override
    public void close() {
        if (appender != null) {
            appender.close(log::close);
        } else {
            log.close();
        }
        afterClose.run();
    }
}
