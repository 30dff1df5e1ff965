package dev.waybill.suppress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WithdrawalsTest {
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final Duration LETTERS = Duration.ofDays(30);

    @TempDir
    Path dir;

    private final List<String> reports = new ArrayList<>();

    private Withdrawals open() throws IOException {
        return Withdrawals.open(dir, reports::add);
    }

    private static Optional<Instant> at(long millis) {
        return Optional.of(Instant.ofEpochMilli(millis));
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void it_reaches_what_was_received_until_then_and_nothing_later() throws IOException {
        try (Withdrawals withdrawals = open()) {
            withdrawals.add("web", "a-1", 1_000);

            assertThat(withdrawals.since("web", "a-1", 999)).isEqualTo(at(1_000));
            assertThat(withdrawals.since("web", "a-1", 1_000)).isEqualTo(at(1_000));
            assertThat(withdrawals.since("web", "a-1", 1_001)).isEmpty();
            assertThat(withdrawals.since("web", "a-2", 1)).isEmpty();
            assertThat(withdrawals.since("shop", "a-1", 1)).isEmpty();
        }
    }

    @Test
    void the_last_of_several_counts() throws IOException {
        try (Withdrawals withdrawals = open()) {
            withdrawals.add("web", "a-1", 2_000);
            withdrawals.add("web", "a-1", 1_000);
            assertThat(withdrawals.last("web", "a-1")).isEqualTo(at(2_000));
            withdrawals.add("web", "a-1", 3_000);
            assertThat(withdrawals.last("web", "a-1")).isEqualTo(at(3_000));
            assertThat(withdrawals.size()).isEqualTo(1);
        }
        try (Withdrawals withdrawals = open()) {
            assertThat(withdrawals.last("web", "a-1")).isEqualTo(at(3_000));
        }
    }

    @Test
    void it_is_on_disk_when_it_returns_as_a_hash_and_survives_a_crash() throws IOException {
        Path crashed = Files.createDirectory(dir.resolve("crashed"));
        try (Withdrawals withdrawals = open()) {
            withdrawals.add("web", "somebody@example.com", 1_000);
            for (Path segment : segments()) {
                Files.copy(segment, crashed.resolve(segment.getFileName()));
                assertThat(new String(Files.readAllBytes(segment), StandardCharsets.ISO_8859_1))
                        .doesNotContain("somebody");
            }
        }
        try (Withdrawals withdrawals = Withdrawals.open(crashed, reports::add)) {
            assertThat(withdrawals.last("web", "somebody@example.com")).isEqualTo(at(1_000));
        }
        assertThat(reports).isEmpty();
    }

    @Test
    void a_file_torn_in_its_last_frame_keeps_the_others_and_takes_more() throws IOException {
        try (Withdrawals withdrawals = open()) {
            withdrawals.add("web", "a-1", 1_000);
            withdrawals.add("web", "a-2", 2_000);
        }
        Path segment = segments().getLast();
        byte[] whole = Files.readAllBytes(segment);
        Files.write(segment, java.util.Arrays.copyOf(whole, whole.length - 7));
        try (Withdrawals withdrawals = open()) {
            assertThat(withdrawals.last("web", "a-1")).isEqualTo(at(1_000));
            assertThat(withdrawals.last("web", "a-2")).isEmpty();
            withdrawals.add("web", "a-3", 3_000);
        }
        assertThat(reports).singleElement().asString().startsWith("The withdrawals of consent in ");
        try (Withdrawals withdrawals = open()) {
            assertThat(withdrawals.last("web", "a-1")).isEqualTo(at(1_000));
            assertThat(withdrawals.last("web", "a-3")).isEqualTo(at(3_000));
        }
    }

    @Test
    void a_damaged_one_is_reported_and_the_others_stay() throws IOException {
        try (Withdrawals withdrawals = open()) {
            for (int i = 0; i < 10; i++) {
                withdrawals.add("web", "a-" + i, 1_000 + i);
            }
        }
        Path segment = segments().getLast();
        byte[] bytes = Files.readAllBytes(segment);
        bytes[bytes.length / 2] ^= 4;
        Files.write(segment, bytes);
        try (Withdrawals withdrawals = open()) {
            assertThat(withdrawals.last("web", "a-0")).isPresent();
            assertThat(withdrawals.last("web", "a-9")).isPresent();
            assertThat(withdrawals.size()).isEqualTo(9);
        }
        assertThat(reports).singleElement().asString().endsWith(": 1 are lost.");
    }

    @Test
    void a_file_of_rubbish_harms_nobody() throws IOException {
        Files.createDirectories(dir);
        Files.write(dir.resolve("00000000000000000000.log"), new byte[] {1, 2, 3});
        try (Withdrawals withdrawals = open()) {
            withdrawals.add("web", "a-1", 1_000);
            assertThat(withdrawals.last("web", "a-1")).isPresent();
        }
    }

    @Test
    void a_closed_one_takes_none_and_says_so() throws IOException {
        Withdrawals withdrawals = open();
        withdrawals.close();
        assertThatThrownBy(() -> withdrawals.add("web", "a-1", 1_000))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("takes nothing until it is reopened");
        assertThat(withdrawals.last("web", "a-1")).isEmpty();
    }

    @Test
    void an_interrupted_caller_closes_the_file_for_nobody() throws IOException {
        try (Withdrawals withdrawals = open()) {
            Thread.currentThread().interrupt();
            try {
                withdrawals.add("web", "a-1", 1_000);
            } catch (java.io.InterruptedIOException told) {
                assertThat(told).hasMessage("the server stops");
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
            withdrawals.add("web", "a-2", 2_000);
            assertThat(withdrawals.last("web", "a-2")).isPresent();
        }
    }

    @Test
    void a_flood_drives_out_the_oldest_in_memory_and_on_disk() throws IOException {
        int most = 100;
        try (Withdrawals withdrawals = Withdrawals.open(dir, reports::add, most, 1_000)) {
            for (int i = 0; i < 1_000; i++) {
                withdrawals.add("web", "a-" + i, 1_000 + i);
                assertThat(withdrawals.size()).isLessThanOrEqualTo(most);
            }
            assertThat(withdrawals.size()).isGreaterThan(most / 2);
            assertThat(withdrawals.last("web", "a-999")).isPresent();
            assertThat(withdrawals.last("web", "a-0")).isEmpty();
        }
        assertThat(segments()).hasSizeLessThan(10);
    }

    @Test
    void one_browser_that_repeats_itself_takes_no_more_room_than_many() throws IOException {
        try (Withdrawals withdrawals = Withdrawals.open(dir, reports::add, 10, 1 << 20)) {
            for (int i = 0; i < 100; i++) {
                withdrawals.add("web", "a-1", 1_000 + i);
            }
            assertThat(withdrawals.last("web", "a-1")).isEqualTo(at(1_099));
        }
        assertThat(segments()).hasSizeLessThan(3);
    }

    @Test
    void one_browser_that_repeats_itself_pushes_out_nobody() throws IOException {
        long start = 100 * DAY;
        try (Withdrawals withdrawals = Withdrawals.open(dir, reports::add, 100, 1_000)) {
            for (int i = 0; i < 99; i++) {
                withdrawals.add("web", "b-" + i, start + i);
            }
            withdrawals.retain(start + 200, () -> start, LETTERS);
            for (int i = 0; i < 2_000; i++) {
                withdrawals.add("web", "a-1", start + 1_000 + i);
            }
        }
        assertThat(segments()).hasSizeLessThan(15);
        try (Withdrawals withdrawals = Withdrawals.open(dir, reports::add, 100, 1_000)) {
            assertThat(withdrawals.size()).isEqualTo(100);
            assertThat(withdrawals.last("web", "b-0")).isEqualTo(at(start));
            assertThat(withdrawals.last("web", "a-1")).isEqualTo(at(start + 2_999));
            // What was marked before the log was written anew still says when they have done their work.
            withdrawals.retain(start + 2 * DAY, () -> start + DAY, LETTERS);
            withdrawals.retain(start + 40 * DAY, () -> start + 39 * DAY, LETTERS);
            assertThat(withdrawals.size()).isZero();
        }
        assertThat(segments()).hasSizeLessThan(15);
        assertThat(reports).isEmpty();
    }

    @Test
    void what_a_crash_leaves_when_the_log_is_written_anew_says_the_same() throws IOException {
        Path crashed = Files.createDirectory(dir.resolve("crashed"));
        Path whole = Files.createDirectory(dir.resolve("whole"));
        try (Withdrawals withdrawals = Withdrawals.open(whole, reports::add, 4, 1 << 20)) {
            for (int i = 0; i < 8; i++) {
                withdrawals.add("web", "a-" + i % 2, 1_000 + i);
            }
            try (Stream<Path> files = Files.list(whole)) {
                for (Path before : files.toList()) {
                    Files.copy(before, crashed.resolve(before.getFileName()));
                }
            }
            withdrawals.add("web", "a-0", 1_008);
        }
        try (Stream<Path> files = Files.list(whole)) {
            for (Path after : files.toList()) {
                Files.copy(after, crashed.resolve(after.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        try (Withdrawals withdrawals = Withdrawals.open(crashed, reports::add)) {
            assertThat(withdrawals.size()).isEqualTo(2);
            assertThat(withdrawals.last("web", "a-0")).isEqualTo(at(1_008));
            assertThat(withdrawals.last("web", "a-1")).isEqualTo(at(1_007));
        }
    }

    @Test
    void it_goes_when_the_logs_have_no_older_event_and_dead_letters_of_such_are_gone() throws IOException {
        long start = 100 * DAY;
        try (Withdrawals withdrawals = open()) {
            withdrawals.add("web", "a-1", start);
            // A lane waits with an event from before.
            for (long now = start; now < start + 50 * DAY; now += DAY / 2) {
                withdrawals.retain(now, () -> start - 1, LETTERS);
            }
            assertThat(withdrawals.last("web", "a-1")).isPresent();
        }
        // It ended, perhaps as a dead letter.
        long ended = start + 50 * DAY;
        try (Withdrawals withdrawals = open()) {
            withdrawals.retain(ended, () -> start + 45 * DAY, LETTERS);
            withdrawals.add("web", "a-2", ended);
            withdrawals.retain(ended + 29 * DAY, () -> ended + 22 * DAY, LETTERS);
            assertThat(withdrawals.last("web", "a-1")).isPresent();
        }
        try (Withdrawals withdrawals = open()) {
            withdrawals.retain(ended + 30 * DAY, () -> ended + 23 * DAY, LETTERS);
            assertThat(withdrawals.last("web", "a-1")).isEmpty();
            assertThat(withdrawals.last("web", "a-2")).isPresent();
        }
        try (Withdrawals withdrawals = open()) {
            assertThat(withdrawals.last("web", "a-1")).isEmpty();
            assertThat(withdrawals.last("web", "a-2")).isPresent();
            withdrawals.retain(ended + 200 * DAY, () -> ended + 200 * DAY, LETTERS);
            assertThat(withdrawals.size()).isZero();
        }
        assertThat(segments()).hasSizeLessThan(70);
        assertThat(reports).isEmpty();
    }

    @Test
    void where_nobody_withdrew_nothing_is_written() throws IOException {
        try (Withdrawals withdrawals = open()) {
            long before = Files.size(segments().getLast());
            withdrawals.retain(DAY, () -> 0, LETTERS);
            assertThat(Files.size(segments().getLast())).isEqualTo(before);
        }
    }
}
