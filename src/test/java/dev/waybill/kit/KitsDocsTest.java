package dev.waybill.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Problem;
import dev.waybill.config.Problems;
import dev.waybill.config.YamlFile;
import dev.waybill.docs.SettingsTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// docs/kits.md says of a kit's file what its reader does, and what the pages on kits show is right.
class KitsDocsTest {
    private static final Pattern YAML = Pattern.compile("(?s)```yaml\\n(.*?)```");

    private final SettingsTable table = new SettingsTable(
            "docs/kits.md",
            "kit.yaml",
            Map.of(
                    "name", "acme",
                    "title", "Acme",
                    "description", "Takes events.",
                    "parameters[].name", "KEY",
                    "parameters[].description", "your key",
                    "request.url", "https://acme.example/$$KEY$$",
                    "request.outputs[].key", "id"),
            KitsDocsTest::problems);

    @Test
    void every_key_is_told_and_no_other() {
        table.listsExactlyTheKeysOfTheReader(Set.of());
        table.callsRequiredWhatIs();
    }

    @Test
    void the_ranges_and_words_told_are_those_that_are_taken() {
        table.givesTheRangesThatTheReaderHolds();
        table.givesTheWordsThatTheReaderTakes();
    }

    @Test
    void the_destination_shown_is_added_in_fifteen_lines() throws IOException {
        String kit = examples("src/main/resources/kits/webhook/README.md").stream()
                .filter(yaml -> yaml.startsWith("name: "))
                .findFirst()
                .orElseThrow();

        assertThat(kit.lines()).hasSize(15);
        assertThat(problems(kit)).isEmpty();
    }

    @Test
    void the_verdicts_that_are_told_as_defaults_are_the_defaults() throws IOException {
        String page = Files.readString(Path.of("docs/kits.md"));
        for (Verdict verdict : Verdict.values()) {
            String word = verdict.name().toLowerCase(java.util.Locale.ROOT);
            String told = Pattern.compile("\\| `verdict." + word + "` \\| `\\[(.*?)]` ")
                    .matcher(page)
                    .results()
                    .map((MatchResult row) -> row.group(1))
                    .findFirst()
                    .orElseThrow();
            String none = bare("");
            for (String status : told.split(", ", -1)) {
                int code = Integer.parseInt(status.replace("xx", "99"));
                assertThat(kit(none).verdicts().judge(new Answer(code, Map.of(), "")))
                        .as(status)
                        .isEqualTo(verdict);
            }
        }
    }

    @Test
    void the_verdict_that_is_shown_is_read() throws IOException {
        List<String> examples = examples("docs/kits.md");

        assertThat(examples).hasSize(1);
        assertThat(problems(bare(examples.getFirst()))).isEmpty();
    }

    private static String bare(String more) {
        return "name: acme\ntitle: Acme\ndescription: d\nrequest: {url: 'https://acme.example/', outputs: [{key: id}]}\n"
                + more;
    }

    private static List<String> examples(String page) throws IOException {
        return YAML.matcher(Files.readString(Path.of(page)))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }

    private static Kit kit(String text) {
        return KitReader.read(root(text), new ConfigNode.Empty("playbook.yaml", "", 0), new Problems())
                .orElseThrow();
    }

    private static List<Problem> problems(String text) {
        Problems problems = new Problems();
        KitReader.read(root(text), new ConfigNode.Empty("playbook.yaml", "", 0), problems);
        return problems.sorted();
    }

    private static ConfigNode root(String text) {
        Problems problems = new Problems();
        return YamlFile.read("kit.yaml", text, problems)
                .orElseThrow(() -> new AssertionError(problems.sorted() + text));
    }
}
