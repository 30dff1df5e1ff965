package dev.waybill.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsentCategoriesTest {
    private static final String FILE =
            "kit: kargo\nparameters: {PARTNER_ID: p-1, ENDPOINT: https://kargo.example/events}\n";
    private static final String ALLOWED =
            "; allowed: the name of a consent category such as C0004 or Advertising, of at"
                    + " most 100 characters, or a list of at most 20 names";

    @Test
    void an_integration_names_one_category_or_several_or_none() {
        assertThat(categories("")).isEmpty();
        assertThat(categories("consent: {category: null}")).isEmpty();
        assertThat(categories("consent: {category: []}")).isEmpty();
        assertThat(categories("consent: {category: C0004}")).containsExactly("C0004");
        assertThat(categories("consent: {category: 4}")).containsExactly("4");
        assertThat(categories("consent: {category: [' C0004 ', Advertising, C0004]}"))
                .containsExactly("C0004", "Advertising");
        assertThat(categories("consent: {category: " + "😀".repeat(100) + "}")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{category: ' '} | consent.category: found ' 'A",
                "{category: [C0004, '']} | consent.category[1]: found ''A",
                "{category: [[C0004]]} | consent.category[0]: found a listA",
                "{category: {C0004: true}} | consent.category: found a mappingA",
                "{category: LONG} | consent.category: found 'LONG'A",
                "{category: MANY} | consent.category: found a list of 21A",
                "{category: '${C}'} | consent.category: found '${C}'; here no variable is filled in, so write the name"
                        + " itself",
                "{categories: C0004} | consent.categories: 'categories' is no known key here; allowed: category, purposes. Did you"
                        + " mean 'category'?",
            })
    void what_could_switch_off_what_it_was_meant_to_switch_on_is_a_problem(String consent, String problem) {
        String many = String.join(", ", Collections.nCopies(21, "C"));
        String yaml =
                FILE + "consent: " + consent.replace("LONG", "x".repeat(101)).replace("MANY", "[" + many + "]");

        assertThat(Kits.problemsOf(yaml))
                .containsExactly(
                        "1.yaml:3: " + problem.replaceAll("A$", ALLOWED).replace("LONG", "x".repeat(101)));
    }

    private static List<String> categories(String consent) {
        return Kits.compiled(FILE + consent, Kits.NO_VARIABLES).consentCategories();
    }
}
