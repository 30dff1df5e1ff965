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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsentRulesTest {
    private static final String TC =
            "COvFyGBOvFyGBAbAAAENAPCAAOAAAAAAAAAAAEEUACCKAAA.IFoEUQQgAIQwgIwQABAEAAAAOIAACAIAAAAQAIAgEAACEAAAAAgAQBAAAAA"
                    + "AAGBAAgAAAAAAAFAAECAAAgAAQARAEQAAAAAJAAIAAgAAAYQEAAAQmAgBC3ZAYzUw";
    private static final String GPC = "gpc: the browser sent Global Privacy Control";
    private static final String NO_TC = "tcf: gdprApplies is true and there is no TC string";
    private static final String BAD_TC = "tcf: gdprApplies is true and the TC string can't be read";
    private static final String SILENT = "scope: no consent signal and scope is gdpr";
    private static final String UNREADABLE = "tcf: the TC string can't be read";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "allowed",
            value = {
                "us   | {}                                                        | allowed",
                "us   | {'context':{'consent':null}}                              | allowed",
                "us   | {'context':{'consent':'yes'}}                             | allowed",
                "us   | {'context':{'consent':{'gpc':true}}}                      | " + GPC,
                "us   | {'context':{'consent':{'gpc':1}}}                         | " + GPC,
                "us   | {'context':{'consent':{'gpc':'1'}}}                       | " + GPC,
                "us   | {'context':{'consent':{'gpc':false}}}                     | allowed",
                "us   | {'context':{'consent':{'gdprApplies':false}}}             | allowed",
                "us   | {'context':{'consent':{'gdprApplies':true}}}              | " + NO_TC,
                "us   | {'context':{'consent':{'gdprApplies':1,'tcf':null}}}      | " + NO_TC,
                "us   | {'context':{'consent':{'gdprApplies':true,'tcf':''}}}     | " + BAD_TC,
                "us   | {'context':{'consent':{'gdprApplies':true,'tcf':7}}}      | " + BAD_TC,
                "us   | {'context':{'consent':{'gdprApplies':true,'tcf':'junk'}}} | " + BAD_TC,
                "us   | {'context':{'consent':{'gdprApplies':true,'tcf':'TC'}}}   | allowed",
                "gdpr | {}                                                        | " + SILENT,
                "gdpr | {'context':{'consent':{'gpc':false}}}                     | " + SILENT,
                "gdpr | {'context':{'consent':{'tcf':'junk'}}}                    | " + UNREADABLE,
                "gdpr | {'context':{'consent':{'tcf':'TC'}}}                      | allowed",
                "gdpr | {'context':{'consent':{'gdprApplies':false}}}             | allowed",
                "gdpr | {'context':{'consent':{'gdprApplies':true}}}              | " + NO_TC,
                "gdpr | {'context':{'consent':{'gdprApplies':true,'tcf':'TC'}}}   | allowed",
                "gdpr | {'context':{'consent':{'gdprApplies':false,'gpc':true}}}  | " + GPC,
            })
    void each_signal_in_each_scope_allows_or_denies_with_the_rules_name(String scope, String json, String denial) {
        Consent consent = consent(Scope.valueOf(scope.toUpperCase(java.util.Locale.ROOT)), true, true);

        assertThat(Plain.decide(event(json, false), consent).orElse(null)).isEqualTo(denial);
    }

    @Test
    void the_header_counts_as_the_browsers_signal_beside_any_consent_object() {
        assertThat(Plain.decide(event("{}", true), consent(Scope.US, true, true)))
                .contains(GPC);
        assertThat(Plain.decide(event("{'context':{'consent':{'gpc':false}}}", true), consent(Scope.US, true, true)))
                .contains(GPC);
    }

    @Test
    void a_signal_that_is_switched_off_does_not_count() {
        assertThat(Plain.decide(event("{}", true), consent(Scope.US, true, false)))
                .isEmpty();
        String gdpr = "{'context':{'consent':{'gdprApplies':true}}}";
        assertThat(Plain.decide(event(gdpr, false), consent(Scope.US, false, true)))
                .isEmpty();
        assertThat(Plain.decide(event(gdpr, false), consent(Scope.GDPR, false, true)))
                .contains(SILENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"C", "CO", "COvFyGBOvFyGBAbAAAENAPCAAO", "....", "\u0000", "BOEFEAyOEFEAyAHABDENAI4AAAB9vA%%"})
    void a_broken_tc_string_denies_and_never_throws(String tcf) {
        assertThat(Plain.readable(tcf)).isFalse();
    }

    @Test
    void a_tc_string_over_8_kib_is_not_even_decoded() {
        assertThat(Plain.readable(TC)).isTrue();
        assertThat(Plain.readable(TC + ".".repeat(8 << 10))).isFalse();
    }

    private static Consent consent(Scope scope, boolean tcf, boolean gpc) {
        return new Consent(scope, List.of(), new Signals(tcf, true, true, gpc));
    }

    private static Event event(String json, boolean header) {
        String text = json.replace("'TC'", "'" + TC + "'").replace('\'', '"');
        return new Event(EventType.PAGE, "m-1", 0, header, null, (JsonObject) JsonText.read(text));
    }
}
