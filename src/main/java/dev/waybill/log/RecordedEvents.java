package dev.waybill.log;

import dev.waybill.segments.LogSnapshot;
import dev.waybill.segments.SegmentedLog.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The events of one pipeline as they lie in a data directory, read without a server and beside a running one: nothing
/// is changed there and nothing locked. Belongs to one thread.
public final class RecordedEvents {
    private final LogSnapshot segments;
    private long lost;

    private RecordedEvents(LogSnapshot segments) {
        this.segments = segments;
    }

    /// The pipelines that have a log in that data directory, in order.
    ///
    /// @throws IOException when the directory can't be read
    public static List<String> pipelines(Path data) throws IOException {
        Path logs = data.resolve("log");
        if (!Files.isDirectory(logs)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(logs)) {
            return found.filter(Files::isDirectory)
                    .map(folder -> String.valueOf(folder.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    /// Those of a pipeline; none when it has no log.
    ///
    /// @throws IOException when the directory can't be read
    public static RecordedEvents of(Path data, String pipeline) throws IOException {
        return new RecordedEvents(
                LogSnapshot.of(data.resolve("log").resolve(pipeline).resolve("0")));
    }

    /// The newest events that are wanted, newest first. Looks no further back than needed, segment by segment.
    ///
    /// @param count at most so many are kept in memory
    public List<LogRecord> newest(int count, Predicate<LogRecord> wanted) throws IOException {
        List<LogRecord> found = new ArrayList<>();
        for (int segment = segments.size() - 1; segment >= 0 && found.size() < count; segment--) {
            int missing = count - found.size();
            Deque<LogRecord> newest = new ArrayDeque<>();
            read(segment, Long.MIN_VALUE, record -> {
                if (wanted.test(record)) {
                    newest.addFirst(record);
                    if (newest.size() > missing) {
                        newest.removeLast();
                    }
                }
            });
            found.addAll(newest);
        }
        return found;
    }

    /// The last events, in the order in which they were accepted, one at a time.
    public void last(long count, Consumer<LogRecord> events) throws IOException {
        long from = Math.max(0, segments.next() - count);
        for (int segment = 0; segment < segments.size(); segment++) {
            boolean before = segment + 1 < segments.size() && segments.first(segment + 1) <= from;
            if (!before) {
                read(segment, from, events);
            }
        }
    }

    private void read(int segment, long from, Consumer<LogRecord> events) throws IOException {
        lost += segments.read(segment, from, frame -> decode(frame, events));
    }

    private void decode(Frame frame, Consumer<LogRecord> events) {
        LogRecord record;
        try {
            record = RecordPayload.decode(frame);
        } catch (IllegalArgumentException damaged) {
            lost++;
            return;
        }
        events.accept(record);
    }

    /// How many events, of those that were looked at so far, are damaged and can't be read.
    public long lost() {
        return lost;
    }
}
