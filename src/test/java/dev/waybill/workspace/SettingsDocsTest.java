package dev.waybill.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Problem;
import dev.waybill.config.Problems;
import dev.waybill.config.YamlFile;
import dev.waybill.docs.SettingsTable;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// docs/settings.md says of `waybill.yaml` and of pipelines what their readers do.
class SettingsDocsTest {
    private final SettingsTable settings = new SettingsTable("waybill.yaml", Map.of(), text -> {
        Problems problems = new Problems();
        settings(text, problems);
        return problems.sorted();
    });

    private final SettingsTable pipeline = new SettingsTable(
            "pipelines/NAME.yaml",
            Map.of("writeKey", "wk_web", "integrations[].integration", "kargo-main", "integrations[].revision", "1"),
            text -> {
                Problems problems = new Problems();
                pipeline(text, problems);
                return problems.sorted();
            });

    @Test
    void every_key_of_waybill_yaml_is_told_and_no_other() {
        settings.listsExactlyTheKeysOfTheReader(Set.of());
    }

    @Test
    void every_key_of_a_pipeline_is_told_and_no_other() {
        pipeline.listsExactlyTheKeysOfTheReader(Set.of("filters"));
        pipeline.callsRequiredWhatIs();
    }

    @Test
    void the_defaults_told_are_the_defaults() throws ReflectiveOperationException {
        assertThat(settings(settings.withDefaults(), new Problems())).isEqualTo(Settings.DEFAULT);
        for (String key : settings.unset()) {
            assertThat(value(Settings.DEFAULT, key)).as(key).isNull();
        }
        Pipeline bare = pipeline(pipeline.withoutDefaults(), new Problems());
        assertThat(pipeline(pipeline.withDefaults(), new Problems())).isEqualTo(bare);
        for (String key : pipeline.unset()) {
            assertThat(value(bare, key)).as(key).isNull();
        }
    }

    @Test
    void the_ranges_and_words_told_are_those_that_are_taken() {
        List.of(settings, pipeline).forEach(table -> {
            table.givesTheRangesThatTheReaderHolds();
            table.givesTheWordsThatTheReaderTakes();
        });
    }

    private static Settings settings(String text, Problems problems) {
        return new SettingsReader(problems).read(root("waybill.yaml", text, problems));
    }

    private static Pipeline pipeline(String text, Problems problems) {
        return new PipelineReader(problems).read("web", root("pipelines/web.yaml", text, problems));
    }

    private static ConfigNode root(String file, String text, Problems problems) {
        return YamlFile.read(file, text, problems).orElseThrow(() -> new AssertionError(problemsOf(problems, text)));
    }

    private static String problemsOf(Problems problems, String text) {
        return problems.sorted().stream().map(Problem::toString).toList() + " in\n" + text;
    }

    /// The value of nested record components: `log.maxBytes`.
    private static Object value(Record record, String path) throws ReflectiveOperationException {
        Object at = record;
        for (String name : path.split("\\.", -1)) {
            RecordComponent component = Arrays.stream(at.getClass().getRecordComponents())
                    .filter(each -> each.getName().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no component " + path));
            component.getAccessor().setAccessible(true);
            at = component.getAccessor().invoke(at);
        }
        return at;
    }
}
