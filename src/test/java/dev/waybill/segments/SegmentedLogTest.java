package dev.waybill.segments;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.segments.SegmentedLog.Damage;
import dev.waybill.segments.SegmentedLog.Frame;
import dev.waybill.segments.SegmentedLog.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentedLogTest {
    @TempDir
    Path dir;

    private final List<Damage> damages = new ArrayList<>();

    private SegmentedLog open(long segmentBytes, long minNextSequence) throws IOException {
        return SegmentedLog.open(dir, new Options(segmentBytes, minNextSequence, damages::add));
    }

    private static void fill(SegmentedLog log, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            assertThat(log.append(1000 + i, ("event " + i).getBytes(UTF_8))).isEqualTo(i);
        }
        log.write();
        log.force();
    }

    private static List<String> texts(SegmentedLog log, long from) {
        List<String> texts = new ArrayList<>();
        try (Cursor cursor = log.cursor(from)) {
            for (Item item = cursor.next(Long.MAX_VALUE); item != null; item = cursor.next(Long.MAX_VALUE)) {
                texts.add(
                        switch (item) {
                            case Frame frame -> new String(frame.payload(), UTF_8);
                            case Item.Lost lost -> "lost " + lost.first() + ".." + lost.next();
                        });
            }
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

    @Test
    void what_was_written_is_read_in_order_from_any_sequence_and_after_a_reopening() throws IOException {
        try (SegmentedLog log = open(200, 0)) {
            fill(log, 0, 50);
            assertThat(log.segments()).hasSizeGreaterThan(5);
            for (int from = 0; from <= 50; from++) {
                assertThat(texts(log, from)).isEqualTo(expected(from, 50));
            }
        }
        try (SegmentedLog log = open(200, 0)) {
            fill(log, 50, 60);
            assertThat(texts(log, 0)).isEqualTo(expected(0, 60));
            assertThat(log.first()).isZero();
            assertThat(log.next()).isEqualTo(60);
        }
        assertThat(damages).isEmpty();
    }

    @Test
    void nothing_pending_is_seen_before_it_is_written() throws IOException {
        try (SegmentedLog log = open(1 << 20, 0)) {
            Cursor cursor = log.cursor(0);
            log.append(1, "a".getBytes(UTF_8));
            assertThat(cursor.next(Long.MAX_VALUE)).isNull();
            assertThat(log.next()).isZero();
            log.write();
            assertThat(cursor.next(0)).isNull();
            assertThat(cursor.next(1)).isInstanceOf(Frame.class);
            assertThat(cursor.next(1)).isNull();
            cursor.close();
        }
    }

    @Test
    void one_item_is_read_by_its_sequence() throws IOException {
        try (SegmentedLog log = open(300, 0)) {
            fill(log, 0, 40);
            for (int i = 0; i < 40; i++) {
                assertThat(log.read(i).map(item -> new String(((Frame) item).payload(), UTF_8)))
                        .contains("event " + i);
            }
            assertThat(log.read(40)).isEmpty();
            assertThat(log.read(-1)).isEmpty();
        }
    }

    @Test
    void the_first_sequence_at_or_after_a_time_is_found() throws IOException {
        try (SegmentedLog log = open(300, 0)) {
            fill(log, 0, 40);
            for (int i = 0; i < 40; i++) {
                assertThat(log.sequenceAt(1000 + i)).isEqualTo(i);
            }
            assertThat(log.sequenceAt(0)).isZero();
            assertThat(log.sequenceAt(1040)).isEqualTo(40);
        }
    }

    @Test
    void dropping_deletes_only_whole_segments_and_their_neighbours_and_readers_go_on_with_the_rest()
            throws IOException {
        try (SegmentedLog log = open(300, 0)) {
            fill(log, 0, 60);
            Segment third = log.segments().get(2);
            Cursor late = log.cursor(0);
            assertThat(late.next(60)).isNotNull();
            Files.writeString(dir.resolve("00000000000000000000.ids"), "of the owner");
            log.dropBefore(third.first() + 1);
            assertThat(log.first()).isEqualTo(third.first());
            assertThat(dir.resolve("00000000000000000000.log")).doesNotExist();
            assertThat(dir.resolve("00000000000000000000.idx")).doesNotExist();
            assertThat(dir.resolve("00000000000000000000.ids")).doesNotExist();
            assertThat(log.read(0)).isEmpty();
            assertThat(texts(log, 0)).isEqualTo(expected((int) third.first(), 60));
            for (Item item = late.next(60); item != null; item = late.next(60)) {
                assertThat(item).isInstanceOf(Frame.class);
            }
            assertThat(late.position()).isEqualTo(60);
            late.close();
            log.dropBefore(Long.MAX_VALUE);
            assertThat(log.segments()).hasSize(1);
            assertThat(log.next()).isEqualTo(60);
        }
    }

    @Test
    void the_end_never_goes_back_behind_what_the_owner_knows() throws IOException {
        try (SegmentedLog log = open(300, 0)) {
            fill(log, 0, 3);
        }
        try (SegmentedLog log = open(300, 7)) {
            assertThat(log.next()).isEqualTo(7);
            fill(log, 7, 8);
            assertThat(texts(log, 0)).containsExactly("event 0", "event 1", "event 2", "lost 3..7", "event 7");
        }
        assertThat(damages)
                .extracting(Damage::firstSequence, Damage::nextSequence)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(3L, 7L));
    }

    @Test
    void a_payload_over_the_limit_is_refused_and_one_longer_than_a_segment_is_not() throws IOException {
        try (SegmentedLog log = open(100, 0)) {
            log.append(1, new byte[5000]);
            log.append(2, new byte[5000]);
            log.write();
            assertThat(log.read(1).map(item -> ((Frame) item).payload().length)).contains(5000);
            assertThatThrownBy(() -> log.append(1, new byte[SegmentedLog.MAX_PAYLOAD + 1]))
                    .hasMessage("A payload of 16777217 bytes; at most 16777216 are allowed.");
        }
    }
}
