package dev.waybill.consent;

import static org.assertj.core.api.Assertions.assertThat;

import com.iab.gpp.encoder.GppModel;
import dev.waybill.event.Event;
import dev.waybill.event.EventType;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.kit.KitConsent;
import dev.waybill.kit.KitLibrary;
import dev.waybill.workspace.Pipeline.Consent;
import dev.waybill.workspace.Pipeline.Scope;
import dev.waybill.workspace.Pipeline.Signals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The table that the server's rules and the browser's are both held to: consent/table.json.
@SuppressWarnings("NullAway") // a key that is missing fails the test
class ConsentTableTest {
    private static final KitConsent KARGO =
            KitLibrary.builtIn().find("kargo").orElseThrow().consent();

    static Stream<JsonObject> cases() throws IOException {
        try (var in = ConsentTableTest.class.getResourceAsStream("/consent/table.json")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return items(JsonText.read(text)).stream().map(JsonObject.class::cast);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void every_case_is_decided_as_the_table_says(JsonObject one) {
        Consent consent = new Consent(
                Scope.valueOf(one.get("scope").asText().toUpperCase(Locale.ROOT)),
                items(one.get("category")).stream().map(Json::asText).toList(),
                new Signals(true, true, true, true));
        JsonObject given = consentObject((JsonObject) one.get("given"));
        Event event = new Event(
                EventType.PAGE,
                "m-1",
                0,
                false,
                null,
                JsonObject.builder()
                        .put(
                                "context",
                                JsonObject.builder().put("consent", given).build())
                        .build());

        assertThat(rule(ConsentRules.decide(event, consent, KARGO))).isEqualTo(expected(one, "send"));
        assertThat(rule(ConsentRules.syncDenial(given, false, consent, KARGO))).isEqualTo(expected(one, "sync"));
    }

    private static String rule(Optional<String> denial) {
        return denial.map(text -> text.substring(0, text.indexOf(':'))).orElse("allowed");
    }

    private static String expected(JsonObject one, String question) {
        JsonObject answer = (JsonObject) one.get(question);
        return answer.get("allowed") == Json.Bool.TRUE
                ? "allowed"
                : answer.get("rule").asText();
    }

    private static JsonObject consentObject(JsonObject given) {
        JsonObject.Builder consent = JsonObject.builder();
        for (int i = 0; i < given.size(); i++) {
            switch (given.name(i)) {
                case "tcf" -> consent.put("tcf", new Json.Str(tcString((JsonObject) given.value(i))));
                case "gpp" -> gpp((JsonObject) given.value(i), consent);
                case "categories" -> consent.put("categoryPreferences", given.value(i));
                default -> consent.put(given.name(i), given.value(i));
            }
        }
        return consent.build();
    }

    private static void gpp(JsonObject gpp, JsonObject.Builder consent) {
        consent.put("gppSid", gpp.get("sid"));
        GppModel model = new GppModel();
        for (int i = 0; i < gpp.size(); i++) {
            switch (gpp.name(i)) {
                case "sid" -> {}
                // The library can't write them, so that they are missing here; the browser reads them.
                case "usmn", "usri" -> {}
                case "uspv1" -> model.decodeSection(6, gpp.value(i).asText());
                case "tcfeuv2" -> model.decodeSection(2, tcString((JsonObject) gpp.value(i)));
                default -> {
                    JsonObject fields = (JsonObject) gpp.value(i);
                    for (int f = 0; f < fields.size(); f++) {
                        model.setFieldValue(gpp.name(i), fields.name(f), plain(fields.value(f)));
                    }
                }
            }
        }
        if (!model.getSectionIds().isEmpty()) {
            consent.put("gpp", new Json.Str(model.encode()));
        }
    }

    private static Object plain(Json value) {
        return switch (value) {
            case Json.Bool bool -> bool == Json.Bool.TRUE;
            case Json.Arr(List<Json> list) ->
                list.stream().map(ConsentTableTest::plain).toList();
            default -> Integer.valueOf(((Json.Num) value).literal());
        };
    }

    private static String tcString(JsonObject tcf) {
        Map<Integer, Integer> restrictions = new TreeMap<>();
        if (tcf.get("restrictions") instanceof JsonObject listed) {
            for (int i = 0; i < listed.size(); i++) {
                restrictions.put(
                        Integer.valueOf(listed.name(i)), Integer.valueOf(((Json.Num) listed.value(i)).literal()));
            }
        }
        return TcStrings.write(
                new HashSet<>(numbers(tcf.get("purposes"))),
                numbers(tcf.get("vendors")),
                restrictions,
                tcf.get("serviceSpecific") != Json.Bool.FALSE,
                tcf.get("purposeOneTreatment") == Json.Bool.TRUE,
                tcf.get("disclosed") == null ? null : numbers(tcf.get("disclosed")));
    }

    private static List<Integer> numbers(Json list) {
        return items(list).stream()
                .map(one -> Integer.valueOf(((Json.Num) one).literal()))
                .toList();
    }

    private static List<Json> items(Json list) {
        return ((Json.Arr) list).items();
    }
}
