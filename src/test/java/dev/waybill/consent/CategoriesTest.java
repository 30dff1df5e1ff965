package dev.waybill.consent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.event.Event;
import dev.waybill.event.EventType;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.json.Projection;
import dev.waybill.workspace.Pipeline.Consent;
import dev.waybill.workspace.Pipeline.Scope;
import dev.waybill.workspace.Pipeline.Signals;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Each form's odd corners; docs/consent.md holds the usual cases.
class CategoriesTest {
    private static final String SILENT = "scope: no consent signal and scope is gdpr";

    /// `R`, `N` and `U` stand for refused, not granted and unreadable.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // the form as a whole is odd
                "{'consent':{'categoryPreferences':'yes'}}                    | U categoryPreferences",
                "{'consent':{'categoryPreferences':[]}}                       | U categoryPreferences",
                "{'consent':{'categoryPreferences':true}}                     | U categoryPreferences",
                "{'consent':{'categoryPreferences':null}}                     | -",
                "{'consent':{'optOut':'true'}}                                | U optOut",
                "{'consent':{'optOut':['C0004']}}                             | U optOut",
                "{'consent':{'optOut':null}}                                  | -",
                "{'consent':{'explicit':'maybe'}}                             | U explicit",
                "{'consent':{'explicit':{}}}                                  | U explicit",
                "{'consent':{'explicit':null}}                                | -",
                "{'consentManagement':'denied'}                               | U consentManagement",
                "{'consentManagement':{'deniedConsentIds':'C0002'}}           | U consentManagement",
                "{'consentManagement':{'deniedConsentIds':{'C0004':1}}}       | U consentManagement",
                "{'consentManagement':{'allowedConsentIds':'C0004'}}          | U consentManagement",
                "{'consentManagement':{'deniedConsentIds':null}}              | -",
                "{'consentManagement':null}                                   | -",
                "{'consent':'yes'}                                            | -",
                "{'consent':['C0004']}                                        | -",
                // the answer on the category is odd
                "{'consent':{'categoryPreferences':{'C0004':1}}}              | U categoryPreferences",
                "{'consent':{'categoryPreferences':{'C0004':{}}}}             | U categoryPreferences",
                "{'consent':{'categoryPreferences':{'C0004':null}}}           | N categoryPreferences",
                "{'consent':{'optOut':{'C0004':'no'}}}                        | U optOut",
                "{'consent':{'optOut':{'C0004':''}}}                          | U optOut",
                "{'consent':{'optOut':{'C0004':[false]}}}                     | U optOut",
                "{'consent':{'optOut':{'C0004':null}}}                        | -",
                "{'consentManagement':{'deniedConsentIds':[4]}}               | U consentManagement",
                "{'consentManagement':{'deniedConsentIds':[4,'C0004']}}       | R consentManagement",
                "{'consentManagement':{'deniedConsentIds':[null]}}            | U consentManagement",
                // every spelling of a refusal
                "{'consent':{'optOut':{'C0004':true}}}                        | R optOut",
                "{'consent':{'optOut':{'C0004':1}}}                           | R optOut",
                "{'consent':{'optOut':{'C0004':' TRUE '}}}                    | R optOut",
                "{'consent':{'explicit':true}}                                | N explicit",
                "{'consent':{'explicit':1,'optOut':{}}}                       | N explicit",
                "{'consent':{'explicit':true,'optOut':{'C0004':null}}}        | N explicit",
                "{'consent':{'explicit':'false'}}                             | -",
                "{'consent':{'consentManagement':{'deniedConsentIds':['C0004']}}} | R consentManagement",
                "{'consentManagement':{'allowedConsentIds':['C0004'],'deniedConsentIds':['C0004']}} | R consentManagement",
                "{'consentManagement':{'deniedConsentIds':['C0004'],'resolutionStrategy':'or'}} | R consentManagement",
                // names: to the letter, without the space around them
                "{'consent':{'categoryPreferences':{' C0004 ':true}}}         | -",
                "{'consent':{'categoryPreferences':{'c0004':true}}}           | N categoryPreferences",
                "{'consent':{'categoryPreferences':{'C0004':true,' C0004':false}}} | R categoryPreferences",
                "{'consent':{'optOut':{'c0004':'true'}}}                      | -",
                "{'consentManagement':{'deniedConsentIds':[' C0004']}}        | R consentManagement",
                "{'consentManagement':{'deniedConsentIds':['C00040','C0004,C0002']}} | -",
                // one refusal outweighs every grant
                "{'consent':{'categoryPreferences':{'C0004':true},'optOut':{'C0004':'true'}}} | R optOut",
                "{'consent':{'categoryPreferences':{'C0004':true}},'consentManagement':{'deniedConsentIds':['C0004']}} | R consentManagement",
                "{'consent':{'categoryPreferences':{'C0004':true},'explicit':true}} | N explicit",
                "{'consent':{'consentManagement':{'allowedConsentIds':['C0004']}},'consentManagement':{'deniedConsentIds':['C0004']}} | R consentManagement",
            })
    void odd_forms_never_allow_more_than_their_absence(String context, String expected) {
        String denial = expected == null
                ? null
                : "category: C0004 "
                        + switch (expected.charAt(0)) {
                            case 'R' -> "is refused";
                            case 'N' -> "is not granted";
                            default -> "can't be read";
                        }
                        + " (" + expected.substring(2) + ")";

        assertThat(Plain.decide(event(context, ""), consent(Scope.US, "C0004")).orElse(null))
                .isEqualTo(denial);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'consent':{}}",
                "{'consent':{'optOut':{'C0002':'false'}}}",
                "{'consent':{'explicit':'false'}}",
                "{'consentManagement':{}}",
                "{'consentManagement':{'deniedConsentIds':[]}}",
                "{'consentManagement':{'deniedConsentIds':['C0002'],'allowedConsentIds':[]}}",
                "{'consent':'C0004'}",
            })
    void what_says_nothing_of_the_category_is_no_consent_where_the_scope_is_gdpr(String context) {
        assertThat(Plain.decide(event(context, ""), consent(Scope.GDPR, "C0004")))
                .contains(SILENT);
        assertThat(Plain.decide(event(context, ""), consent(Scope.US, "C0004"))).isEmpty();
    }

    @Test
    void where_the_scope_is_gdpr_each_category_needs_its_grant_from_whatever_form() {
        String both = "{'consent':{'optOut':{'C0002':'false'}},'consentManagement':{'allowedConsentIds':['C0004']}}";

        assertThat(Plain.decide(event(both, ""), consent(Scope.GDPR, "C0002", "C0004")))
                .isEmpty();
        assertThat(Plain.decide(event(both, ""), consent(Scope.GDPR, "C0002", "C0004", "C0001")))
                .contains(SILENT);
    }

    @Test
    void a_grant_of_the_category_does_not_stand_for_the_tc_string_that_the_gdpr_asks_for() {
        String granted = "{'consent':{'gdprApplies':true,'categoryPreferences':{'C0004':true}}}";

        assertThat(Plain.decide(event(granted, ""), consent(Scope.GDPR, "C0004")))
                .contains("tcf: gdprApplies is true and there is no TC string");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                           | false",
                "[1]                          | false",
                "'yes'                        | false",
                "{'All': null}                | false",
                "{'All': true}                | true",
                "{'Segment.io': {'a': 1}}     | true",
            })
    void an_empty_consent_object_grants_nothing_once_an_integrations_object_says_something(
            String integrations, boolean denied) {
        String beside = ",'integrations':" + integrations;

        assertThat(Plain.decide(event("{'consent':{}}", beside), consent(Scope.US, "C0004")))
                .isEqualTo(
                        denied
                                ? java.util.Optional.of("category: C0004 is not granted (categoryPreferences)")
                                : java.util.Optional.empty());
        assertThat(Plain.decide(event("{'consent':{'gpc':false}}", beside), consent(Scope.US, "C0004")))
                .isEmpty();
    }

    @Test
    void the_parts_that_the_rules_say_they_read_are_all_that_they_read() {
        Projection part = Projection.of(ConsentRules.paths());
        for (String context : List.of(
                "{'consentManagement':{'deniedConsentIds':['C0004']}}",
                "{'consent':{'consentManagement':{'deniedConsentIds':['C0004']}}}",
                "{'consent':{'optOut':{'C0004':true}}}")) {
            byte[] json = json(context, "").getBytes(StandardCharsets.UTF_8);
            JsonObject seen = (JsonObject) JsonText.read(json, part);
            assertThat(Plain.decide(new Event(EventType.PAGE, "m-1", 0, false, null, seen), consent(Scope.US, "C0004")))
                    .as(context)
                    .isPresent();
        }
    }

    @Test
    void forms_of_hundreds_of_thousands_of_entries_are_read_once_for_each_category() {
        String ids = IntStream.range(0, 200_000).mapToObj(i -> "'c" + i + "'").collect(Collectors.joining(","));
        String keys =
                IntStream.range(0, 200_000).mapToObj(i -> "'c" + i + "':true").collect(Collectors.joining(","));
        String context = "{'consent':{'categoryPreferences':{" + keys + "}},'consentManagement':{'deniedConsentIds':["
                + ids + "]}}";

        assertThat(Plain.decide(event(context, ""), consent(Scope.US, "c199999")))
                .contains("category: c199999 is refused (consentManagement)");
        assertThat(Plain.decide(event(context, ""), consent(Scope.US, "C0004")))
                .contains("category: C0004 is not granted (categoryPreferences)");
    }

    @Test
    void no_json_at_any_of_the_places_throws_or_allows_what_its_absence_would_deny() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> values = List.of(
                "null",
                "true",
                "false",
                "0",
                "1",
                "1e999",
                "''",
                "'true'",
                "'C0004'",
                "[]",
                "['C0004']",
                "[[]]",
                "{}",
                "{'C0004':null}",
                "{'C0004':'x'}",
                "{'C0004':[]}",
                "{'deniedConsentIds':7}");
        List<String> keys =
                List.of("categoryPreferences", "optOut", "explicit", "consentManagement", "gdprApplies", "tcf", "gpc");
        for (int round = 0; round < 5_000; round++) {
            String consent = keys.stream()
                    .filter(_ -> random.nextBoolean())
                    .map(key -> "'" + key + "':" + values.get(random.nextInt(values.size())))
                    .collect(Collectors.joining(","));
            String context = "{'consent':{" + consent + "},'consentManagement':"
                    + values.get(random.nextInt(values.size())) + "}";
            // None of the values grants the category, and only gdprApplies false or 0 is a signal.
            boolean gdprOff = consent.contains("'gdprApplies':false") || consent.contains("'gdprApplies':0");
            var denial = Plain.decide(event(context, ""), consent(Scope.GDPR, "C0004"));
            if (!gdprOff) {
                assertThat(denial).as("seed %d: %s", seed, context).isPresent();
            }
        }
    }

    private static Consent consent(Scope scope, String... categories) {
        return new Consent(scope, List.of(categories), new Signals(true, true, true, true));
    }

    private static Event event(String context, String beside) {
        return new Event(EventType.PAGE, "m-1", 0, false, null, (JsonObject) JsonText.read(json(context, beside)));
    }

    private static String json(String context, String beside) {
        return ("{'context':" + context + beside + "}").replace('\'', '"');
    }
}
