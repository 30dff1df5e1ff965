package dev.waybill.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.cli.EditorSchema;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Whatever YAML Waybill ships or shows passes the schemas.
class ShippedFilesTest {
    private static final Path FIXTURES = Path.of("src/test/resources/fixtures");
    private static final Pattern SHOWN = Pattern.compile("(?s)```yaml\\n# (\\S+)\\n(.*?)```");

    @TestFactory
    Stream<DynamicTest> a_file_passes() throws IOException {
        Map<Path, EditorSchema> files = new TreeMap<>();
        for (Path folder : List.of(
                Path.of("docs/example-workspace"),
                Path.of("src/main/resources/demo/workspace"),
                Path.of("src/main/resources"))) {
            yaml(folder).forEach(file -> schema(folder.relativize(file)).ifPresent(schema -> files.put(file, schema)));
        }
        yaml(FIXTURES)
                .filter(file -> file.endsWith("integration.yaml"))
                .forEach(file -> files.put(file, EditorSchema.INTEGRATION));
        assertThat(files.values()).contains(EditorSchema.values());
        return files.entrySet().stream()
                .map(file -> DynamicTest.dynamicTest(
                        file.getKey().toString(),
                        () -> assertThat(Validation.faults(file.getValue(), text(file.getKey())))
                                .isEmpty()));
    }

    @Test
    void what_the_readme_shows_passes() throws IOException {
        List<MatchResult> shown =
                SHOWN.matcher(Files.readString(Path.of("README.md"))).results().toList();
        assertThat(shown).isNotEmpty();
        for (MatchResult block : shown) {
            schema(Path.of(block.group(1)))
                    .ifPresent(schema -> assertThat(Validation.faults(schema, block.group(2)))
                            .as(block.group(1))
                            .isEmpty());
        }
    }

    /// The demo puts the sandbox's address into its files.
    private static String text(Path file) throws IOException {
        return Files.readString(file).replace("{sandbox}", "http://127.0.0.1:9090");
    }

    private static Stream<Path> yaml(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).toList().stream();
        }
    }

    /// The schema whose glob takes a file of a workspace.
    private static Optional<EditorSchema> schema(Path file) {
        return Arrays.stream(EditorSchema.values())
                .filter(schema -> FileSystems.getDefault()
                        .getPathMatcher("glob:" + schema.files())
                        .matches(file))
                .findFirst();
    }
}
