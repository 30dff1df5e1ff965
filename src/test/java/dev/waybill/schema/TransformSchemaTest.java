package dev.waybill.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.cli.EditorSchema;
import dev.waybill.docs.DocTable;
import dev.waybill.transform.TransformKind;
import dev.waybill.transform.TransformShapes;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// An editor takes and marks of transforms what their reader takes and refuses.
class TransformSchemaTest {
    private static final List<String> OPTIONS = List.of(
            "",
            "''",
            "' '",
            "a",
            "US",
            "us",
            "sha256",
            "sha-256",
            "seconds",
            "second",
            "host",
            "hosts",
            "0",
            "-1",
            "20",
            "21",
            "1.5",
            "true",
            "[]",
            "[a]",
            "{}",
            "{a: b}",
            "{find: a, with: ''}",
            "{find: '', with: a}",
            "{find: a}",
            "{find: a, with: [b]}",
            "{find: a, with: b, wiht: c}",
            "{start: -1000000}",
            "{start: -1000001}",
            "{length: 1}",
            "{length: 0}",
            "{start: a}",
            "{start: 1, length: }",
            "{query: a}",
            "{query: ''}",
            "{query: [a]}",
            "{pattern: (a), with: $1}",
            "{pattern: (a), with: }",
            "{pattern: (a)}",
            "{pattern: (a), group: 1}",
            "{pattern: (a), group: -1}",
            "{pattern: '', group: 0}",
            "{table: {a: b, c: 1, d: true, e: }}",
            "{table: {a: [b]}}",
            "{table: [a]}",
            "{table: {a: b}, default: 1, ignoreCase: true}",
            "{table: {a: b}, default: [b]}",
            "{table: {a: b}, ignoreCase: maybe}");

    /// What only the reader can tell: that one of two options is needed, and that no country is a number.
    private static final Pattern BEYOND_A_SCHEMA = Pattern.compile("\\{(substring: \\{}|normalizePhone: [-.0-9]+)}");

    @ParameterizedTest
    @EnumSource
    void a_transform_is_marked_when_its_reader_refuses_it(TransformKind kind) {
        agree(kind.word());
        OPTIONS.forEach(options -> agree("{" + kind.word() + ": " + options + "}"));
    }

    private static void agree(String transform) {
        boolean refused = !TransformShapes.problems("[" + transform + "]").isEmpty();
        if (refused && BEYOND_A_SCHEMA.matcher(transform).matches()) {
            return;
        }
        assertThat(!faults(transform).isEmpty())
                .as("%s is marked; its reader says %s", transform, TransformShapes.problems("[" + transform + "]"))
                .isEqualTo(refused);
    }

    @ParameterizedTest
    @EnumSource
    void what_the_page_shows_is_not_marked(TransformKind kind) {
        Set<String> shown = new TreeSet<>();
        DocTable.of("docs/transforms.md", kind.word())
                .rows()
                .forEach(row -> shown.add(DocTable.code(row.getFirst()).replace("\\|", "|")));
        assertThat(shown)
                .isNotEmpty()
                .allSatisfy(list -> assertThat(faultsOf(list)).as(list).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"trimm", "Trim", "hash", "{hsh: sha256}", "{trim: , hash: md5}", "{}", "[trim]", "1", "true", "~"
            })
    void what_is_no_transform_is_marked(String item) {
        assertThat(TransformShapes.problems("[" + item + "]")).isNotEmpty();
        assertThat(faults(item)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"trim", "{trim: }", "1"})
    void what_is_no_list_is_marked(String transforms) {
        assertThat(faultsOf(transforms)).isNotEmpty();
    }

    private static List<String> faults(String transform) {
        return faultsOf("[" + transform + "]");
    }

    private static List<String> faultsOf(String transforms) {
        String mapping = "{output: a, input: b, transforms: " + transforms + "}";
        return Validation.faults(EditorSchema.PLAYBOOK, "global: {mappings: [" + mapping + "]}");
    }
}
