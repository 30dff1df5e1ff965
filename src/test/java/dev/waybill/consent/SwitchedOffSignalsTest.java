package dev.waybill.consent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.event.Event;
import dev.waybill.event.EventType;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.workspace.Pipeline.Consent;
import dev.waybill.workspace.Pipeline.Scope;
import dev.waybill.workspace.Pipeline.Signals;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `consent.signals` of a pipeline: what is switched off neither denies nor counts as said.
class SwitchedOffSignalsTest {
    private static final String SILENT = "scope: no consent signal and scope is gdpr";
    private static final Signals ALL = new Signals(true, true, true, true);
    private static final Signals NONE = new Signals(false, false, false, false);
    /// Every signal there is, and each refuses.
    private static final String ALL_REFUSE =
            "{'gdprApplies':true,'tcf':'junk','gpp':'junk','gppSid':[2,7],'usp':'1YYN','gpc':true}";

    private static Optional<String> denial(String consent, Scope scope, List<String> category, Signals signals) {
        String json = "{'context':{'consent':" + consent + "}}";
        Event event =
                new Event(EventType.PAGE, "m-1", 0, false, null, (JsonObject) JsonText.read(json.replace('\'', '"')));
        return Plain.decide(event, new Consent(scope, category, signals));
    }

    private static Optional<String> denial(String consent, Signals signals) {
        return denial(consent, Scope.US, List.of(), signals);
    }

    private static Signals without(String rule) {
        return new Signals(!rule.equals("tcf"), !rule.equals("gpp"), !rule.equals("usp"), !rule.equals("gpc"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gpc | {'gpc':true}",
                "tcf | {'gdprApplies':true}",
                "tcf | {'gdprApplies':true,'tcf':'junk'}",
                "tcf | {'tcf':'junk'}",
                "gpp | {'gpp':'junk','gppSid':[7]}",
                "gpp | {'gppSid':[7]}",
                "gpp | {'gppSid':[5]}",
                "usp | {'usp':'1YYN'}",
                "usp | {'usp':'junk'}",
                "usp | {'usp':7}",
            })
    void a_rule_denies_only_while_its_signal_is_switched_on(String rule, String consent) {
        assertThat(denial(consent, ALL))
                .hasValueSatisfying(why -> assertThat(why).startsWith(rule + ": "));
        assertThat(denial(consent, without(rule))).isEmpty();
        assertThat(denial(consent, Scope.GDPR, List.of(), without(rule))).contains(SILENT);
    }

    @Test
    void a_switched_off_one_hides_none_of_the_others() {
        assertThat(denial("{'gpp':'junk','gppSid':[7],'usp':'1YYN'}", without("gpp")))
                .hasValueSatisfying(why -> assertThat(why).startsWith("usp: "));
        assertThat(denial("{'gpp':'junk','gppSid':[7],'usp':'1YYN'}", without("usp")))
                .hasValueSatisfying(why -> assertThat(why).startsWith("gpp: "));
        for (String rule : List.of("gpc", "tcf", "gpp", "usp")) {
            assertThat(denial(ALL_REFUSE, without(rule)))
                    .hasValueSatisfying(why -> assertThat(why).doesNotStartWith(rule));
        }
    }

    @Test
    void with_all_of_them_off_category_and_scope_are_left() {
        assertThat(denial(ALL_REFUSE, NONE)).isEmpty();
        assertThat(denial(ALL_REFUSE, Scope.GDPR, List.of(), NONE)).contains(SILENT);
        String refused = ALL_REFUSE.replace("'gpc':true", "'categoryPreferences':{'C0004':false}");
        assertThat(denial(refused, Scope.US, List.of("C0004"), NONE))
                .contains("category: C0004 is refused (categoryPreferences)");
    }

    @Test
    void the_european_section_counts_only_while_both_its_envelope_and_its_content_are_on() {
        String europe = "{'gpp':'junk','gppSid':[2]}";

        assertThat(denial(europe, ALL))
                .hasValueSatisfying(why -> assertThat(why).startsWith("tcf: "));
        assertThat(denial(europe, without("gpp"))).isEmpty();
        assertThat(denial(europe, without("tcf"))).isEmpty();
        assertThat(denial(europe, Scope.GDPR, List.of(), without("tcf"))).contains(SILENT);
    }
}
