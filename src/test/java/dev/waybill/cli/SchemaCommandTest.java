package dev.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.docs.DocTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SchemaCommandTest {
    private static final Pattern MAPPED = Pattern.compile("\\.schemas/(\\w+)\\.schema\\.json\\W+?/([^'\"]+)['\"]");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void without_a_name_all_are_listed_with_their_files() {
        assertThat(run()).isZero();

        assertThat(out.toString().lines())
                .hasSize(5)
                .contains("waybill      waybill.yaml", "integration  integrations/*/*.yaml");
    }

    @Test
    void one_is_printed_as_it_lies_in_the_jar() {
        assertThat(run("pipeline")).isZero();

        assertThat(out.toString())
                .isEqualTo(EditorSchema.PIPELINE.text())
                .startsWith("{\n  \"$schema\": \"http://json-schema.org/draft-07/schema#\"")
                .endsWith("}\n");
    }

    @Test
    void all_are_written_into_a_directory_that_need_not_be_there() throws IOException {
        Path below = folder.resolve("a/b");

        assertThat(run("--write", below.toString())).isZero();

        for (EditorSchema schema : EditorSchema.values()) {
            assertThat(below.resolve(schema.fileName())).hasBinaryContent(schema.bytes());
        }
        assertThat(out.toString()).contains(below.resolve("kit.schema.json").toString());
        try (Stream<Path> files = Files.list(below)) {
            assertThat(files).hasSize(EditorSchema.values().length);
        }
    }

    @Test
    void an_unknown_name_is_told_with_the_known_ones() {
        assertThat(run("pipelines")).isEqualTo(2);

        assertThat(err.toString())
                .contains("there is no schema 'pipelines'; allowed: waybill, pipeline, integration, kit, playbook."
                        + " Did you mean 'pipeline'?");
    }

    @Test
    void a_name_and_a_directory_together_are_wrong_use() {
        assertThat(run("kit", "--write", folder.toString())).isEqualTo(2);

        assertThat(err.toString()).contains("'kit' and --write exclude each other; --write writes all");
    }

    @Test
    void the_docs_list_every_schema_and_map_it_to_its_files_everywhere() throws IOException {
        List<List<String>> schemas = Arrays.stream(EditorSchema.values())
                .map(schema -> List.of(schema.word(), schema.files()))
                .toList();

        assertThat(DocTable.of("docs/editor.md", "Help in your editor").rows().stream()
                        .map(row -> row.stream().map(DocTable::code).toList()))
                .isEqualTo(schemas);
        List<List<String>> mapped = MAPPED.matcher(Files.readString(Path.of("docs/editor.md")))
                .results()
                .map(found -> List.of(found.group(1), found.group(2)))
                .toList();
        assertThat(mapped).hasSize(2 * schemas.size());
        assertThat(mapped.subList(0, schemas.size())).isEqualTo(schemas);
        assertThat(mapped.subList(schemas.size(), mapped.size())).isEqualTo(schemas);
    }

    private int run(String... arguments) {
        return new CommandLine(new SchemaCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
