package dev.waybill.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.config.Problem;
import dev.waybill.config.Problems;
import dev.waybill.config.YamlFile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearDuplicateNamesTest {
    private static final String APART = "; the destination counts them apart";

    @ParameterizedTest
    @CsvSource({
        "signup, sign_up",
        "signup, Sign-Up",
        "signup, SIGN UP",
        "sign.up, sign/up",
        "newsletter_signups, newsletter_signup",
        "orders_refunded, Order Refunded",
        "größe_ändern, GRÖßE ÄNDERN",
    })
    void names_that_differ_in_case_separators_or_plural_only_are_told(String one, String two) {
        assertThat(warnings(custom("One", one) + custom("Two", two)))
                .containsExactly("1.yaml:6: warning: playbook.events.Two: the output name '" + two + "' looks like '"
                        + one + "' of the event 'One' in line 5" + APART);
    }

    @ParameterizedTest
    @CsvSource({
        "signup, signup",
        "signup, sign_out",
        "clas, class",
        "gas, ga",
        "?!, !?",
        "登録, 登録s",
        "step_1, step_2",
    })
    void other_names_and_one_name_for_two_events_are_not(String one, String two) {
        assertThat(warnings(custom("One", one) + custom("Two", two))).isEmpty();
    }

    @Test
    void the_kits_own_events_and_names_that_go_out_unchanged_count_too() {
        assertThat(warnings(custom("Looked", "productViewed")
                        + "    Carts Viewed: {mappings: [{output: params, input: properties}]}\n"))
                .contains(
                        "1.yaml:5: warning: playbook.events.Looked: the output name 'productViewed' looks like"
                                + " 'product_viewed' of the kit's own event 'product_viewed'" + APART,
                        "1.yaml:6: warning: playbook.events.Carts Viewed: the output name 'carts_viewed' looks like"
                                + " 'cart_viewed' of the kit's own event 'cart_viewed'" + APART);
    }

    @Test
    void an_event_that_is_not_sent_and_a_name_that_comes_from_the_event_are_passed_over() {
        assertThat(warnings(custom("One", "sign_up")
                        + "    signup: {send: false}\n"
                        + "    product_viewed: {send: false}\n"
                        + custom("Three", "ProductViewed")
                        + "    Sign-Up:\n      mappings: [{output: event, input: properties.name}]\n"))
                .isEmpty();
    }

    @Test
    void the_kit_as_it_is_holds_no_near_duplicates() {
        assertThat(warnings("    identify: {send: false}\n")).isEmpty();
    }

    private static String custom(String event, String output) {
        return "    %s: {enrichments: [{output: event, value: '%s'}]}\n".formatted(event, output);
    }

    private static List<String> warnings(String events) {
        Problems problems = new Problems();
        String yaml = """
                kit: kargo
                parameters: {PARTNER_ID: p-1, ENDPOINT: https://kargo.example/events}
                playbook:
                  events:
                """ + events;
        assertThat(IntegrationCompiler.compile(
                        "kargo-main",
                        1,
                        YamlFile.read("1.yaml", yaml, problems).orElseThrow(),
                        Kits.NO_VARIABLES,
                        problems))
                .as("%s", problems.sorted())
                .isPresent();
        return problems.sorted().stream().map(Problem::toString).toList();
    }
}
