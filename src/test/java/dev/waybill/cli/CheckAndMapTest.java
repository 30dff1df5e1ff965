package dev.waybill.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CheckAndMapTest {
    private static final String PAGE =
            "{\"type\":\"page\",\"context\":{\"providers\":{\"kargo\":{\"puid\":\"0b8e7c1e-5d2f-4a3b-9c1d-2e3f4a5b6c7d\"}}}}";

    @TempDir
    Path dir;

    private final ByteArrayOutputStream results = new ByteArrayOutputStream();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void map_answers_each_line_in_order_and_names_the_input_line_of_an_invalid_one() {
        String events = PAGE + "\n\n{\"type\":}\n[1]\n{\"type\":\"track\"}\n{\"type\":\"page\",\"x\":\""
                + "y".repeat(40_000) + "\"}\n{\"type\":\"page\"}";

        assertThat(map(events, "--kit", "kargo", "--param", "PARTNER_ID=p-1")).isZero();

        assertThat(lines().get(0))
                .startsWith(
                        "{\"outcome\":\"deliver\",\"event\":\"page\",\"request\":{\"method\":\"POST\",\"url\":null");
        assertThat(lines().get(1))
                .startsWith("{\"outcome\":\"invalid\",\"reason\":\"invalid_json\",\"detail\":\"line 3, column");
        assertThat(lines().get(2))
                .startsWith("{\"outcome\":\"invalid\",\"reason\":\"not_an_object\",\"detail\":\"line 4");
        assertThat(lines().get(3))
                .startsWith("{\"outcome\":\"invalid\",\"reason\":\"missing_field\",\"detail\":\"line 5");
        assertThat(lines().get(4)).contains("too_large", "line 6: the event is 40", "32768 are allowed");
        assertThat(lines().get(5))
                .isEqualTo("{\"outcome\":\"filtered\",\"reason\":\"missing_identity\",\"detail\":"
                        + "\"context.providers.kargo.puid is absent\",\"notices\":[]}");
        assertThat(lines()).hasSize(6);
    }

    @Test
    void map_with_a_workspace_answers_for_every_pin_and_shows_what_shadow_kept_back() throws IOException {
        workspace("[{integration: a, revision: 1}, {integration: b, revision: 1, mode: shadow}]");

        assertThat(map(PAGE, "--workspace", dir.toString(), "--pipeline", "web"))
                .isZero();

        assertThat(lines()).hasSize(2);
        assertThat(lines().get(0)).startsWith("{\"outcome\":\"deliver\",\"integration\":\"a\",\"revision\":1,");
        assertThat(lines().get(1))
                .startsWith("{\"outcome\":\"filtered\",\"integration\":\"b\",\"revision\":1,\"reason\":\"shadow\"")
                .contains("\"request\":{\"method\":\"POST\",\"url\":\"https://kargo.example/events\"");
    }

    @Test
    void map_refuses_wrong_use_with_2_and_a_broken_workspace_with_1() throws IOException {
        workspace("[{integration: a, revision: 1}]");

        assertThat(map("")).isEqualTo(2);
        assertThat(map("", "--workspace", dir.toString(), "--pipeline", "weeb")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no pipeline 'weeb'; pipelines: web. Did you mean 'web'?");
        assertThat(map("", "--kit", "kargoo")).isEqualTo(1);
        assertThat(err.toString()).contains("there is no kit 'kargoo'");
    }

    @Test
    void check_prints_each_problem_and_a_summary_and_answers_with_its_exit_status() throws IOException {
        workspace("[{integration: a, revision: 1}]");
        assertThat(check("--workspace", dir.toString())).isZero();
        assertThat(out.toString()).endsWith(dir + ": no problems, 3 warnings." + System.lineSeparator());

        workspace("[{integration: a, revision: 2}]");
        assertThat(check("--workspace", dir.toString())).isEqualTo(1);
        assertThat(out.toString())
                .contains("pipelines/web.yaml:2: integrations[0].revision: found 2;")
                .contains(dir + ": 1 problem, ");
    }

    private void workspace(String pins) throws IOException {
        String revision = "kit: kargo\nparameters: {PARTNER_ID: p-1, ENDPOINT: https://kargo.example/events}\n";
        write("pipelines/web.yaml", "writeKey: wk\nintegrations: " + pins + "\n");
        write("integrations/a/1.yaml", revision);
        write("integrations/b/1.yaml", revision);
    }

    private void write(String path, String text) throws IOException {
        Files.createDirectories(dir.resolve(path).getParent());
        Files.writeString(dir.resolve(path), text);
    }

    private int map(String events, String... options) {
        return execute(new MapCommand(new ByteArrayInputStream(events.getBytes(UTF_8)), results), options);
    }

    private int check(String... options) {
        return execute(new CheckCommand(), options);
    }

    private int execute(Object command, String... options) {
        return new CommandLine(command)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .execute(options);
    }

    private List<String> lines() {
        return results.toString(UTF_8).lines().toList();
    }
}
