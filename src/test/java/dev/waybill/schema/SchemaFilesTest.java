package dev.waybill.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.cli.EditorSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The schemas that are shipped are those that the readers and the docs give.
class SchemaFilesTest {
    private static final Path FOLDER = Path.of("src/main/resources/schemas");

    @ParameterizedTest
    @EnumSource
    void a_schema_is_what_the_reader_asks_for(EditorSchema schema) throws IOException {
        String made = IndentedJson.of(Schemas.of(schema));
        Path file = FOLDER.resolve(schema.fileName());
        if (Boolean.getBoolean("waybill.update")) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, made);
        }
        assertThat(Files.exists(file) ? Files.readString(file) : "")
                .as(
                        "%s is no longer what its reader and docs/settings.md say: run with -Dwaybill.update=true (./verify"
                                + " -Dtest=SchemaFilesTest -Dwaybill.update=true)",
                        file)
                .isEqualTo(made);
    }
}
