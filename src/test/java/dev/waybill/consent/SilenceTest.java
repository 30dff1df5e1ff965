package dev.waybill.consent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.event.Event;
import dev.waybill.event.EventType;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SilenceTest {
    private static boolean silent(String context, boolean header) {
        JsonObject json = (JsonObject) JsonText.read("{\"type\":\"page\",\"context\":" + context + "}");
        return Silence.of(new Event(EventType.PAGE, "m-1", 1, header, null, json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "null",
                "[]",
                "{\"consent\":null}",
                "{\"consent\":{}}",
                "{\"consent\":\"yes\"}",
                "{\"consent\":{\"gpc\":false,\"gppSid\":[7],\"tcf\":null,\"explicit\":true}}",
            })
    void an_event_that_says_nothing_is_silent(String context) {
        assertThat(silent(context, false)).isTrue();
        assertThat(silent(context, true)).as("with the header Sec-GPC: 1").isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"consent\":{\"gdprApplies\":false}}",
                "{\"consent\":{\"tcf\":\"CP\"}}",
                "{\"consent\":{\"tcf\":[7]}}",
                "{\"consent\":{\"gpp\":\"DBAA\"}}",
                "{\"consent\":{\"usp\":\"1YNN\"}}",
                "{\"consent\":{\"gpc\":true}}",
                "{\"consent\":{\"gpc\":\"1\"}}",
                "{\"consent\":{\"categoryPreferences\":{}}}",
                "{\"consent\":{\"optOut\":{\"C0004\":\"true\"}}}",
                "{\"consent\":{\"consentManagement\":{}}}",
                "{\"consentManagement\":{\"deniedConsentIds\":[]}}",
            })
    void any_signal_counts_whatever_it_says(String context) {
        assertThat(silent(context, false)).isFalse();
    }
}
