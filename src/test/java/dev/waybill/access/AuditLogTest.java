package dev.waybill.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
    private static final Instant START = Instant.parse("2026-11-25T10:00:00Z");

    @TempDir
    Path dir;

    private Instant now = START;
    private final List<String> damage = new CopyOnWriteArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();

    private AuditLog open() throws IOException {
        return AuditLog.open(dir, () -> now, damage::add, failures::add);
    }

    private static List<String> subjects(AuditLog.Page page) {
        return page.entries().stream().map(AuditEntry::subject).toList();
    }

    @Test
    void entries_come_newest_first_in_pages_that_meet() throws IOException {
        try (AuditLog log = open()) {
            for (int i = 0; i < 1000; i++) {
                log.record("ann", Audited.REVISION_SAVED, "s" + i, null, "revision " + i);
            }
            List<String> seen = new ArrayList<>();
            OptionalLong before = OptionalLong.empty();
            do {
                AuditLog.Page page = log.list(300, before);
                seen.addAll(subjects(page));
                before = page.before();
            } while (before.isPresent());
            assertThat(seen).hasSize(1000).startsWith("s999", "s998").endsWith("s1", "s0");
            assertThat(log.list(1, OptionalLong.empty()).entries())
                    .containsExactly(new AuditEntry(
                            START.toEpochMilli(), "ann", "revision saved", "s999", null, "revision 999"));
        }
    }

    @Test
    void a_page_that_ends_at_the_oldest_entry_is_the_last() throws IOException {
        try (AuditLog log = open()) {
            assertThat(log.list(5, OptionalLong.empty()).entries()).isEmpty();
            log.record("ann", Audited.SIGNED_IN, "a", null, null);
            log.record("ann", Audited.SIGNED_IN, "b", null, null);
            assertThat(log.list(2, OptionalLong.empty()).before()).isEmpty();
            assertThat(log.list(1, OptionalLong.empty()).before()).isPresent();
        }
    }

    @Test
    void entries_outlive_a_restart_and_a_torn_end_is_cut() throws IOException {
        try (AuditLog log = open()) {
            log.record("ann", Audited.LANE_PAUSED, "web/kargo-main", null, null);
            log.record("ann", Audited.LANE_RESUMED, "web/kargo-main", null, null);
        }
        try (Stream<Path> files = Files.list(dir)) {
            Path segment = files.filter(file -> file.toString().endsWith(".log"))
                    .findFirst()
                    .orElseThrow();
            byte[] whole = Files.readAllBytes(segment);
            Files.write(segment, java.util.Arrays.copyOf(whole, whole.length - 5));
            Files.write(segment, new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
        }
        try (AuditLog log = open()) {
            log.record("bob", Audited.SIGNED_OUT, "here", null, null);
            assertThat(log.list(9, OptionalLong.empty()).entries())
                    .extracting(AuditEntry::what)
                    .containsExactly("signed out", "lane paused");
        }
        assertThat(damage).singleElement().asString().contains("The audit journal in " + dir);
    }

    @Test
    void long_and_broken_texts_are_cut_and_mended() throws IOException {
        try (AuditLog log = open()) {
            log.record("x".repeat(5000), "what", "\uD83D", "\u202Efrom", "😀".repeat(400));
            AuditEntry entry = log.list(1, OptionalLong.empty()).entries().getFirst();
            assertThat(entry.who()).hasSize(300).endsWith("x…");
            assertThat(entry.subject()).isEqualTo("\uFFFD");
            assertThat(entry.from()).isEqualTo("\u202Efrom");
            assertThat(entry.to()).hasSizeLessThanOrEqualTo(300).endsWith("…");
        }
    }

    @Test
    void what_is_old_or_too_much_goes_a_segment_at_a_time() throws IOException {
        try (AuditLog log = AuditLog.open(dir, 20 << 10, () -> now, damage::add, failures::add)) {
            String text = "y".repeat(300);
            for (int i = 0; i < 200; i++) {
                if (i == 100) {
                    now = START.plus(Duration.ofDays(2));
                }
                log.record(text, text, "s" + i, text, text);
            }
            long all = log.bytes();
            log.retain(START.toEpochMilli() - 1, Long.MAX_VALUE);
            assertThat(log.bytes()).isEqualTo(all);
            log.retain(START.plus(Duration.ofDays(1)).toEpochMilli(), Long.MAX_VALUE);
            assertThat(log.bytes()).isLessThan(all);
            log.retain(0, 1);
            assertThat(log.bytes()).isLessThan(21L << 10);
            assertThat(subjects(log.list(1, OptionalLong.empty()))).containsExactly("s199");
        }
    }

    @Test
    void an_old_entry_goes_also_from_a_journal_of_few() throws IOException {
        try (AuditLog log = open()) {
            for (int day : List.of(0, 30, 31, 401)) {
                now = START.plus(Duration.ofDays(day));
                log.record("ann", Audited.SIGNED_IN, "day " + day, null, null);
            }
            log.retain(START.plus(Duration.ofDays(31)).toEpochMilli(), Long.MAX_VALUE);

            assertThat(subjects(log.list(9, OptionalLong.empty()))).containsExactly("day 401", "day 31");
        }
    }

    @Test
    void a_journal_that_can_not_be_written_says_so_and_tells_the_server() throws IOException {
        AuditLog log = open();
        log.close();
        assertThatThrownBy(() -> log.record("ann", Audited.REVEALED, "m-1", null, null))
                .isInstanceOf(AuditFailedException.class)
                .hasMessageStartingWith("The audit journal can't be written (");
        assertThat(failures).singleElement().asString().contains("free some space or mend the disk, and restart");
    }

    @Test
    void an_interrupted_caller_breaks_nothing() throws IOException {
        try (AuditLog log = open()) {
            Thread.currentThread().interrupt();
            log.record("ann", Audited.SIGNED_IN, "a", null, null);
            assertThat(Thread.interrupted()).isTrue();
            log.record("ann", Audited.SIGNED_OUT, "b", null, null);
            assertThat(subjects(log.list(9, OptionalLong.empty()))).containsExactly("b", "a");
        }
    }
}
