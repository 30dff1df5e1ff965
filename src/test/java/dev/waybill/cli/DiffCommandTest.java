package dev.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DiffCommandTest {
    private static final Path WORKSPACE = Path.of("src/test/resources/fixtures/diff");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void a_change_is_told_by_what_it_means_and_once_for_all_events_that_it_touches() throws IOException {
        assertThat(diff("k", 1, 2)).isZero();

        assertThat(out.toString()).isEqualTo(Files.readString(WORKSPACE.resolve("expected.txt")));
        assertThat(Files.readString(Path.of("docs/testing.md"))).contains(out.toString());
    }

    @Test
    void order_quotes_comments_spelling_and_defaults_that_are_written_out_make_no_difference() {
        assertThat(diff("k", 2, 3)).isZero();

        assertThat(out).hasToString("k: revisions 2 and 3 mean the same%n".formatted());
    }

    @Test
    void a_revision_that_is_not_there_is_wrong_use_and_the_known_ones_are_named() {
        assertThat(diff("k", 1, 9)).isEqualTo(2);

        assertThat(err.toString()).contains("there is no integrations/k/9.yaml; revisions: k/1, k/2, k/3");
    }

    private int diff(String integration, int from, int to) {
        return new CommandLine(new DiffCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(
                        "--workspace",
                        WORKSPACE.toString(),
                        "--integration",
                        integration,
                        "--from",
                        String.valueOf(from),
                        "--to",
                        String.valueOf(to));
    }
}
