package dev.waybill.consent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.event.Event;
import dev.waybill.event.EventType;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.kit.KitConsent;
import dev.waybill.workspace.Pipeline;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What was decided about consent, in words.
class RulingTest {
    private static Ruling ruling(String context, Pipeline.Scope scope, boolean gpcCounts) {
        JsonObject json = (JsonObject) JsonText.read("{\"type\":\"page\",\"context\":" + context + "}");
        Pipeline.Consent consent =
                new Pipeline.Consent(scope, List.of(), new Pipeline.Signals(true, true, true, gpcCounts));
        return ConsentRules.explain(new Event(EventType.PAGE, "m-1", 1, false, null, json), consent, KitConsent.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{} | US | true | scope | allowed: no consent signal came, and scope us allows that",
                "{} | GDPR | true | scope | denied by scope: no consent signal and scope is gdpr",
                "{\"consent\":{\"gpc\":true}} | US | true | gpc | denied by gpc: the browser sent Global Privacy Control",
                "{\"consent\":{\"gpc\":true}} | US | false | signals | allowed: nothing refuses of Global Privacy Control"
                        + " (not counted: signals.gpc is false)",
                "{\"consent\":{\"usp\":\"1YNN\",\"gdprApplies\":false,\"optOut\":{}}} | US | true | signals"
                        + " | allowed: nothing refuses of gdprApplies false, US Privacy 1YNN, optOut",
                "{\"consent\":{\"usp\":\"<script>alert(1)</script>\"}} | US | true | usp"
                        + " | denied by usp: the US Privacy string can't be read",
            })
    void it_names_the_rule_and_the_signals(
            String context, Pipeline.Scope scope, boolean gpcCounts, String rule, String words) {
        Ruling ruling = ruling(context, scope, gpcCounts);
        assertThat(ruling.words()).isEqualTo(words);
        assertThat(ruling.rule()).isEqualTo(rule);
        assertThat(ruling.allowed()).isEqualTo(words.startsWith("allowed"));
        assertThat(ruling.signals()).noneMatch(signal -> signal.contains("<"));
    }
}
