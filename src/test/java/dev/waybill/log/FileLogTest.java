package dev.waybill.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.dedup.DedupIndex;
import dev.waybill.segments.SegmentedLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLogTest extends EventLogContract {
    @TempDir
    Path dir;

    private final DedupIndex dedup = new DedupIndex(Duration.ofDays(1), 100_000);
    private final IntakeGate gate = new IntakeGate(0, () -> 0, InstantSource.system());
    private long minNext;

    private FileLog.Options options() {
        return new FileLog.Options("web", dir, 4096, true, minNext, () -> {});
    }

    @Override
    EventLog open() throws IOException {
        return FileLog.open(options(), gate, dedup);
    }

    @Test
    void a_closed_gate_refuses_with_its_reason() throws Exception {
        gate.shutDown();
        assertThatThrownBy(() -> log.append(records(0, 1)))
                .isInstanceOf(LogUnavailableException.class)
                .hasMessage("The server is shutting down; try again.");
        assertThat(log.end()).isZero();
    }

    @Test
    void a_failed_force_acknowledges_nothing_closes_the_gate_and_is_not_tried_again() throws Exception {
        log.close();
        AtomicBoolean broken = new AtomicBoolean();
        AtomicInteger tries = new AtomicInteger();
        log = FileLog.open(options(), gate, dedup, segments -> {
            segments.write();
            if (broken.get()) {
                tries.incrementAndGet();
                throw new IOException("no luck");
            }
            segments.force();
        });
        log.append(records(0, 2));
        broken.set(true);
        String reason =
                "The log of pipeline web could not be written (no luck); restart the server once the disk is well.";
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> appends = java.util.stream.IntStream.range(0, 50)
                    .mapToObj(i -> threads.submit(() -> log.append(records(i, i + 1))))
                    .toList();
            for (Future<Long> append : appends) {
                assertThatThrownBy(append::get).hasCauseInstanceOf(LogUnavailableException.class);
            }
        }
        assertThat(tries).hasValue(1);
        assertThat(log.end()).isEqualTo(2);
        assertThat(bodies(log, 0)).isEqualTo(expected(0, 2));
        assertThat(gate.closed()).contains(reason);
        broken.set(false);
        assertThatThrownBy(() -> log.append(records(0, 1))).hasMessage(reason);
    }

    @Test
    void the_end_does_not_go_back_behind_what_a_journal_knows() throws Exception {
        log.append(records(0, 3));
        log.close();
        minNext = 5;
        log = open();
        assertThat(log.append(records(5, 6))).isEqualTo(5);
        assertThat(bodies(log, 0)).endsWith("damaged 3..5", "{\"n\":5}");
        assertThat(log.read(4)).get().isInstanceOf(LogItem.Damaged.class);
    }

    @Test
    void a_frame_without_a_readable_header_is_damage_and_the_rest_is_read() throws Exception {
        log.append(records(0, 1));
        log.close();
        try (SegmentedLog raw = SegmentedLog.open(dir, new SegmentedLog.Options(4096, 0, damage -> {}))) {
            raw.append(1, new byte[] {0, 0, 0, 9, 1, 2});
            raw.append(1, new byte[] {1});
            raw.append(1, new byte[] {0, 0, 0, 6, 1, 2, 127, 127, 127, 127});
            raw.write();
        }
        log = open();
        RecentIds.load(List.of((FileLog) log), dedup, 0);
        log.append(records(4, 5));
        assertThat(bodies(log, 0))
                .containsExactly("{\"n\":0}", "damaged 1..2", "damaged 2..3", "damaged 3..4", "{\"n\":4}");
    }

    @Test
    void damage_in_the_middle_costs_one_event() throws Exception {
        log.append(records(0, 200));
        log.close();
        Path segment = dir.resolve("00000000000000000000.log");
        byte[] bytes = Files.readAllBytes(segment);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("{\"n\":7}");
        bytes[at] ^= 1;
        Files.write(segment, bytes);
        log = open();
        List<String> bodies = bodies(log, 0);
        assertThat(bodies).hasSize(200).contains("damaged 7..8");
        assertThat(log.read(7))
                .get()
                .satisfies(item ->
                        assertThat(((LogItem.Damaged) item).where()).startsWith(segment.toString() + " at byte "));
    }

    @Test
    void an_event_is_in_the_index_before_it_can_be_read() throws Exception {
        log.append(records(0, 1));
        log.append(records(0, 1));
        assertThat(dedup.isDuplicate("web", "m-0", 1, 1_000_000)).isTrue();
        assertThat(dedup.isDuplicate("web", "m-0", 0, 1_000_000)).isFalse();
        assertThat(dedup.isDuplicate("app", "m-0", 1, 1_000_000)).isFalse();
    }
}
