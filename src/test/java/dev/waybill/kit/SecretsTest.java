package dev.waybill.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.event.Event;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretsTest {
    private static final Event EVENT =
            Kits.event("{\"type\":\"page\",\"context\":{\"providers\":{\"kargo\":{\"puid\":\"" + Kits.PUID + "\"}}}}");

    @Test
    void a_secret_is_shown_as_its_placeholder_and_sent_as_it_is() {
        Integration integration = Kits.compiled(
                """
                kit: kargo
                parameters:
                  PARTNER_ID: 'p-${secret:PARTNER}'
                  ENDPOINT: https://${HOST}/events?key=${secret:KEY}
                  AUTH_TOKEN: ${secret:TOKEN}
                """,
                Kits.variables(
                        Map.of("HOST", "kargo.example"),
                        Map.of("PARTNER", "hidden1", "KEY", "hidden2", "TOKEN", "hidden3")));

        KitRequest shown = request(integration.map(EVENT));
        assertThat(shown.url()).isEqualTo("https://kargo.example/events?key=${secret:KEY}");
        assertThat(shown.headers()).containsEntry("authorization", "Bearer ${secret:TOKEN}");
        assertThat(((JsonObject) shown.body()).text("partner_id")).isEqualTo("p-${secret:PARTNER}");
        assertThat(MappedJson.of(integration.map(EVENT)).toString() + integration)
                .doesNotContain("hidden");

        KitRequest sent = request(integration.mapForSending(EVENT));
        assertThat(sent.url()).isEqualTo("https://kargo.example/events?key=hidden2");
        assertThat(sent.headers()).containsEntry("authorization", "Bearer hidden3");
        assertThat(((JsonObject) sent.body()).text("partner_id")).isEqualTo("p-hidden1");
    }

    @Test
    void a_secret_that_comes_back_in_an_answer_is_shown_as_its_placeholder() {
        Integration integration = withToken("AUTH_TOKEN: open+text");

        assertThat(integration.withoutSecrets("bad token open+text, or open%2Btext"))
                .isEqualTo("bad token ${AUTH_TOKEN}, or ${AUTH_TOKEN}");
    }

    @Test
    void a_secret_that_is_a_part_of_a_parameter_is_hidden_alone_too() {
        Integration integration = Kits.compiled("""
                kit: kargo
                parameters:
                  PARTNER_ID: p-1
                  ENDPOINT: https://kargo.example/events?key=${secret:KEY}
                """, Kits.variables(Map.of(), Map.of("KEY", "hidden2")));

        assertThat(integration.withoutSecrets("no such key: hidden2, in /events?key=hidden2"))
                .isEqualTo("no such key: ${secret:KEY}, in /events?key=${secret:KEY}");
        assertThat(integration.withoutSecrets("https://kargo.example/events?key=hidden2 is unknown"))
                .isEqualTo("https://kargo.example/events?key=${secret:KEY} is unknown");
    }

    @Test
    void a_secret_inside_another_never_leaves_the_rest_of_that() {
        for (int length = 1; length < 30; length++) {
            String longer = "abcd" + "x".repeat(length);
            Integration integration =
                    Kits.compiled("""
                    kit: kargo
                    parameters:
                      PARTNER_ID: ${secret:SHORT}
                      ENDPOINT: https://kargo.example/events
                      AUTH_TOKEN: ${secret:LONG}
                    """, Kits.variables(Map.of(), Map.of("SHORT", "abcd", "LONG", longer)));

            assertThat(integration.withoutSecrets("bad token " + longer + " of abcd"))
                    .isEqualTo("bad token ${secret:LONG} of ${secret:SHORT}");
        }
    }

    @Test
    void a_secret_is_found_as_json_and_urls_write_it() {
        Integration integration = withToken("AUTH_TOKEN: 'a\"b\\c/d(e)'");

        assertThat(integration.withoutSecrets("{\"token\":\"a\\\"b\\\\c/d(e)\"}"))
                .isEqualTo("{\"token\":\"${AUTH_TOKEN}\"}");
        assertThat(integration.withoutSecrets("{\"token\":\"a\\\"b\\\\c\\/d(e)\"}"))
                .isEqualTo("{\"token\":\"${AUTH_TOKEN}\"}");
        assertThat(integration.withoutSecrets("?token=a%22b%5Cc%2Fd(e)")).isEqualTo("?token=${AUTH_TOKEN}");
    }

    @Test
    void an_answer_that_is_cut_within_a_secret_keeps_no_part_of_it() {
        Integration integration = withToken("AUTH_TOKEN: very-secret-token");
        String start = "x".repeat(Answer.BODY_LIMIT - "very-secret".length());

        assertThat(integration.withoutSecrets(start + "very-secret")).isEqualTo(start + "${AUTH_TOKEN}");
        assertThat(integration.withoutSecrets("this is very-secret")).isEqualTo("this is very-secret");
    }

    @Test
    void a_parameter_that_the_kit_calls_secret_is_never_shown_even_when_the_file_holds_it() {
        Integration integration = withToken("AUTH_TOKEN: open-text");

        assertThat(request(integration.map(EVENT)).headers()).containsEntry("authorization", "Bearer ${AUTH_TOKEN}");
        assertThat(request(integration.mapForSending(EVENT)).headers())
                .containsEntry("authorization", "Bearer open-text");
    }

    @Test
    void a_secret_from_the_environment_is_not_shown_either() {
        Integration integration = withToken("AUTH_TOKEN: 'pre-${TOKEN}'");

        assertThat(request(integration.map(EVENT)).headers()).containsEntry("authorization", "Bearer ${AUTH_TOKEN}");
        assertThat(request(integration.mapForSending(EVENT)).headers())
                .containsEntry("authorization", "Bearer pre-env");
    }

    @Test
    void a_secret_of_both_kinds_is_not_shown() {
        Integration integration = withToken("AUTH_TOKEN: '${TOKEN}${secret:TOKEN}open'");

        assertThat(MappedJson.of(integration.map(EVENT)).toString()).doesNotContain("env", "open", "kept");
        assertThat(request(integration.mapForSending(EVENT)).headers())
                .containsEntry("authorization", "Bearer envkeptopen");
    }

    @Test
    void a_token_goes_into_the_header_that_is_named() {
        KitRequest sent =
                request(withToken("AUTH_TOKEN: t\n  AUTH_HEADER: X-Api-Key").mapForSending(EVENT));

        assertThat(sent.headers())
                .containsOnly(Map.entry("content-type", "application/json"), Map.entry("x-api-key", "t"));
    }

    @Test
    void a_token_goes_into_the_query_encoded() {
        KitRequest sent =
                request(withToken("AUTH_TOKEN: 'a&b=c'\n  AUTH_QUERY: key").mapForSending(EVENT));

        assertThat(sent.url()).isEqualTo("https://kargo.example/events?key=a%26b%3Dc");
        assertThat(sent.headers()).containsOnlyKeys("content-type");
    }

    @Test
    void without_a_secret_nothing_is_mapped_twice() {
        Integration integration = Kits.kargo();

        assertThat(JsonText.write(request(integration.map(EVENT)).body()))
                .isEqualTo(
                        JsonText.write(request(integration.mapForSending(EVENT)).body()))
                .isEqualTo("{\"partner_id\":\"p-1\",\"event\":\"page\",\"params\":{\"lex_id\":\"" + Kits.PUID + "\"}}");
        assertThat(integration)
                .isInstanceOfSatisfying(
                        CompiledIntegration.class,
                        one -> assertThat(one.shown()).isSameAs(one.real()));
    }

    private static Integration withToken(String parameters) {
        return Kits.compiled(
                "kit: kargo\nparameters:\n  PARTNER_ID: p-1\n  ENDPOINT: https://kargo.example/events\n  " + parameters,
                Kits.variables(Map.of("TOKEN", "env"), Map.of("TOKEN", "kept")));
    }

    private static KitRequest request(Mapped mapped) {
        assertThat(mapped).isInstanceOf(Mapped.Deliver.class);
        return ((Mapped.Deliver) mapped).request();
    }
}
