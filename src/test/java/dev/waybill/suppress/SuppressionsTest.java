package dev.waybill.suppress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.suppress.Suppressions.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuppressionsTest {
    @TempDir
    Path dir;

    private final List<String> reports = new ArrayList<>();

    @Test
    void a_person_stays_suppressed_after_a_restart() throws IOException {
        try (Suppressions people = Suppressions.open(dir, reports::add)) {
            people.add(Kind.USER_ID, "user-4711", 1);
            people.add(Kind.USER_ID, "user-4711", 2);
            assertThat(people.size()).isEqualTo(1);
        }
        try (Suppressions people = Suppressions.open(dir, reports::add)) {
            assertThat(people.contains(Kind.USER_ID, "user-4711")).isTrue();
            assertThat(people.contains(Kind.USER_ID, "user-4712")).isFalse();
            assertThat(people.contains(Kind.PUID, "user-4711")).isFalse();
            assertThat(people.size()).isEqualTo(1);
        }
        assertThat(reports).isEmpty();
    }

    @Test
    void the_disk_holds_no_identifier() throws IOException {
        try (Suppressions people = Suppressions.open(dir, reports::add)) {
            people.add(Kind.ANONYMOUS_ID, "somebody@example.com", 1);
        }
        try (var files = Files.list(dir)) {
            for (Path file : files.toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain("somebody");
            }
        }
    }

    @Test
    void browsers_add_nobody_above_the_most_and_repeat_themselves_and_whoever_signs_in_still_adds() throws Exception {
        try (Suppressions people = Suppressions.open(dir, reports::add, 2)) {
            Suppressor suppressor = new Suppressor(people, () -> Instant.EPOCH, reports::add);
            suppressor.optOut(Map.of(Kind.ANONYMOUS_ID, "a-1", Kind.PUID, "p-1"));

            assertThatThrownBy(() -> suppressor.optOut(Map.of(Kind.ANONYMOUS_ID, "a-1", Kind.PUID, "p-2")))
                    .isInstanceOf(SuppressionsFullException.class)
                    .hasMessage("2 identifiers are suppressed, and opt-outs of browsers may add no more; "
                            + "the browser keeps its opt-out and tells it again later");
            assertThat(people.size()).isEqualTo(2);
            suppressor.optOut(Map.of(Kind.ANONYMOUS_ID, "a-1"));
            suppressor.suppress(Map.of(Kind.USER_ID, "u-1"));
            assertThat(people.contains(Kind.USER_ID, "u-1")).isTrue();
        }
        try (Suppressions people = Suppressions.open(dir, reports::add, 2)) {
            assertThat(people.size()).isEqualTo(3);
        }
    }

    @Test
    void a_damaged_one_is_reported_and_the_others_stay() throws IOException {
        try (Suppressions people = Suppressions.open(dir, reports::add)) {
            people.add(Kind.PUID, "first", 1);
            people.add(Kind.PUID, "second", 2);
        }
        try (var files = Files.list(dir)) {
            Path segment = files.filter(file -> file.toString().endsWith(".log"))
                    .findFirst()
                    .orElseThrow();
            byte[] bytes = Files.readAllBytes(segment);
            bytes[bytes.length / 2 - 10] ^= 4;
            Files.write(segment, bytes);
        }
        try (Suppressions people = Suppressions.open(dir, reports::add)) {
            assertThat(people.contains(Kind.PUID, "second")).isTrue();
        }
        assertThat(reports).isNotEmpty();
    }
}
