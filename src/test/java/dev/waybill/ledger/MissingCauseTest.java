package dev.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.event.Event;
import dev.waybill.event.EventType;
import dev.waybill.identity.SyncFailure;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.kit.Integration;
import dev.waybill.kit.Mapped;
import dev.waybill.lane.TestEvents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class MissingCauseTest {
    private static final Integration KARGO = TestEvents.kargo("kargo-main", 1, "https://kargo.example/", "");

    private static String detail(Integration integration, String context) {
        JsonObject event = (JsonObject)
                JsonText.read("{\"type\":\"track\",\"event\":\"Order Completed\",\"context\":" + context + "}");
        return String.valueOf(((Mapped.Stopped) integration.map(event(event))).detail());
    }

    private static Event event(JsonObject json) {
        return new Event(EventType.TRACK, "m-1", 1, false, null, json);
    }

    @ParameterizedTest
    @EnumSource
    void what_the_browser_told_is_the_cause(SyncFailure failure) {
        String context = "{\"providers\":{\"kargo\":{\"failure\":\"" + failure.code() + "\"}}}";
        assertThat(MissingCause.of(detail(KARGO, context))).isEqualTo(failure.code());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"providers\":{\"kargo\":{\"puid\":\"undefined\"}}}",
                "{\"providers\":{\"kargo\":{\"failure\":\"my dog ate it\"}}}",
                "{\"providers\":{\"kargo\":{\"failure\":{\"a\":1}}}}",
            })
    void without_a_known_word_it_was_not_told(String context) {
        assertThat(MissingCause.of(detail(KARGO, context))).isEqualTo("not_told");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "the ID sync failed: ", "the ID sync failed: nothing_known"})
    void a_detail_without_one_is_not_told(String detail) {
        assertThat(MissingCause.of(detail)).isEqualTo("not_told");
    }

    @Test
    void it_outlives_a_detail_that_is_cut() {
        String path = "properties." + "x".repeat(190);
        Integration odd = TestEvents.kargo(
                "kargo-main",
                1,
                "https://kargo.example/",
                "playbook: {global: {mappings: [{output: params.lex_id, input: " + path + "}]}}");
        String detail = detail(odd, "{\"providers\":{\"kargo\":{\"failure\":\"cors_or_network\"}}}");
        assertThat(detail).hasSizeLessThan(200).contains("…").endsWith("; the ID sync failed: cors_or_network");
    }

    @Test
    void the_list_is_that_of_the_failures_and_one_more() {
        assertThat(MissingCause.ALL)
                .containsExactly("consent", "cors_or_network", "timeout", "http", "shape", "not_told");
    }
}
