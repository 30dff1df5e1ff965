package dev.waybill.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Problem;
import dev.waybill.config.Problems;
import dev.waybill.config.Section;
import dev.waybill.config.YamlFile;
import dev.waybill.docs.SettingsTable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// docs/settings.md says of an integration's file what its reader does.
class SettingsDocsTest {
    private final SettingsTable table = new SettingsTable(
            "integrations/NAME/NUMBER.yaml",
            Map.of(
                    "kit", "kargo",
                    "parameters.PARTNER_ID", "p-1",
                    "parameters.ENDPOINT", "https://kargo.example/events"),
            SettingsDocsTest::problems);

    @Test
    void every_key_is_told_and_no_other() {
        table.listsExactlyTheKeysOfTheReader(Set.of("playbook"));
        table.callsRequiredWhatIs();
    }

    @Test
    void the_defaults_told_are_the_defaults() {
        Integration bare = Kits.compiled(table.withoutDefaults(), Kits.NO_VARIABLES);
        Integration told = Kits.compiled(table.withDefaults(), Kits.NO_VARIABLES);
        assertThat(told.delivery()).isEqualTo(bare.delivery());
        assertThat(told.maxEventAge()).isEqualTo(bare.maxEventAge());
        assertThat(limits(table.withDefaults())).isEqualTo(limits(table.withoutDefaults()));
    }

    @Test
    void the_ranges_and_words_told_are_those_that_are_taken() {
        table.givesTheRangesThatTheReaderHolds();
        table.givesTheWordsThatTheReaderTakes();
    }

    private static List<Problem> problems(String text) {
        Problems problems = new Problems();
        IntegrationCompiler.compile("kargo-main", 1, root(text), Kits.NO_VARIABLES, problems);
        return problems.sorted();
    }

    private static LimitSettings limits(String text) {
        return LimitSettings.read(Section.of(root(text), new Problems()).section("limits"));
    }

    private static ConfigNode root(String text) {
        Problems problems = new Problems();
        return YamlFile.read("1.yaml", text, problems).orElseThrow(() -> new AssertionError(problems.sorted() + text));
    }
}
