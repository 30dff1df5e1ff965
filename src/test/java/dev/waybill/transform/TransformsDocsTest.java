package dev.waybill.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.config.Problems;
import dev.waybill.config.YamlFile;
import dev.waybill.docs.DocTable;
import dev.waybill.json.Json;
import dev.waybill.json.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every row of docs/transforms.md is what the code does, and the page tells of every transform.
class TransformsDocsTest {
    private static final String PAGE = "docs/transforms.md";
    private static final int ROWS = 4;

    @TestFactory
    Stream<DynamicTest> every_row_is_what_happens() {
        return Arrays.stream(TransformKind.values())
                .flatMap(kind -> rows(kind).stream()
                        .map(row -> DynamicTest.dynamicTest(String.join(" ", row), () -> holds(row))));
    }

    private static void holds(List<String> row) {
        String in = row.get(1);
        String out = row.get(2);
        List<String> notices = new ArrayList<>();
        Json value = JsonText.read(in);
        for (Transform transform : transforms(row.getFirst())) {
            value = value == null || value instanceof Json.Null ? null : transform.apply(value, notices::add);
        }
        assertThat(value == null ? "-" : JsonText.write(value))
                .as(String.join(" ", row))
                .isEqualTo(out.equals("-") ? "-" : JsonText.write(JsonText.read(out)));
        assertThat(String.join("; ", notices)).as(String.join(" ", row)).isEqualTo(row.get(3));
    }

    private static List<Transform> transforms(String yaml) {
        Problems problems = new Problems();
        List<Transform> transforms =
                TransformReader.read(YamlFile.read(PAGE, yaml, problems).orElseThrow(), problems);
        assertThat(problems.sorted()).isEmpty();
        return transforms;
    }

    @Test
    void the_page_tells_of_every_transform_in_the_order_of_the_code() {
        assertThat(lines().filter(line -> line.startsWith("## ")).map(line -> line.substring(3)))
                .containsExactlyElementsOf(TransformKind.words());
    }

    @ParameterizedTest
    @EnumSource
    void each_has_its_sentence_its_options_and_enough_rows(TransformKind kind) {
        List<String> section = lines().dropWhile(line -> !line.equals("## " + kind.word()))
                .skip(2)
                .takeWhile(line -> !line.startsWith("## "))
                .toList();
        assertThat(section.getFirst()).isEqualTo(kind.description());
        assertThat(section.stream().filter(line -> line.startsWith("- ")))
                .containsExactlyElementsOf(
                        kind.options().stream().map(TransformsDocsTest::line).toList());
        assertThat(rows(kind)).hasSizeGreaterThanOrEqualTo(ROWS);
        assertThat(rows(kind)).allSatisfy(row -> assertThat(row.getFirst()).contains(kind.word()));
    }

    private static String line(TransformOption option) {
        String name = option.name().isEmpty() ? "its value" : "`" + option.name() + "`";
        return "- " + name + (option.required() ? "" : " (optional)") + ": " + option.meaning();
    }

    private static List<List<String>> rows(TransformKind kind) {
        return DocTable.of(PAGE, kind.word()).rows().stream()
                .map(row -> row.stream()
                        .map(cell -> DocTable.code(cell).replace("\\|", "|"))
                        .toList())
                .toList();
    }

    private static Stream<String> lines() {
        try {
            return Files.readAllLines(Path.of(PAGE)).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
