package dev.waybill.onboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The file of the destinations' words: kept, read again, and damaged.
class ConfirmationsTest {
    private static final Confirmation WORD =
            new Confirmation("Jo \u202e of <Kargo>", LocalDate.of(2026, 11, 25), "counts \"match\"\n", "ann");

    @TempDir
    Path directory;

    private final List<String> reports = new ArrayList<>();
    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("confirmations.json");
    }

    private Confirmations open() throws IOException {
        return Confirmations.open(file, reports::add);
    }

    @Test
    void without_a_file_nothing_is_confirmed_and_nothing_is_wrong() throws IOException {
        assertThat(open().of("kargo-main")).isEmpty();
        assertThat(reports).isEmpty();
    }

    @Test
    void a_word_is_there_at_once_and_after_a_restart() throws IOException {
        Confirmations confirmations = open();
        confirmations.keep("kargo-main", WORD, _ -> {});
        confirmations.keep("\"odd\"\nname", new Confirmation("", LocalDate.MIN.withYear(1), "", ""), _ -> {});
        assertThat(confirmations.of("kargo-main")).contains(WORD);
        Confirmations again = open();
        assertThat(again.of("kargo-main")).contains(WORD);
        assertThat(again.of("\"odd\"\nname")).isPresent();
        assertThat(again.of("other")).isEmpty();
        assertThat(reports).isEmpty();
    }

    @Test
    void the_next_word_takes_the_place_of_the_one_before_and_of_no_other() throws IOException {
        Confirmations confirmations = open();
        confirmations.keep("kargo-main", WORD, _ -> {});
        confirmations.keep("second", WORD, _ -> {});
        Confirmation next = new Confirmation("Al", LocalDate.of(2026, 11, 26), "", "token");
        confirmations.keep("kargo-main", next, _ -> {});
        assertThat(open().of("kargo-main")).contains(next);
        assertThat(open().of("second")).contains(WORD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"kargo-main\":", "\u0000\u0000", "{\"a\":1}{"})
    void a_file_that_is_no_json_is_reported_and_confirms_nothing(String text) throws IOException {
        Files.writeString(file, text);
        assertThat(open().of("kargo-main")).isEmpty();
        assertThat(reports)
                .singleElement()
                .asString()
                .startsWith(file + " can't be read (")
                .endsWith("); no integration counts as confirmed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "\"kargo-main\"", "7"})
    void a_file_of_another_kind_is_reported_and_confirms_nothing(String text) throws IOException {
        Files.writeString(file, text);
        assertThat(open().of("kargo-main")).isEmpty();
        assertThat(reports).containsExactly(file + " holds no JSON object; no integration counts as confirmed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "[]",
                "{}",
                "{\"by\":\"Jo\"}",
                "{\"by\":\"Jo\",\"date\":7}",
                "{\"by\":\"Jo\",\"date\":\"2026-02-30\",\"note\":\"\",\"keptBy\":\"\"}",
            })
    void one_damaged_word_counts_as_none_and_spares_the_others(String word) throws IOException {
        Files.writeString(
                file,
                "{\"kargo-main\":%s,\"second\":{\"by\":\"Jo\",\"date\":\"2026-11-25\",\"more\":1}}".formatted(word));
        Confirmations confirmations = open();
        assertThat(confirmations.of("kargo-main")).isEmpty();
        assertThat(confirmations.of("second")).contains(new Confirmation("Jo", LocalDate.of(2026, 11, 25), "", ""));
        assertThat(reports)
                .containsExactly(file + ": what it says of kargo-main is no confirmation; it counts as none");
    }

    @Test
    void a_word_after_damage_makes_the_file_whole() throws IOException {
        Files.writeString(file, "{\"second\":7,");
        open().keep("kargo-main", WORD, _ -> {});
        reports.clear();
        assertThat(open().of("kargo-main")).contains(WORD);
        assertThat(reports).isEmpty();
    }

    @Test
    void a_file_that_can_not_be_read_at_all_stops_the_start() throws IOException {
        Files.createDirectory(file);
        assertThatThrownBy(this::open).isInstanceOf(IOException.class);
    }

    @Test
    void a_word_that_could_not_be_written_does_not_count() throws IOException {
        Path gone = Files.createDirectory(directory.resolve("gone"));
        Confirmations confirmations = Confirmations.open(gone.resolve("confirmations.json"), reports::add);
        Files.delete(gone);
        assertThatThrownBy(() -> confirmations.keep("kargo-main", WORD, _ -> {}))
                .isInstanceOf(IOException.class);
        assertThat(confirmations.of("kargo-main")).isEmpty();
    }
}
