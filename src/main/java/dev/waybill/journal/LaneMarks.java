package dev.waybill.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.waybill.data.DurableFile;
import dev.waybill.journal.Entry.Marked;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;

/// What happened to a lane as a whole over the last 400 days: pins, pauses, changes of the breaker. The journal has
/// them too, but only as long as the log's retention; a chart of a year wants them longer. They are a file of lines
/// beside the journal, `marks`, appended without waiting for the disk: a power cut may lose those of the last seconds,
/// which no account needs.
///
/// Bounded: the newest [#MAX] changes of the breaker and the newest [#MAX] of all else, so that a destination that
/// comes and goes all day can't push out a pin. Safe for threads.
public final class LaneMarks {
    public static final int MAX = 1000;
    private static final long KEPT_MILLIS = Duration.ofDays(400).toMillis();

    private final Path file;
    private final Consumer<String> report;
    private final Deque<Marked> breaker = new ArrayDeque<>();
    private final Deque<Marked> others = new ArrayDeque<>();
    private int lines;
    private boolean failing;

    private LaneMarks(Path file, Consumer<String> report) {
        this.file = file;
        this.report = report;
    }

    /// Reads the marks of that directory; lines that can't be read are passed over.
    ///
    /// @param report told, in one line for people, when they can't be read or written: nothing else follows from it
    static LaneMarks open(Path dir, Consumer<String> report) {
        LaneMarks marks = new LaneMarks(dir.resolve("marks"), report);
        if (Files.exists(marks.file)) {
            try {
                String text = new String(Files.readAllBytes(marks.file), UTF_8);
                text.lines().forEach(line -> {
                    marks.lines++;
                    read(line).ifPresent(marks::keep);
                });
                if (!text.isEmpty() && !text.endsWith("\n")) {
                    // A crash within a line: the next one must not be glued to it.
                    marks.append("\n".getBytes(UTF_8));
                }
            } catch (IOException e) {
                report.accept("%s can't be read: %s".formatted(marks.file, e));
            }
        }
        return marks;
    }

    private static Optional<Marked> read(String line) {
        try {
            if (JsonText.read(line) instanceof JsonObject json
                    && json.get("at") instanceof Json.Num(String at)
                    && json.get("detail") instanceof Json.Str(String detail)) {
                return Arrays.stream(Mark.values())
                        .filter(mark -> mark.text().equals(json.text("mark")))
                        .findFirst()
                        .map(mark -> new Marked(mark, detail, Long.parseLong(at)));
            }
        } catch (JacksonException | NumberFormatException torn) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static byte[] line(Marked marked) {
        return (JsonText.write(JsonObject.builder()
                                .put("at", marked.at())
                                .put("mark", marked.mark().text())
                                .put("detail", marked.detail())
                                .build())
                        + "\n")
                .getBytes(UTF_8);
    }

    private static boolean isBreakers(Mark mark) {
        return mark == Mark.BREAKER_OPEN || mark == Mark.BREAKER_CLOSED;
    }

    private void keep(Marked marked) {
        Deque<Marked> kept = isBreakers(marked.mark()) ? breaker : others;
        kept.addLast(marked);
        while (kept.size() > MAX || (!kept.isEmpty() && kept.getFirst().at() < marked.at() - KEPT_MILLIS)) {
            kept.removeFirst();
        }
    }

    synchronized void add(Marked marked) {
        keep(marked);
        try {
            if (lines >= 4 * MAX) {
                rewrite();
            } else {
                append(line(marked));
            }
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                report.accept("%s can't be written, the lane's chart will lack its marks: %s".formatted(file, e));
            }
            failing = true;
        }
    }

    private void append(byte[] line) throws IOException {
        try (FileChannel channel = FileChannel.open(file, CREATE, WRITE, APPEND)) {
            ByteBuffer bytes = ByteBuffer.wrap(line);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
        lines++;
    }

    private void rewrite() throws IOException {
        List<Marked> all = since(Long.MIN_VALUE);
        StringBuilder text = new StringBuilder();
        all.forEach(marked -> text.append(new String(line(marked), UTF_8)));
        DurableFile.write(file, text.toString().getBytes(UTF_8));
        lines = all.size();
    }

    /// The marks from that time on, oldest first.
    public synchronized List<Marked> since(long from) {
        List<Marked> found = new ArrayList<>(others);
        found.addAll(breaker);
        found.removeIf(marked -> marked.at() < from);
        found.sort(Comparator.comparingLong(Marked::at));
        return found;
    }

    /// What was pinned last; empty when nothing is known of it.
    public synchronized Optional<String> pinned() {
        return others.stream()
                .filter(marked -> marked.mark() == Mark.PIN)
                .map(Marked::detail)
                .reduce((_, later) -> later);
    }
}
