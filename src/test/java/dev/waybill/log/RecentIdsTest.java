package dev.waybill.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.dedup.DedupIndex;
import dev.waybill.dedup.MessageHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecentIdsTest {
    private static final int IDS = 400;

    @TempDir
    Path dir;

    private final IntakeGate gate = new IntakeGate(0, () -> 0, InstantSource.system());
    private final DedupIndex before = index();

    private static DedupIndex index() {
        return new DedupIndex(Duration.ofHours(1), 300);
    }

    private FileLog open(String pipeline, DedupIndex dedup) throws IOException {
        return FileLog.open(new FileLog.Options(pipeline, dir.resolve(pipeline), 3000, true, 0, () -> {}), gate, dedup);
    }

    /// Two pipelines in turn, with repeats, more ids than the index takes.
    @BeforeEach
    void twoFilledLogs() throws Exception {
        SplittableRandom random = new SplittableRandom(7);
        try (FileLog web = open("web", before);
                FileLog app = open("app", before)) {
            for (int i = 0; i < 1000; i++) {
                FileLog log = random.nextInt(3) == 0 ? app : web;
                LogRecord record = EventLogContract.record(random.nextInt(IDS));
                // A second apart, as the index counts in seconds and logs are merged by them.
                log.append(List.of(new LogRecord(1_000_000 + i * 1000, record.header(), record.body())));
            }
            assertThat(web.segments()).hasSizeGreaterThan(5);
        }
    }

    private void assertAsBefore() throws Exception {
        DedupIndex after = index();
        try (FileLog web = open("web", after);
                FileLog app = open("app", after)) {
            RecentIds.load(List.of(web, app), after, 0);
        }
        for (String pipeline : List.of("web", "app")) {
            for (int i = 0; i < IDS; i++) {
                MessageHash id = MessageHash.of(pipeline, "m-" + i);
                assertThat(after.firstSequence(id, 2_000_000)).isEqualTo(before.firstSequence(id, 2_000_000));
            }
        }
        assertThat(after.effectiveWindowSeconds(2_000_000)).isEqualTo(before.effectiveWindowSeconds(2_000_000));
    }

    private List<Path> idsFiles() throws IOException {
        try (var files = Files.walk(dir)) {
            return files.filter(file -> file.toString().endsWith(".ids")).toList();
        }
    }

    @Test
    void after_a_restart_the_index_is_as_before() throws Exception {
        assertAsBefore();
    }

    @Test
    void the_ids_come_from_the_files_beside_sealed_segments_and_not_from_their_events() throws Exception {
        Path segment = dir.resolve("web/00000000000000000000.log");
        byte[] bytes = Files.readAllBytes(segment);
        Arrays.fill(bytes, 24, bytes.length, (byte) 0);
        Files.write(segment, bytes);
        assertAsBefore();
    }

    @Test
    void missing_and_damaged_files_are_made_anew_from_the_events() throws Exception {
        List<Path> files = idsFiles();
        assertThat(files).hasSizeGreaterThan(10);
        for (int i = 0; i < files.size(); i++) {
            byte[] bytes = Files.readAllBytes(files.get(i));
            switch (i % 3) {
                case 0 -> Files.delete(files.get(i));
                case 1 -> Files.write(files.get(i), Arrays.copyOf(bytes, bytes.length / 2));
                default -> {
                    bytes[bytes.length / 2] ^= 1;
                    Files.write(files.get(i), bytes);
                }
            }
        }
        assertAsBefore();
        assertThat(idsFiles()).isEqualTo(files);
        assertAsBefore();
    }
}
