package dev.waybill.segments;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.segments.SegmentedLog.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogSnapshotTest {
    @TempDir
    Path dir;

    private long lost;

    private SegmentedLog filled(int count) throws IOException {
        SegmentedLog log = SegmentedLog.open(dir, new Options(200, 0, damage -> {}));
        for (int i = 0; i < count; i++) {
            log.append(1000 + i, ("event " + i).getBytes(UTF_8));
        }
        log.write();
        return log;
    }

    private List<String> texts(LogSnapshot snapshot, long from) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int segment = 0; segment < snapshot.size(); segment++) {
            lost += snapshot.read(segment, from, frame -> texts.add(new String(frame.payload(), UTF_8)));
        }
        return texts;
    }

    private static List<String> expected(int from, int to) {
        List<String> texts = new ArrayList<>();
        for (int i = from; i < to; i++) {
            texts.add("event " + i);
        }
        return texts;
    }

    /// Every file with its content.
    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> found = Files.list(dir)) {
            for (Path file : found.toList()) {
                files.put(file.getFileName().toString(), Arrays.toString(Files.readAllBytes(file)));
            }
        }
        return files;
    }

    @Test
    void what_a_running_writer_wrote_is_read_in_order_from_any_sequence_and_nothing_is_touched() throws IOException {
        try (SegmentedLog log = filled(50)) {
            Map<String, String> before = files();
            LogSnapshot snapshot = LogSnapshot.of(dir);

            assertThat(snapshot.size()).isGreaterThan(3);
            assertThat(snapshot.next()).isEqualTo(log.next());
            for (int from : new int[] {0, 1, 7, 49, 50, 99}) {
                assertThat(texts(snapshot, from)).as("from %d", from).isEqualTo(expected(Math.min(from, 50), 50));
            }
            assertThat(lost).isZero();
            assertThat(files()).isEqualTo(before);
        }
    }

    @Test
    void a_half_written_end_is_left_as_it_is_and_the_log_ends_before_it() throws IOException {
        try (SegmentedLog log = filled(5)) {
            Path newest = log.segments().getLast().file();
            Files.write(newest, new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
            long length = Files.size(newest);

            assertThat(texts(LogSnapshot.of(dir), 0)).isEqualTo(expected(0, 5));

            assertThat(lost).isZero();
            assertThat(Files.size(newest)).isEqualTo(length);
        }
    }

    @Test
    void a_damaged_place_costs_what_stood_there_and_is_counted() throws IOException {
        try (SegmentedLog log = filled(50)) {
            Path first = log.segments().getFirst().file();
            byte[] bytes = Files.readAllBytes(first);
            bytes[FrameFormat.SEGMENT_HEADER + FrameFormat.FRAME_HEADER] ^= 1;
            Files.write(first, bytes);

            assertThat(texts(LogSnapshot.of(dir), 0)).isEqualTo(expected(1, 50));
            assertThat(lost).isEqualTo(1);

            lost = 0;
            assertThat(texts(LogSnapshot.of(dir), 1)).isEqualTo(expected(1, 50));
            assertThat(lost).as("what stands before is nobody's concern").isZero();
        }
    }

    @Test
    void a_segment_with_a_damaged_header_is_read_with_the_logs_marker() throws IOException {
        try (SegmentedLog log = filled(50)) {
            Path first = log.segments().getFirst().file();
            byte[] bytes = Files.readAllBytes(first);
            bytes[0] ^= 1;
            Files.write(first, bytes);

            assertThat(texts(LogSnapshot.of(dir), 0)).isEqualTo(expected(0, 50));
        }
    }

    @Test
    void segments_that_retention_drops_meanwhile_are_passed_over() throws IOException {
        try (SegmentedLog log = filled(50)) {
            LogSnapshot snapshot = LogSnapshot.of(dir);
            log.dropBefore(20);

            List<String> left = texts(snapshot, 0);

            assertThat(left).isEqualTo(expected((int) log.first(), 50)).isNotEmpty();
            assertThat(lost).isZero();
        }
    }

    @Test
    void a_directory_that_is_not_there_holds_nothing_and_is_not_made() throws IOException {
        LogSnapshot snapshot = LogSnapshot.of(dir.resolve("nowhere"));

        assertThat(snapshot.size()).isZero();
        assertThat(snapshot.next()).isZero();
        assertThat(dir.resolve("nowhere")).doesNotExist();
    }
}
