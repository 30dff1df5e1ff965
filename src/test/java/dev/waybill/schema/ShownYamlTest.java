package dev.waybill.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.cli.EditorSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever YAML the pages show passes the schemas.
class ShownYamlTest {
    private static final Pattern NAMED = Pattern.compile("(?s)```yaml\\n# (\\S+)\\n(.*?)```");
    private static final Pattern ANY = Pattern.compile("(?s)```yaml\\n(.*?)```");
    private static final Pattern PLAYBOOK = Pattern.compile("(?s)```yaml playbook\\n(.*?)```");

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "src/main/resources/kits/webhook/README.md"})
    void a_file_that_is_named_passes(String page) throws IOException {
        for (MatchResult block : blocks(NAMED, Path.of(page))) {
            ShippedFilesTest.schema(Path.of(block.group(1)))
                    .ifPresent(schema -> passes(schema, block.group(2), page + ", " + block.group(1)));
        }
    }

    @Test
    void every_playbook_of_its_page_and_of_the_corner_cases_passes() throws IOException {
        try (Stream<Path> cases = Files.list(Path.of("src/test/resources/playbook"))) {
            for (Path page :
                    Stream.concat(Stream.of(Path.of("docs/playbook.md")), cases).toList()) {
                for (MatchResult block : blocks(PLAYBOOK, page)) {
                    String playbook = block.group(1);
                    passes(EditorSchema.PLAYBOOK, playbook, page + "\n" + playbook);
                    passes(
                            EditorSchema.INTEGRATION,
                            "kit: kargo\nparameters: {PARTNER_ID: a}\nplaybook:\n" + playbook.indent(2),
                            page + "\n" + playbook);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/kits.md", "src/main/resources/kits/webhook/README.md"})
    void a_kit_its_playbook_and_a_part_of_it_pass(String page) throws IOException {
        for (MatchResult block : blocks(ANY, Path.of(page))) {
            String yaml = block.group(1);
            if (yaml.startsWith("# ")) {
                continue; // see a_file_that_is_named_passes
            }
            if (yaml.startsWith("events:")) {
                passes(EditorSchema.PLAYBOOK, yaml, yaml);
            } else if (yaml.startsWith("name:")) {
                passes(EditorSchema.KIT, yaml, yaml);
            } else {
                passes(
                        EditorSchema.KIT,
                        "name: a\ntitle: A\ndescription: B\nrequest: {url: c, outputs: [{key: d}]}\n" + yaml,
                        yaml);
            }
        }
    }

    private static void passes(EditorSchema schema, String yaml, String what) {
        assertThat(Validation.faults(schema, yaml)).as(what).isEmpty();
    }

    private static List<MatchResult> blocks(Pattern pattern, Path page) throws IOException {
        List<MatchResult> blocks =
                pattern.matcher(Files.readString(page)).results().toList();
        assertThat(blocks).as("blocks of %s", page).isNotEmpty();
        return blocks;
    }
}
