package dev.waybill.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/// Counts in buckets of one width. Those still open are in memory and in the lane's checkpoint; closed ones are lines
/// of a file, in the file of the hour or day in which they were closed. A bucket's lines add up.
///
/// A checkpoint says which file is the current one and how long it is. After a crash it is cut to that length, later
/// files are deleted, and the journal behind the checkpoint gives the rest again: nothing is lost, nothing doubled.
///
/// Threads: the owner's lock, but for [#write] (one at a time) and [View#forEach].
final class Resolution {
    private static final Logger LOG = LoggerFactory.getLogger(Resolution.class);
    /// Counts for a bucket earlier than that many before the newest go to the earliest allowed: bounds memory.
    private static final int MAX_OPEN = 16;
    /// Names beyond these, in one bucket, count as `other`.
    private static final int MAX_CELLS = 1000;

    private final Path dir;
    private final String prefix;
    private final long width;
    private final DateTimeFormatter fileName;
    private final long keptMillis;

    private final TreeMap<Long, Map<Cell, Long>> open = new TreeMap<>();
    private List<Line> closing = List.of();
    private String file;
    private long length;

    private record Line(long bucket, Cell cell, long count) {}

    /// What must be appended before the checkpoint that goes with it.
    @SuppressWarnings("ArrayRecordComponent")
    record Closed(String file, long from, byte[] lines, JsonObject checkpoint) {
        long length() {
            return from + lines.length;
        }
    }

    /// @param width of a bucket, in milliseconds
    /// @param pattern of a file's name, in UTC; orders files by time
    Resolution(Path dir, String prefix, long width, String pattern, long keptMillis) {
        this.dir = dir;
        this.prefix = prefix;
        this.width = width;
        this.fileName = DateTimeFormatter.ofPattern(pattern).withZone(ZoneOffset.UTC);
        this.keptMillis = keptMillis;
        this.file = prefix;
    }

    private String fileOf(long time) {
        return prefix + fileName.format(Instant.ofEpochMilli(time));
    }

    /// Goes back to where a checkpoint was.
    void restore(JsonObject checkpoint) throws IOException {
        String known = checkpoint.text("file");
        file = known == null ? prefix : known;
        length = number(checkpoint.get("length"));
        open.clear();
        closing = List.of();
        if (checkpoint.get("open") instanceof Json.Arr(List<Json> lines)) {
            for (Json line : lines) {
                if (line instanceof Json.Arr(List<Json> cells) && cells.size() == 4) {
                    Cell cell = new Cell(text(cells.get(3)), text(cells.get(1)));
                    open.computeIfAbsent(number(cells.get(0)), _ -> new HashMap<>())
                            .merge(cell, number(cells.get(2)), Long::sum);
                }
            }
        }
        for (String name : files("")) {
            if (name.compareTo(file) > 0) {
                Files.delete(dir.resolve(name));
            } else if (name.equals(file) && Files.size(dir.resolve(name)) > length) {
                try (FileChannel channel = FileChannel.open(dir.resolve(name), WRITE)) {
                    channel.truncate(length);
                    channel.force(true);
                }
            }
        }
    }

    private static long number(@Nullable Json value) {
        if (value instanceof Json.Num(String literal)) {
            return Long.parseLong(literal);
        }
        throw new IllegalArgumentException("a number is missing");
    }

    private static String text(Json value) {
        String text = value.asText();
        if (text == null) {
            throw new IllegalArgumentException("a text is missing");
        }
        return text;
    }

    void count(long at, Cell cell, long count) {
        long bucket = Math.floorDiv(at, width) * width;
        if (!open.isEmpty()) {
            bucket = Math.max(bucket, open.lastKey() - (MAX_OPEN - 1) * width);
        }
        Map<Cell, Long> cells = open.computeIfAbsent(bucket, _ -> new HashMap<>());
        if (cells.containsKey(cell) || cells.size() < MAX_CELLS) {
            cells.merge(cell, count, Long::sum);
        } else {
            cells.merge(new Cell(Tally.OTHER, cell.what()), count, Long::sum);
        }
    }

