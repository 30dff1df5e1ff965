package dev.waybill.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.waybill.event.EventType;
import dev.waybill.journal.JournalWriter;
import dev.waybill.journal.LaneKey;
import dev.waybill.log.LogRecord;
import dev.waybill.log.RecordHeader;
import dev.waybill.outcome.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersTest {
    private static final LaneKey LANE = new LaneKey("web", "kargo-main");

    @TempDir
    Path dir;

    private final List<String> reports = new ArrayList<>();
    private final JournalWriter writer = new JournalWriter(false, reports::add);

    @AfterEach
    void stop() {
        writer.close();
    }

    private DeadLetters open() throws IOException {
        return DeadLetters.open(dir, writer, reports::add);
    }

    private static DeadLetter letter(long position, Reason reason, int bodyBytes) {
        RecordHeader header =
                new RecordHeader(EventType.TRACK, "m-" + position, "anon", true, Map.of(), null, null, null);
        byte[] body = "x".repeat(bodyBytes).getBytes(StandardCharsets.UTF_8);
        return new DeadLetter(
                LANE,
                position,
                1000 + position,
                reason,
                "why",
                "page",
                new LogRecord(500, header, body),
                "{\"url\":\"{{secret}}\"}",
                "rejected",
                400,
                "{\"errors\":[]}",
                1,
                3);
    }

    private static void putAndWait(DeadLetters letters, DeadLetter... all) throws InterruptedException {
        CountDownLatch durable = new CountDownLatch(all.length);
        for (DeadLetter letter : all) {
            letters.put(letter, durable::countDown);
        }
        assertThat(durable.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private static List<Long> positions(DeadLetters.Page page) {
        return page.letters().stream().map(each -> each.letter().position()).toList();
    }

    @Test
    void a_letter_comes_back_whole() throws Exception {
        DeadLetter letter = letter(7, Reason.REFUSED_BY_DESTINATION, 20);
        try (DeadLetters letters = open()) {
            putAndWait(letters, letter);
        }
        try (DeadLetters letters = open()) {
            DeadLetter found = letters.get("web~kargo-main~7").orElseThrow().letter();
            assertThat(found).usingRecursiveComparison().isEqualTo(letter);
            assertThat(letters.get("web~kargo-main~8")).isEmpty();
            assertThat(letters.get("web~kargo-main~x")).isEmpty();
            assertThat(letters.get("nonsense")).isEmpty();
        }
    }

    @Test
    void a_letter_written_twice_shows_once_as_it_was_last() throws Exception {
        try (DeadLetters letters = open()) {
            putAndWait(letters, letter(7, Reason.EXPIRED, 1), letter(8, Reason.EXPIRED, 1));
            putAndWait(letters, letter(7, Reason.LIMIT_EXCEEDED, 1));
            DeadLetters.Page page = letters.list(LetterFilter.ALL, 10, OptionalLong.empty());
            assertThat(positions(page)).containsExactly(7L, 8L);
            assertThat(page.letters().getFirst().letter().reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
            assertThat(letters.counts()).isEqualTo(Map.of(Reason.LIMIT_EXCEEDED, 1L, Reason.EXPIRED, 1L));
        }
    }

    @Test
    void pages_go_from_the_newest_to_the_oldest_without_missing_one() throws Exception {
        try (DeadLetters letters = open()) {
            for (long position = 0; position < 700; position++) {
                letters.put(letter(position, position % 2 == 0 ? Reason.EXPIRED : Reason.MAPPING_FAILED, 1), () -> {});
            }
            putAndWait(letters, letter(700, Reason.EXPIRED, 1));
            LetterFilter expired = new LetterFilter("web", null, Reason.EXPIRED, "page", 1100, 1691);
            List<Long> all = new ArrayList<>();
            OptionalLong before = OptionalLong.empty();
            do {
                DeadLetters.Page page = letters.list(expired, 13, before);
                all.addAll(positions(page));
                before = page.before();
            } while (before.isPresent());
            List<Long> expected = new ArrayList<>();
            for (long position = 690; position >= 100; position -= 2) {
                expected.add(position);
            }
            assertThat(all).isEqualTo(expected);
        }
    }

    @Test
    void a_letter_too_old_to_be_remembered_is_still_found_and_known_as_delivered() throws Exception {
        try (DeadLetters letters = DeadLetters.open(dir, writer, reports::add, 3, DeadLetters.SEGMENT_BYTES)) {
            putAndWait(letters, letter(1, Reason.EXPIRED, 1), letter(2, Reason.EXPIRED, 1));
            letters.mark(LANE, 1, new Letter.Replayed("r-1", "delivered", 5000));
            putAndWait(
                    letters, letter(3, Reason.EXPIRED, 1), letter(4, Reason.EXPIRED, 1), letter(5, Reason.EXPIRED, 1));
            letters.mark(LANE, 2, new Letter.Replayed("r-2", "delivered", 6000));
            letters.mark(LANE, 5, new Letter.Replayed("r-2", "rejected: expired", 6000));
            putAndWait(letters, letter(6, Reason.EXPIRED, 1));
            Map<Long, Boolean> redelivered = new TreeMap<>();
            letters.list(LetterFilter.ALL, 10, OptionalLong.empty())
                    .letters()
                    .forEach(each -> redelivered.put(each.letter().position(), each.redelivered()));
            assertThat(redelivered).isEqualTo(Map.of(1L, true, 2L, true, 3L, false, 4L, false, 5L, false, 6L, false));
            assertThat(letters.get(Set.of("web~kargo-main~1", "web~kargo-main~6", "web~kargo-main~7", "no id"))
                            .keySet())
                    .containsExactlyInAnyOrder("web~kargo-main~1", "web~kargo-main~6");
            assertThat(letters.get(LANE, 1).orElseThrow().redelivered()).isTrue();
        }
    }

    @Test
    void more_replays_than_are_shown_do_not_hide_that_one_delivered() throws Exception {
        try (DeadLetters letters = open()) {
            putAndWait(letters, letter(7, Reason.EXPIRED, 1));
            letters.mark(LANE, 7, new Letter.Replayed("r-0", "delivered", 5000));
            for (int i = 1; i <= 25; i++) {
                letters.mark(LANE, 7, new Letter.Replayed("r-" + i, "rejected: expired", 5000 + i));
            }
            putAndWait(letters, letter(8, Reason.EXPIRED, 1));
            Letter found = letters.get(LANE, 7).orElseThrow();
            assertThat(found.replays())
                    .hasSize(20)
                    .noneMatch(each -> each.outcome().equals("delivered"));
            assertThat(found.redelivered()).isTrue();
        }
    }

    @Test
    void counts_and_groups_follow_what_is_dropped_whether_it_is_remembered_or_not() throws Exception {
        try (DeadLetters letters = DeadLetters.open(dir, writer, reports::add, 30, 8_000)) {
            for (long position = 0; position < 100; position++) {
                putAndWait(letters, letter(position, position % 2 == 0 ? Reason.EXPIRED : Reason.MAPPING_FAILED, 500));
            }
            letters.mark(LANE, 99, new Letter.Replayed("r-1", "delivered", 5000));
            putAndWait(letters, letter(100, Reason.EXPIRED, 500));
            assertThat(letters.counts()).isEqualTo(Map.of(Reason.EXPIRED, 51L, Reason.MAPPING_FAILED, 50L));
            for (long maxBytes : List.of(60_000L, 20_000L, 1L)) {
                letters.retain(0, maxBytes);
                List<Letter> left = letters.list(LetterFilter.ALL, 1000, OptionalLong.empty())
                        .letters();
                assertThat(left).hasSizeBetween(1, 100);
                Map<Reason, Long> counted = left.stream()
                        .collect(Collectors.groupingBy(each -> each.letter().reason(), Collectors.counting()));
                assertThat(letters.counts()).as("within %d bytes", maxBytes).isEqualTo(counted);
                assertThat(letters.groups().stream().collect(Collectors.toMap(LetterGroup::reason, LetterGroup::count)))
                        .isEqualTo(counted);
                assertThat(letters.groups().stream()
                                .mapToLong(LetterGroup::redelivered)
                                .sum())
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void replays_show_on_the_letter() throws Exception {
        try (DeadLetters letters = open()) {
            putAndWait(letters, letter(7, Reason.EXPIRED, 1));
            assertThat(letters.get(LANE, 7).orElseThrow().replays()).isEmpty();
            letters.mark(LANE, 7, new Letter.Replayed("r-1", "delivered", 5000));
        }
        try (DeadLetters letters = open()) {
            assertThat(letters.list(LetterFilter.ALL, 1, OptionalLong.empty())
                            .letters()
                            .getFirst()
                            .replays())
                    .containsExactly(new Letter.Replayed("r-1", "delivered", 5000));
        }
    }

    @Test
    void opened_for_reading_only_while_another_writes_it_changes_nothing() throws Exception {
        try (DeadLetters letters = open()) {
            putAndWait(letters, letter(1, Reason.EXPIRED, 100), letter(2, Reason.EXPIRED, 100));
            Path segment = segment();
            // What a reader sees in the middle of the server's next write.
            Files.write(segment, new byte[33], StandardOpenOption.APPEND);
            Map<String, Long> before = sizes();
            try (DeadLetters reader = DeadLetters.readOnly(dir, reports::add)) {
                assertThat(positions(reader.list(LetterFilter.ALL, 10, OptionalLong.empty())))
                        .containsExactly(2L, 1L);
                assertThatIllegalStateException()
                        .isThrownBy(() -> reader.put(letter(3, Reason.EXPIRED, 1), () -> {}))
                        .withMessage("These dead letters are open for reading only.");
            }
            assertThat(sizes()).isEqualTo(before);
        }
    }

    private Path segment() throws IOException {
        try (var files = Files.list(dir)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Map<String, Long> sizes() throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        try (var files = Files.list(dir)) {
            for (Path file : files.toList()) {
                sizes.put(file.toString(), Files.size(file));
            }
        }
        return sizes;
    }

    @Test
    void the_oldest_segments_go_when_there_is_too_much() throws Exception {
        try (DeadLetters letters = open()) {
            for (long position = 0; position < 40; position++) {
                letters.put(letter(position, Reason.EXPIRED, 1 << 20), () -> {});
            }
            putAndWait(letters, letter(40, Reason.EXPIRED, 1));
            letters.retain(0, 100L << 20);
            assertThat(letters.counts()).isEqualTo(Map.of(Reason.EXPIRED, 41L));
            letters.retain(0, 20L << 20);
            assertThat(letters.bytes()).isLessThanOrEqualTo(20L << 20);
            long kept = letters.counts().getOrDefault(Reason.EXPIRED, 0L);
            assertThat(kept).isBetween(5L, 20L);
            assertThat(letters.get(LANE, 40)).isPresent();
            assertThat(letters.get(LANE, 0)).isEmpty();
            letters.retain(Long.MAX_VALUE, Long.MAX_VALUE);
            assertThat(letters.get(LANE, 40)).isPresent();
        }
    }
}
