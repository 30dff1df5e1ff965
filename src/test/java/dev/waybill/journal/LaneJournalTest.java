package dev.waybill.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.journal.Entry.Marked;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.outcome.NoticeCode;
import dev.waybill.outcome.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaneJournalTest {
    private static final LaneKey KEY = new LaneKey("web", "kargo-main");

    @TempDir
    Path dir;

    private final List<String> reports = new ArrayList<>();
    private final JournalWriter writer = new JournalWriter(false, reports::add);

    @AfterEach
    void stop() {
        writer.close();
    }

    private LaneJournal open() throws IOException {
        return open(2048);
    }

    private LaneJournal open(long segmentBytes) throws IOException {
        return LaneJournal.open(dir, KEY, segmentBytes, () -> 10, writer, reports::add);
    }

    private static void recordAndWait(LaneJournal journal, Entry... entries) throws InterruptedException {
        CountDownLatch durable = new CountDownLatch(entries.length);
        for (Entry entry : entries) {
            journal.record(entry, durable::countDown);
        }
        assertThat(durable.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private static List<Object> everything(LaneJournal journal, long logEnd) {
        return List.of(
                journal.snapshot(logEnd),
                journal.start(),
                journal.firstUndecided(),
                journal.highestKnown(),
                journal.undecidedBelow(logEnd, 10_000).stream()
                        .map(gap -> gap[0] + "-" + gap[1])
                        .toList(),
                journal.series().minutes(1500, Entries.NOON + 3_600_000));
    }

    @Test
    void a_new_lane_starts_where_it_is_told_and_remembers_it() throws Exception {
        try (LaneJournal journal = open()) {
            assertThat(journal.isNew()).isTrue();
            assertThat(journal.start()).isEqualTo(10);
            assertThat(journal.decided(9)).isTrue();
            assertThat(journal.decided(10)).isFalse();
        }
        try (LaneJournal again = LaneJournal.open(dir, KEY, () -> 99, writer, reports::add)) {
            assertThat(again.isNew()).isFalse();
            assertThat(again.start()).isEqualTo(10);
        }
        assertThat(reports).isEmpty();
    }

    @Test
    void a_position_is_counted_once_however_often_it_is_decided() throws Exception {
        try (LaneJournal journal = open()) {
            recordAndWait(
                    journal,
                    Entries.delivered(12, "page"),
                    Entries.delivered(12, "page"),
                    Entries.ended(12, 1, Reason.EXPIRED),
                    Entries.ended(11, 3, Reason.LOG_DAMAGED));
            Snapshot now = journal.snapshot(15);
            assertThat(now.delivered()).isEqualTo(1);
            assertThat(now.rejected()).isEqualTo(Map.of(Reason.LOG_DAMAGED, 2L));
            assertThat(now.notices()).isEqualTo(Map.of(NoticeCode.VALUE_TRUNCATED, 1L));
            assertThat(now.accepted()).isEqualTo(5);
            assertThat(now.pending()).isEqualTo(2);
        }
    }

    @Test
    void without_its_checkpoints_or_with_damaged_ones_it_knows_the_same() throws Exception {
        List<Object> before;
        try (LaneJournal journal = open()) {
            SplittableRandom random = new SplittableRandom(42);
            for (int i = 0; i < 300; i++) {
                long position = random.nextLong(10, 260);
                recordAndWait(
                        journal,
                        switch (random.nextInt(4)) {
                            case 0 -> Entries.failed(position, 1);
                            case 1 -> Entries.ended(position, 1 + random.nextInt(3), Reason.CONSENT_DENIED);
                            default -> Entries.delivered(position, "event_" + position % 7);
                        });
                if (i % 100 == 50) {
                    journal.checkpoint();
                }
            }
            before = everything(journal, 300);
        }
        try (LaneJournal journal = open()) {
            assertThat(everything(journal, 300)).isEqualTo(before);
        }
        assertThat(reports).isEmpty();
        byte[] damaged = Files.readAllBytes(dir.resolve("checkpoint"));
        damaged[damaged.length / 2] ^= 1;
        Files.write(dir.resolve("checkpoint"), damaged);
        try (LaneJournal journal = open()) {
            assertThat(everything(journal, 300)).isEqualTo(before);
        }
        assertThat(reports).hasSize(1).first().asString().contains("checkpoint is damaged (its checksum differs)");
        Files.deleteIfExists(dir.resolve("checkpoint"));
        Files.deleteIfExists(dir.resolve("checkpoint.1"));
        try (LaneJournal journal = open()) {
            assertThat(everything(journal, 300)).isEqualTo(before);
        }
    }

    @Test
    void why_identifiers_were_missing_is_derived_and_adds_up_to_the_reason() throws Exception {
        Map<String, Long> causes = Map.of("timeout", 2L, "consent", 1L, "not_told", 1L);
        try (LaneJournal journal = open()) {
            recordAndWait(
                    journal,
                    Entries.missing(10, "context.providers.kargo.puid is absent; the ID sync failed: timeout"),
                    Entries.missing(11, "context.providers.kargo.puid is absent"),
                    Entries.missing(11, "context.providers.kargo.puid is absent; the ID sync failed: http"));
            journal.checkpoint();
            recordAndWait(
                    journal,
                    Entries.missing(12, "context.providers.kargo.puid is blank; the ID sync failed: timeout"),
                    Entries.missing(13, "context.providers.kargo.puid is blank; the ID sync failed: consent"),
                    Entries.ended(14, 1, Reason.CONSENT_DENIED));
            assertThat(journal.snapshot(15).missingIdentity()).isEqualTo(causes);
        }
        try (LaneJournal journal = open()) {
            assertThat(journal.snapshot(15).missingIdentity()).isEqualTo(causes);
        }
        Files.deleteIfExists(dir.resolve("checkpoint"));
        Files.deleteIfExists(dir.resolve("checkpoint.1"));
        try (LaneJournal journal = open()) {
            assertThat(journal.snapshot(15).missingIdentity()).isEqualTo(causes);
            assertThat(journal.snapshot(15).filtered()).containsEntry(Reason.MISSING_IDENTITY, 4L);
        }
    }

    private static JsonObject without(JsonObject all, String key) {
        JsonObject.Builder rest = JsonObject.builder();
        all.forEach(entry -> {
            if (!entry.getKey().equals(key)) {
                rest.put(entry.getKey(), entry.getValue());
            }
        });
        return rest.build();
    }

    @Test
    void what_a_checkpoint_of_an_earlier_version_counted_was_not_told() throws Exception {
        try (LaneJournal journal = open()) {
            recordAndWait(
                    journal,
                    Entries.missing(10, "context.providers.kargo.puid is absent; the ID sync failed: timeout"),
                    Entries.missing(11, "context.providers.kargo.puid is absent; the ID sync failed: http"));
        }
        CheckpointFile file = new CheckpointFile(dir);
        JsonObject now = file.read(reports::add).orElseThrow().json();
        assertThat(now.get("missingIdentity")).hasToString("{\"http\":1,\"timeout\":1}");
        file.write(JsonText.bytes(without(now, "missingIdentity")));
        try (LaneJournal journal = open()) {
            recordAndWait(
                    journal,
                    Entries.missing(12, "context.providers.kargo.puid is absent; the ID sync failed: shape"));
            assertThat(journal.snapshot(13).missingIdentity()).isEqualTo(Map.of("not_told", 2L, "shape", 1L));
        }
        JsonObject later = JsonObject.builder().put("timeout", 1).put("of_a_later_version", 3).build();
        file.write(JsonText.bytes(now.toBuilder().put("missingIdentity", later).build()));
        try (LaneJournal journal = open()) {
            assertThat(journal.snapshot(13).missingIdentity())
                    .isEqualTo(Map.of("timeout", 1L, "not_told", 3L, "shape", 1L));
        }
        assertThat(reports).isEmpty();
    }

    @Test
    void pause_and_attempts_survive_a_restart() throws Exception {
        try (LaneJournal journal = open()) {
            journal.pause("10 events in a row: 401", 1);
            assertThat(journal.paused()).contains("10 events in a row: 401");
            recordAndWait(journal, Entries.failed(11, 1), Entries.failed(11, 2), Entries.failed(12, 1));
            recordAndWait(journal, Entries.delivered(12, "page"));
        }
        try (LaneJournal journal = open()) {
            assertThat(journal.paused()).contains("10 events in a row: 401");
            assertThat(journal.attempts(11)).isEqualTo(2);
            assertThat(journal.attempts(12)).isZero();
            assertThat(journal.highestKnown()).isEqualTo(13);
            journal.resume(2);
        }
        try (LaneJournal journal = open()) {
            assertThat(journal.paused()).isEmpty();
        }
    }

    @Test
    void tells_what_happened_to_an_event() throws Exception {
        try (LaneJournal journal = open()) {
            recordAndWait(
                    journal,
                    Entries.failed(11, 1),
                    Entries.delivered(10, "page"),
                    new Marked(Mark.PIN, "2", 1),
                    Entries.delivered(11, "page"));
            assertThat(journal.entriesFor(11, 12))
                    .containsExactly(Entries.failed(11, 1), Entries.delivered(11, "page"));
            assertThat(journal.entriesFor(12, 20)).isEmpty();
        }
    }

    @Test
    void old_segments_go_and_the_numbers_stay_even_without_a_checkpoint() throws Exception {
        List<Object> before;
        try (LaneJournal journal = open(256 << 10)) {
            for (long position = 10; position < 39_999; position++) {
                journal.record(Entries.delivered(position, "page"));
            }
            recordAndWait(journal, Entries.delivered(39_999, "page"));
            long kept = segments();
            journal.retain(39_000);
            recordAndWait(journal, Entries.delivered(40_000, "page"));
            assertThat(segments()).isLessThan(kept);
            before = everything(journal, 40_001);
            assertThat(journal.entriesFor(39_000, 39_001)).hasSize(1);
        }
        Files.delete(dir.resolve("checkpoint"));
        Files.delete(dir.resolve("checkpoint.1"));
        try (LaneJournal journal = open(256 << 10)) {
            assertThat(everything(journal, 40_001)).isEqualTo(before);
            assertThat(journal.entriesFor(39_000, 39_001)).hasSize(1);
        }
        assertThat(reports).isEmpty();
    }

    private long segments() throws IOException {
        try (var files = Files.list(dir.resolve("journal"))) {
            return files.filter(file -> file.toString().endsWith(".log")).count();
        }
    }
}
