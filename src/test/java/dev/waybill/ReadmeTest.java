package dev.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.config.Problems;
import dev.waybill.config.Variables;
import dev.waybill.docs.DocTable;
import dev.waybill.kit.IntegrationCompiler;
import dev.waybill.workspace.WorkspaceReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// README and docs hold: links lead somewhere, commands exist, the example workspace is the one that is shown.
class ReadmeTest {
    private static final Path EXAMPLE = Path.of("docs/example-workspace");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");
    private static final Pattern COMMAND = Pattern.compile("(?m)(?:^|`)\\./waybill ([^`\\n#]+)");
    private static final Pattern YAML = Pattern.compile("(?s)```yaml\\n# (\\S+)\\n(.*?)```");

    @Test
    void every_link_between_files_leads_to_one() throws IOException {
        for (Path page : pages()) {
            for (MatchResult link :
                    LINK.matcher(Files.readString(page)).results().toList()) {
                if (!link.group(1).matches("[a-z]+:.*")) {
                    assertThat(page.resolveSibling(link.group(1)))
                            .as("linked in %s", page)
                            .exists();
                }
            }
        }
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> top = Files.list(Path.of(""));
                Stream<Path> docs = Files.walk(Path.of("docs"));
                Stream<Path> resources = Files.walk(Path.of("src/main/resources"))) {
            return Stream.of(top, docs, resources)
                    .flatMap(files -> files)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }

    @Test
    void every_command_shown_names_a_verb_and_its_options() throws IOException {
        for (Path page : pages()) {
            for (MatchResult command :
                    COMMAND.matcher(Files.readString(page)).results().toList()) {
                exists(page, Arrays.asList(command.group(1).strip().split("\\s+", -1)));
            }
        }
    }

    private static void exists(Path page, List<String> words) {
        CommandLine at = Main.commandLine();
        for (String word : words) {
            if (at.getSubcommands().containsKey(word)) {
                at = at.getSubcommands().get(word);
            } else if (word.startsWith("--")) {
                assertThat(at.getCommandSpec().optionsMap())
                        .as("%s: ./waybill %s", page, String.join(" ", words))
                        .containsKey(word);
            } else if (at.getParent() == null) {
                assertThat(word)
                        .as("%s: a verb in ./waybill %s", page, String.join(" ", words))
                        .isEqualTo("VERB");
                return;
            }
        }
    }

    @Test
    void the_table_of_verbs_is_whole() {
        Set<String> verbs = Main.commandLine().getSubcommands().keySet();
        assertThat(DocTable.of("README.md", "Verbs").firstCells()).containsExactlyElementsOf(verbs);
    }

    @Test
    void the_workspace_shown_is_the_example_to_the_letter() throws IOException {
        Set<String> shown = new TreeSet<>();
        for (MatchResult file :
                YAML.matcher(Files.readString(Path.of("README.md"))).results().toList()) {
            shown.add(file.group(1));
            assertThat(file.group(2)).isEqualTo(Files.readString(EXAMPLE.resolve(file.group(1))));
        }
        assertThat(shown).isEqualTo(exampleFiles());
        assertThat(shown.stream().mapToInt(ReadmeTest::lines).sum()).isEqualTo(20);
    }

    private static Set<String> exampleFiles() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLE)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> EXAMPLE.relativize(file).toString())
                    .collect(Collectors.toSet());
        }
    }

    private static int lines(String file) {
        try {
            return Files.readAllLines(EXAMPLE.resolve(file)).size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void the_example_workspace_has_neither_problem_nor_warning() {
        Problems problems = new Problems();
        Variables none = new Variables() {
            @Override
            public Optional<String> environment(String name) {
                return Optional.empty();
            }

            @Override
            public Optional<String> secret(String name) {
                return Optional.empty();
            }
        };
        WorkspaceReader reader =
                new WorkspaceReader(IntegrationCompiler::compile, none, WorkspaceReader.Endpoints.REQUIRED);
        assertThat(reader.read(EXAMPLE, problems)).isPresent();
        assertThat(problems.sorted()).isEmpty();
    }
}
