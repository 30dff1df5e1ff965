package dev.waybill.consent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.docs.DocTable;
import dev.waybill.event.Event;
import dev.waybill.event.EventType;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.workspace.Pipeline.Consent;
import dev.waybill.workspace.Pipeline.Scope;
import dev.waybill.workspace.Pipeline.Signals;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// docs/consent.md says what the rules do.
class ConsentDocsTest {
    private static final String DOCS = "docs/consent.md";

    static Stream<List<String>> examples() {
        return DocTable.of(DOCS, "Examples").rows().stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void every_example_ends_as_told(List<String> row) {
        Scope scope = Scope.valueOf(DocTable.code(row.get(0)).toUpperCase(Locale.ROOT));
        String categories = DocTable.code(row.get(1));
        Consent consent = new Consent(
                scope,
                categories.equals("none") ? List.of() : List.of(categories.split(", ", -1)),
                new Signals(true, true, true, true));
        String json = "{\"context\": " + DocTable.code(row.get(2)) + "}";
        Event event = new Event(EventType.PAGE, "m-1", 0, false, null, (JsonObject) JsonText.read(json));

        assertThat(Plain.decide(event, consent).orElse("sent")).isEqualTo(DocTable.code(row.get(3)));
    }

    @Test
    void every_rule_is_told_in_the_order_in_which_they_are_asked() {
        assertThat(DocTable.of(DOCS, "Rules").firstCells())
                .containsExactly("gpc", "tcf", "gpp", "usp", "category", "scope", "withdrawn");
    }

    @Test
    void every_form_of_category_is_told() {
        assertThat(DocTable.of(DOCS, "Forms").firstCells())
                .containsExactlyElementsOf(Arrays.stream(CategoryForm.values())
                        .map(CategoryForm::key)
                        .toList());
    }
}