    /// Closes the buckets before the last but one, and says what to write where.
    Closed close() {
        List<Line> lines = new ArrayList<>(closing);
        while (open.size() > 1 && open.firstKey() < open.lastKey() - width) {
            long bucket = open.firstKey();
            open.pollFirstEntry().getValue().forEach((cell, count) -> lines.add(new Line(bucket, cell, count)));
        }
        closing = List.copyOf(lines);
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.bucket())
                .append(' ')
                .append(line.cell().what())
                .append(' ')
                .append(line.count())
                .append(' ')
                .append(JsonText.write(Json.of(line.cell().event())))
                .append('\n'));
        String now = open.isEmpty() ? file : fileOf(open.lastKey());
        boolean rolls = !lines.isEmpty() && now.compareTo(file) > 0;
        String target = rolls ? now : file;
        long from = rolls ? 0 : length;
        byte[] bytes = text.toString().getBytes(UTF_8);
        List<Json> tail = new ArrayList<>();
        open.forEach((bucket, cells) -> cells.forEach((cell, count) -> tail.add(
                new Json.Arr(List.of(Json.of(bucket), Json.of(cell.what()), Json.of(count), Json.of(cell.event()))))));
        JsonObject checkpoint = JsonObject.builder()
                .put("file", target)
                .put("length", from + bytes.length)
                .put("open", new Json.Arr(tail))
                .build();
        return new Closed(target, from, bytes, checkpoint);
    }

    /// Writes what was closed, durably. Takes no lock.
    void write(Closed closed) throws IOException {
        if (closed.lines().length == 0) {
            return;
        }
        try (FileChannel channel = FileChannel.open(dir.resolve(closed.file()), CREATE, WRITE)) {
            channel.truncate(closed.from());
            channel.position(closed.from());
            ByteBuffer bytes = ByteBuffer.wrap(closed.lines());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        try (FileChannel channel = FileChannel.open(dir, READ)) {
            channel.force(true);
        }
    }

    /// What was closed is in the file now.
    void written(Closed closed) throws IOException {
        if (closed.lines().length == 0) {
            return;
        }
        boolean rolled = !closed.file().equals(file);
        file = closed.file();
        length = closed.length();
        closing = List.of();
        if (rolled && !open.isEmpty()) {
            String oldest = fileOf(open.lastKey() - keptMillis);
            for (String name : files("")) {
                if (name.compareTo(oldest) < 0) {
                    Files.deleteIfExists(dir.resolve(name));
                }
            }
        }
    }

    private List<String> files(String from) throws IOException {
        if (!Files.isDirectory(dir)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(dir)) {
            return all.map(path -> String.valueOf(path.getFileName()))
                    .filter(name -> name.startsWith(prefix) && name.compareTo(from) >= 0)
                    .sorted()
                    .toList();
        }
    }

    /// All counts at this moment, to be read later without the lock.
    View view() {
        List<Line> memory = new ArrayList<>(closing);
        open.forEach((bucket, cells) -> cells.forEach((cell, count) -> memory.add(new Line(bucket, cell, count))));
        return new View(memory, file, length);
    }

    /// See [#view()].
    final class View {
        private final List<Line> memory;
        private final String last;
        private final long lastLength;

        private View(List<Line> memory, String last, long lastLength) {
            this.memory = memory;
            this.last = last;
            this.lastLength = lastLength;
        }

        /// Gives each count of the buckets from that time on, with its bucket.
        void forEach(long from, CountOf each) throws IOException {
            for (String name : files(fileOf(from))) {
                if (name.compareTo(last) <= 0) {
                    lines(name, from, each);
                }
            }
            for (Line line : memory) {
                if (line.bucket() >= from) {
                    each.accept(line.bucket(), line.cell(), line.count());
                }
            }
        }

        private void lines(String name, long from, CountOf each) throws IOException {
            byte[] bytes;
            try {
                bytes = Files.readAllBytes(dir.resolve(name));
            } catch (NoSuchFileException dropped) {
                return;
            }
            int end = name.equals(last) ? (int) Math.min(bytes.length, lastLength) : bytes.length;
            new String(bytes, 0, end, UTF_8).lines().forEach(line -> line(line, from, each));
        }

        /// Nearly every name is written as it is; a day has a million lines, so those need no reader of JSON.
        private static String name(String line, int from) {
            int end = line.length() - 1;
            boolean isPlain = end > from
                    && line.charAt(from) == '"'
                    && line.indexOf('"', from + 1) == end
                    && line.indexOf('\\', from) < 0;
            return isPlain ? line.substring(from + 1, end) : text(JsonText.read(line.substring(from)));
        }

        /// A line that a failing disk made unreadable counts nothing: the ledger's numbers don't come from here.
        private void line(String line, long from, CountOf each) {
            try {
                int first = line.indexOf(' ');
                long bucket = Long.parseLong(line, 0, first, 10);
                if (bucket >= from) {
                    int second = line.indexOf(' ', first + 1);
                    int third = line.indexOf(' ', second + 1);
                    long count = Long.parseLong(line, second + 1, third, 10);
                    each.accept(bucket, new Cell(name(line, third + 1), line.substring(first + 1, second)), count);
                }
            } catch (IllegalArgumentException | IndexOutOfBoundsException | JacksonException e) {
                LOG.debug("A line in {} can't be read.", dir, e);
            }
        }
    }

    /// Takes one count.
    interface CountOf {
        void accept(long bucket, Cell cell, long count);
    }
}
