package dev.waybill.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.dedup.DedupIndex;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedEventsTest {
    @TempDir
    Path data;

    private FileLog log;

    /// A server that goes on holding its log.
    @BeforeEach
    void a_log_of_200_events_in_many_segments() throws Exception {
        Path dir = data.resolve("log/web/0");
        log = FileLog.open(
                new FileLog.Options("web", dir, 4096, false, 0, () -> {}),
                new IntakeGate(0, () -> 0, InstantSource.system()),
                new DedupIndex(Duration.ofDays(1), 100_000));
        for (int i = 0; i < 200; i++) {
            log.append(EventLogContract.records(i, i + 1));
        }
        try (var files = Files.list(dir)) {
            assertThat(files.filter(file -> file.toString().endsWith(".log")).count())
                    .isGreaterThan(3);
        }
    }

    @AfterEach
    void close() {
        log.close();
    }

    private static List<String> ids(List<LogRecord> records) {
        return records.stream().map(record -> record.header().messageId()).toList();
    }

    @Test
    void the_newest_wanted_events_come_newest_first_across_segments() throws Exception {
        RecordedEvents events = RecordedEvents.of(data, "web");

        assertThat(ids(events.newest(4, record -> record.header().messageId().endsWith("0"))))
                .containsExactly("m-190", "m-180", "m-170", "m-160");
        assertThat(ids(events.newest(3, record -> record.receivedAt() < 1_000_002)))
                .containsExactly("m-1", "m-0");
        assertThat(events.newest(1, _ -> false)).isEmpty();
        assertThat(events.lost()).isZero();
    }

    @Test
    void the_last_events_come_in_order() throws Exception {
        for (int count : new int[] {1, 50, 199, 200, 1000}) {
            List<LogRecord> last = new ArrayList<>();
            RecordedEvents.of(data, "web").last(count, last::add);

            List<String> expected = ids(EventLogContract.records(Math.max(0, 200 - count), 200));
            assertThat(ids(last)).as("last %d", count).isEqualTo(expected);
        }
    }

    @Test
    void pipelines_with_a_log_are_told_and_others_have_no_events() throws Exception {
        assertThat(RecordedEvents.pipelines(data)).containsExactly("web");
        assertThat(RecordedEvents.pipelines(data.resolve("nowhere"))).isEmpty();
        assertThat(RecordedEvents.of(data, "app").newest(1, _ -> true)).isEmpty();
    }
}
