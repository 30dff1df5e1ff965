package dev.waybill.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `consent.purposes` of an integration's file: fewer than the kit declares.
class ConsentPurposesTest {
    private static final String KARGO =
            "kit: kargo\nparameters: {PARTNER_ID: p-1, ENDPOINT: https://kargo.example/events}\n";
    private static final String WEBHOOK = "kit: webhook\nparameters: {ENDPOINT: https://hooks.example/}\n";

    private static KitConsent consent(String more) {
        return Kits.compiled(KARGO + more, Kits.NO_VARIABLES).consent();
    }

    @Test
    void an_integration_that_says_nothing_needs_what_its_kit_declares() {
        KitConsent whole = new KitConsent(972, List.of(1, 2, 3, 4, 7, 9, 10));

        assertThat(consent("")).isEqualTo(whole);
        assertThat(consent("consent: {category: C0004}")).isEqualTo(whole);
        assertThat(consent("consent: {purposes: []}")).isEqualTo(whole);
    }

    @Test
    void it_may_need_fewer_in_any_order_and_of_the_same_vendor() {
        assertThat(consent("consent: {purposes: [7, 1, 7]}")).isEqualTo(new KitConsent(972, List.of(1, 7)));
        assertThat(consent("consent: {purposes: [2]}")).isEqualTo(new KitConsent(972, List.of(2)));
        assertThat(consent("consent: {purposes: ['10'], category: C0004}")).isEqualTo(new KitConsent(972, List.of(10)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[5] | consent.purposes: found purpose 5, which the kit doesn't declare; allowed: 1, 2, 3, 4, 7, 9, 10",
                "[1, 11, 8] | consent.purposes: found purpose 11, 8, which the kit doesn't declare; allowed: 1, 2, 3, 4, 7, 9,"
                        + " 10",
                "[0] | consent.purposes[0]: found '0'; allowed: a purpose of the framework, 1 to 11",
                "[1, 12] | consent.purposes[1]: found '12'; allowed: a purpose of the framework, 1 to 11",
                "[one] | consent.purposes[0]: found 'one'; allowed: a purpose of the framework, 1 to 11",
                "[1.0] | consent.purposes[0]: found '1.0'; allowed: a purpose of the framework, 1 to 11",
                "[[1]] | consent.purposes[0]: found a list; allowed: a purpose of the framework, 1 to 11",
            })
    void what_the_kit_does_not_declare_is_a_problem(String purposes, String problem) {
        assertThat(Kits.problemsOf(KARGO + "consent: {purposes: " + purposes + "}"))
                .containsExactly("1.yaml:3: " + problem);
    }

    @Test
    void a_kit_without_a_vendor_has_nothing_to_narrow() {
        assertThat(Kits.problemsOf(WEBHOOK + "consent: {purposes: [1]}"))
                .containsExactly(
                        "1.yaml:3: consent.purposes: found purposes, but the kit names no vendor of the framework; leave them"
                                + " out");
    }
}
