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
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Whatever YAML Waybill ships, and whatever its tests take for right, passes the schemas.
class ShippedFilesTest {
    private static final Path FIXTURES = Path.of("src/test/resources/fixtures");

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
                .filter(file -> !file.startsWith(FIXTURES.resolve("mistakes")))
                .forEach(file -> files.put(file, ofFixture(file)));
        assertThat(files.values()).contains(EditorSchema.values());
        return files.entrySet().stream()
                .map(file -> DynamicTest.dynamicTest(
                        file.getKey().toString(),
                        () -> assertThat(Validation.faults(file.getValue(), text(file.getKey())))
                                .isEmpty()));
    }

    /// The demo puts its addresses into its files.
    private static String text(Path file) throws IOException {
        return Files.readString(file)
                .replace("{sandbox}", "http://127.0.0.1:9090")
                .replace("{idUrl}", "http://crb.localhost:9090/id")
                .replace("{origins}", "  - http://shop.localhost:8080");
    }

    private static Stream<Path> yaml(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).toList().stream();
        }
    }

    private static EditorSchema inWorkspace(Path file) {
        for (Path folder = file.getParent();
                folder != null && folder.getFileName() != null;
                folder = folder.getParent()) {
            switch (folder.getFileName().toString()) {
                case "pipelines" -> {
                    return EditorSchema.PIPELINE;
                }
                case "integrations" -> {
                    return EditorSchema.INTEGRATION;
                }
                default -> {}
            }
        }
        throw new AssertionError("no schema is known for " + file);
    }

    private static EditorSchema ofFixture(Path file) {
        return switch (String.valueOf(file.getFileName())) {
            case "integration.yaml" -> EditorSchema.INTEGRATION;
            case "kit.yaml" -> EditorSchema.KIT;
            case "playbook.yaml" -> EditorSchema.PLAYBOOK;
            case "waybill.yaml" -> EditorSchema.WAYBILL;
            default -> inWorkspace(file);
        };
    }

    /// The schema whose glob takes a file of a workspace.
    static Optional<EditorSchema> schema(Path file) {
        return Arrays.stream(EditorSchema.values())
                .filter(schema -> FileSystems.getDefault()
                        .getPathMatcher("glob:" + schema.files())
                        .matches(file))
                .findFirst();
    }
}
