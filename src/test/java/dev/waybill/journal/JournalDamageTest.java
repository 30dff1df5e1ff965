package dev.waybill.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.waybill.outcome.Reason;
import dev.waybill.segments.SegmentedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every byte of a small journal flipped, and the journal cut at every byte: what was decided is known or its loss is
/// reported; nothing else is decided, nothing twice.
class JournalDamageTest {
    private static final long START = 10;
    private static final long END = 30;
    private static final List<Entry> ENTRIES = List.of(
            Entries.delivered(10, "page"),
            Entries.failed(12, 1),
            Entries.ended(13, 1, Reason.CONSENT_DENIED),
            Entries.delivered(11, "order_completed"),
            Entries.ended(15, 4, Reason.LOG_DAMAGED),
            Entries.delivered(12, "page"));

    @TempDir
    Path dir;

    private byte[] whole = {};
    private Path segment = Path.of("");

    @BeforeEach
    void write() throws IOException {
        try (SegmentedLog log = recover(new ArrayList<>()).log()) {
            for (Entry entry : ENTRIES) {
                log.append(entry.at(), EntryCodec.encode(entry));
            }
            log.write();
        }
        try (var files = Files.list(dir.resolve("journal"))) {
            segment = files.filter(file -> file.toString().endsWith(".log"))
                    .findFirst()
                    .orElseThrow();
        }
        whole = Files.readAllBytes(segment);
    }

    private JournalRecovery.Recovered recover(List<String> reports) throws IOException {
        return new JournalRecovery(dir, 1 << 20, () -> START, reports::add).run();
    }

    private void restoreDirectory(byte[] content) throws IOException {
        try (var files = Files.list(dir.resolve("journal"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.write(segment, content);
    }

    private void check(String where, List<String> reports) throws IOException {
        JournalRecovery.Recovered recovered = recover(reports);
        recovered.log().close();
        LaneState state = recovered.state();
        assertThat(state.start()).as(where).isEqualTo(START);
        long decided = 0;
        for (long position = START; position < END; position++) {
            boolean ever = position <= 13 || (position >= 15 && position < 19);
            if (state.isDecided(position)) {
                assertThat(ever).as("%s: position %d", where, position).isTrue();
                decided++;
            }
        }
        Snapshot now = state.snapshot(END, Optional.empty());
        long counted = now.delivered()
                + now.filtered().values().stream().mapToLong(Long::longValue).sum()
                + now.rejected().values().stream().mapToLong(Long::longValue).sum();
        assertThat(counted).as(where).isEqualTo(decided);
        assertThat(now.accepted()).as(where).isEqualTo(counted + now.pending());
        assertThat(now.delivered()).as(where).isLessThanOrEqualTo(3);
        if (decided < 8) {
            assertThat(reports).as(where).isNotEmpty();
        }
    }

    @Test
    void a_flipped_byte_is_survived_or_reported() {
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (int at = 0; at < whole.length; at++) {
                byte[] flipped = whole.clone();
                flipped[at] ^= (byte) (1 << at % 8);
                restoreDirectory(flipped);
                check("byte %d flipped".formatted(at), new ArrayList<>());
            }
        });
    }

    @Test
    void a_cut_tail_leaves_what_stands_before_it() {
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            int reported = 0;
            for (int length = 0; length < whole.length; length++) {
                restoreDirectory(Arrays.copyOf(whole, length));
                List<String> reports = new ArrayList<>();
                JournalRecovery.Recovered recovered = recover(reports);
                recovered.log().close();
                Snapshot now = recovered.state().snapshot(END, Optional.empty());
                assertThat(now.accepted()).isEqualTo(END - START);
                assertThat(now.delivered()).isLessThanOrEqualTo(3);
                reported += reports.size();
            }
            // All but the cuts between two entries are seen for what they are.
            assertThat(reported).isGreaterThan(whole.length / 2);
        });
    }
}
