package dev.waybill.segments;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.waybill.segments.SegmentedLog.Damage;
import dev.waybill.segments.SegmentedLog.Frame;
import dev.waybill.segments.SegmentedLog.Options;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever happens to the bytes: every frame that is read is one that was written, every other one is
/// reported.
class SegmentDamageTest {
    private static final int FRAMES = 24;
    private static final int SEGMENT_BYTES = 400;
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    Path root;

    private Path pristine;
    private List<Segment> segments;
    private final List<Damage> damages = new ArrayList<>();

    @BeforeEach
    void aLogOfThreeSegmentsOrMore() throws IOException {
        pristine = root.resolve("pristine");
        try (SegmentedLog log = SegmentedLog.open(pristine, options())) {
            for (int i = 0; i < FRAMES; i++) {
                log.append(1000 + i, payload(i));
            }
            log.write();
            log.force();
            segments = log.segments();
            assertThat(segments).hasSizeGreaterThanOrEqualTo(3);
        }
    }

    private Options options() {
        return new Options(SEGMENT_BYTES, 0, damages::add);
    }

    private static byte[] payload(long sequence) {
        return ("event " + sequence + "x".repeat((int) (sequence % 5))).getBytes(UTF_8);
    }

    private Path copy() throws IOException {
        damages.clear();
        Path dir = root.resolve("copy");
        Files.createDirectories(dir);
        try (var old = Files.list(dir)) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
        }
        try (var files = Files.list(pristine)) {
            for (Path file : files.toList()) {
                Files.copy(file, dir.resolve(file.getFileName()));
            }
        }
        return dir;
    }

    private record Seen(TreeMap<Long, Boolean> sequences, long lost) {}

    /// Reads all, checks each frame against what was written, and that items follow each other without a
    /// hole.
    private static Seen readAll(SegmentedLog log) {
        TreeMap<Long, Boolean> readable = new TreeMap<>();
        long expected = log.first();
        long lost = 0;
        try (Cursor cursor = log.cursor(0)) {
            for (Item item = cursor.next(Long.MAX_VALUE); item != null; item = cursor.next(Long.MAX_VALUE)) {
                switch (item) {
                    case Frame frame -> {
                        assertThat(frame.sequence()).isEqualTo(expected);
                        assertThat(frame.payload()).isEqualTo(payload(expected));
                        assertThat(frame.time()).isEqualTo(1000 + expected);
                        readable.put(expected, true);
                        expected++;
                    }
                    case Item.Lost gone -> {
                        assertThat(gone.first()).isEqualTo(expected);
                        assertThat(gone.next()).isGreaterThan(expected);
                        lost += gone.next() - gone.first();
                        expected = gone.next();
                    }
                }
            }
        }
        assertThat(expected).isEqualTo(log.next());
        for (long sequence = log.first(); sequence < log.next(); sequence++) {
            assertThat(log.read(sequence).orElseThrow() instanceof Frame)
                    .as("sequence %d", sequence)
                    .isEqualTo(readable.containsKey(sequence));
        }
        return new Seen(readable, lost);
    }

    private static void appendOne(SegmentedLog log) throws IOException {
        long next = log.next();
        assertThat(log.append(1000 + next, payload(next))).isEqualTo(next);
        log.write();
        log.force();
        assertThat(((Frame) log.read(next).orElseThrow()).payload()).isEqualTo(payload(next));
    }

    @Test
    void the_last_segment_cut_at_every_byte_keeps_every_whole_frame_and_goes_on() {
        assertTimeoutPreemptively(LONG, () -> {
            Segment last = segments.getLast();
            for (long cut = 0; cut <= last.bytes(); cut++) {
                Path dir = copy();
                Path file = dir.resolve(last.file().getFileName());
                byte[] bytes = Files.readAllBytes(file);
                Files.write(file, Arrays.copyOf(bytes, (int) cut));
                try (SegmentedLog log = SegmentedLog.open(dir, options())) {
                    Seen seen = readAll(log);
                    assertThat(seen.lost()).isZero();
                    assertThat(log.next()).isEqualTo(wholeFrames(bytes, cut, last.first()));
                    appendOne(log);
                }
                damages.clear();
                try (SegmentedLog log = SegmentedLog.open(dir, options())) {
                    readAll(log);
                    assertThat(damages).as("a cut is made and told once").isEmpty();
                }
            }
        });
    }

    private static long wholeFrames(byte[] segment, long cut, long first) {
        long next = first;
        for (int at = FrameFormat.SEGMENT_HEADER; at < segment.length; next++) {
            at += FrameFormat.FRAME_HEADER + ByteBuffer.wrap(segment).getInt(at + 4);
            if (at > cut) {
                return next;
            }
        }
        return next;
    }

    @Test
    void every_byte_of_the_active_segment_flipped_costs_one_frame_at_most_and_is_reported() {
        assertTimeoutPreemptively(LONG, () -> everyByteFlipped(segments.getLast(), false));
    }

    @Test
    void every_byte_of_a_sealed_segment_flipped_costs_one_frame_at_most_and_is_reported() {
        assertTimeoutPreemptively(LONG, () -> everyByteFlipped(segments.get(1), false));
    }

    @Test
    void every_byte_of_a_sealed_segment_without_an_index_flipped_costs_one_frame_at_most_and_is_reported() {
        assertTimeoutPreemptively(LONG, () -> everyByteFlipped(segments.get(1), true));
    }

    private void everyByteFlipped(Segment segment, boolean withoutIndex) throws IOException {
        for (int at = 0; at < segment.bytes(); at++) {
            for (int mask : new int[] {0x01, 0x80, 0xFF}) {
                Path dir = copy();
                Path file = dir.resolve(segment.file().getFileName());
                flip(file, at, mask);
                if (withoutIndex) {
                    Files.delete(index(file));
                }
                try (SegmentedLog log = SegmentedLog.open(dir, options())) {
                    Seen seen = readAll(log);
                    assertThat(seen.sequences().size()).as("flipped %d", at).isGreaterThanOrEqualTo(FRAMES - 1);
                    assertThat(damages).as("flipped %d", at).hasSize(1);
                    assertThat(damages.getFirst().file()).isEqualTo(file);
                    assertThat(damages.getFirst().position()).isLessThanOrEqualTo(at);
                    readAll(log);
                    assertThat(damages).as("reported once").hasSize(1);
                    appendOne(log);
                }
            }
        }
    }

    private static void flip(Path file, int at, int mask) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= (byte) mask;
        Files.write(file, bytes);
    }

    private static Path index(Path segment) {
        return segment.resolveSibling(segment.getFileName().toString().replace(".log", ".idx"));
    }

    @Test
    void every_byte_of_an_index_flipped_changes_nothing() {
        assertTimeoutPreemptively(LONG, () -> {
            Path name = index(segments.get(1).file()).getFileName();
            long length = Files.size(pristine.resolve(name));
            for (int at = 0; at < length; at++) {
                Path dir = copy();
                flip(dir.resolve(name), at, 0x10);
                try (SegmentedLog log = SegmentedLog.open(dir, options())) {
                    assertThat(readAll(log).sequences()).hasSize(FRAMES);
                }
                assertThat(dir.resolve(name)).hasSameBinaryContentAs(pristine.resolve(name));
            }
        });
    }

    @Test
    void only_one_segment_and_its_header_gone_is_still_read() throws IOException {
        Path dir = root.resolve("single");
        try (SegmentedLog log = SegmentedLog.open(dir, new Options(1 << 20, 0, damages::add))) {
            for (int i = 0; i < FRAMES; i++) {
                log.append(1000 + i, payload(i));
            }
            log.write();
        }
        Path file = dir.resolve("00000000000000000000.log");
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 0, FrameFormat.SEGMENT_HEADER, (byte) 0);
        Files.write(file, bytes);
        try (SegmentedLog log = SegmentedLog.open(dir, options())) {
            assertThat(readAll(log).sequences()).hasSize(FRAMES);
            appendOne(log);
        }
        assertThat(damages).extracting(Damage::what).containsExactly("A damaged segment header");
    }

    @Test
    void a_missing_segment_is_a_known_gap_and_a_foreign_file_is_no_segment() throws IOException {
        Path dir = copy();
        Files.delete(dir.resolve(segments.get(1).file().getFileName()));
        Files.writeString(dir.resolve("notes.log"), "not ours");
        try (SegmentedLog log = SegmentedLog.open(dir, options())) {
            Seen seen = readAll(log);
            assertThat(seen.lost())
                    .isEqualTo(segments.get(2).first() - segments.get(1).first());
        }
        assertThat(damages).hasSize(1);
    }

    @Test
    void garbage_in_every_segment_loses_them_but_opens_and_goes_on() throws IOException {
        Path dir = copy();
        for (Segment segment : segments) {
            byte[] garbage = new byte[(int) segment.bytes()];
            Arrays.fill(garbage, (byte) 0x57);
            Files.write(dir.resolve(segment.file().getFileName()), garbage);
        }
        try (SegmentedLog log = SegmentedLog.open(dir, options())) {
            assertThat(readAll(log).sequences()).isEmpty();
            assertThat(log.next()).isEqualTo(segments.getLast().first());
            appendOne(log);
        }
        assertThat(dir.resolve(
                        segments.getLast().file().getFileName().toString().replace(".log", ".damaged")))
                .exists();
    }

    @Test
    void a_frame_that_a_stranger_planted_in_a_payload_is_never_taken_for_one() throws IOException {
        Path dir = root.resolve("planted");
        ByteBuffer planted = ByteBuffer.allocate(200);
        FrameFormat.encodeFrame(planted, FrameFormat.SEGMENT_MAGIC, 1, 666, new byte[0], "forged".getBytes(UTF_8));
        try (SegmentedLog log = SegmentedLog.open(dir, new Options(1 << 20, 0, damages::add))) {
            log.append(1000, payload(0));
            log.append(1001, planted.array());
            log.append(1002, payload(2));
            log.write();
        }
        Path file = dir.resolve("00000000000000000000.log");
        int secondFrame = FrameFormat.SEGMENT_HEADER + FrameFormat.FRAME_HEADER + payload(0).length;
        flip(file, secondFrame, 0xFF);
        try (SegmentedLog log = SegmentedLog.open(dir, options())) {
            Seen seen = readAll(log);
            assertThat(seen.sequences()).containsOnlyKeys(0L, 2L);
            assertThat(seen.lost()).isOne();
        }
    }
}
