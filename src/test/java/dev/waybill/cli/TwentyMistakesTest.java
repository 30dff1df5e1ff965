package dev.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// A workspace with some seventy different mistakes; what `check` is to say of them stands in its `expected.txt`.
class TwentyMistakesTest {
    private static final Path WORKSPACE = Path.of("src/test/resources/fixtures/mistakes");

    @Test
    void check_tells_all_mistakes_of_all_files_in_one_run_each_with_its_line_path_and_what_is_allowed()
            throws IOException {
        StringWriter out = new StringWriter();

        int status = new CommandLine(new CheckCommand())
                .setOut(new PrintWriter(out))
                .execute("--workspace", WORKSPACE.toString());

        List<String> told = out.toString().lines().toList();
        assertThat(told).containsExactlyElementsOf(Files.readAllLines(WORKSPACE.resolve("expected.txt")));
        assertThat(status).isEqualTo(1);
        assertThat(told.stream().filter(line -> line.contains("Did you mean"))).hasSizeGreaterThan(15);
    }
}
