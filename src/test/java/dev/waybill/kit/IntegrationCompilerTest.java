package dev.waybill.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.config.Problem;
import dev.waybill.config.Problems;
import dev.waybill.event.Event;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IntegrationCompilerTest {
    private static final String GOOD =
            "kit: kargo\nparameters: {PARTNER_ID: p-1, ENDPOINT: 'https://kargo.example/events'}\n";

    @Test
    void every_problem_of_a_file_is_reported_at_once() {
        assertThat(Kits.problemsOf("""
                        kit: kargo
                        notes: first
                        parameters:
                          PARTNER_IT: p-1
                          ENDPOINT: ftp://kargo.example/
                          SYNC_URL: https://user:pass@crb.example/id
                          AUTH_TOKEN: ${secret:NOPE}
                          AUTH_HEADER: ${UNSET}
                        delivery: {maxInFlight: 0, concurrency: many, ratePerSecond: -1, timeout: 1h}
                        playbook:
                          globl: {}
                        limits: {policy: cut, unit: bytes}
                        maxEventAge: 0s
                        """))
                .containsExactlyInAnyOrder(
                        "1.yaml:2: notes: 'notes' is no known key here; allowed: author, consent, delivery, kit, limits,"
                                + " maxEventAge, note, parameters, playbook. Did you mean 'note'?",
                        "1.yaml:4: parameters: 'PARTNER_ID' is missing: your account's id at Kargo; your Kargo"
                                + " representative gives it to you.",
                        "1.yaml:4: parameters.PARTNER_IT: 'PARTNER_IT' is no known key here; allowed: AUTH_HEADER,"
                                + " AUTH_QUERY, AUTH_TOKEN, ENDPOINT, PARTNER_ID, REDIRECT_URL, SYNC_URL. Did you mean"
                                + " 'PARTNER_ID'?",
                        "1.yaml:5: parameters.ENDPOINT: the value is no absolute http or https URL; allowed: such as"
                                + " https://host/path",
                        "1.yaml:6: parameters.SYNC_URL: a user name or password in a URL is not allowed; take it out",
                        "1.yaml:7: parameters.AUTH_TOKEN: there is no secret NOPE; put it into the file"
                                + " <data>/secrets/NOPE",
                        "1.yaml:8: parameters.AUTH_HEADER: the environment variable UNSET is not set; set it, or"
                                + " write the value here",
                        "1.yaml:9: delivery.maxInFlight: found '0'; allowed: a whole number from 1 to 10000",
                        "1.yaml:9: delivery.concurrency: found 'many'; allowed: a whole number from 1 to 1000",
                        "1.yaml:9: delivery.ratePerSecond: found '-1'; allowed: unlimited, or a number of requests"
                                + " from 0.01 to 1000000",
                        "1.yaml:9: delivery.timeout: found '1h'; allowed: 100ms to 5m",
                        "1.yaml:11: playbook.globl: 'globl' is no known key here; allowed: default, events, global."
                                + " Did you mean 'global'?",
                        "1.yaml:12: limits.policy: found 'cut'; allowed: trim, reject.",
                        "1.yaml:12: limits.unit: found 'bytes'; allowed: code-points, utf-16, utf-8.",
                        "1.yaml:13: maxEventAge: found '0s'; allowed: a duration over 0, such as 72h");
    }

    @Test
    void an_unknown_kit_is_named_with_the_nearest_one() {
        assertThat(Kits.problemsOf("kit: kargoo\nlimits: {policy: reject}\n"))
                .containsExactly(
                        "1.yaml:1: kit: there is no kit 'kargoo'; allowed: kargo, webhook. Did you mean 'kargo'?");
        assertThat(Kits.problemsOf("note: x\n"))
                .containsExactly("1.yaml:1: 'kit' is missing: the kit it is made of, such as kargo");
    }

    @Test
    void a_file_that_is_to_send_needs_an_endpoint_and_a_dry_run_does_not() {
        assertThat(Kits.problemsOf("kit: kargo\nparameters: {PARTNER_ID: p-1}\n"))
                .containsExactly("1.yaml:2: parameters: 'ENDPOINT' is missing: the URL that takes events. It is not"
                        + " public; ask your Kargo representative.");

        Problems problems = new Problems();
        Integration dry = IntegrationCompiler.compile(
                        "kargo", Map.of("PARTNER_ID", "p-1"), Map.of(), Kits.NO_VARIABLES, problems)
                .orElseThrow();
        assertThat(dry.map(page()))
                .isInstanceOfSatisfying(
                        Mapped.Deliver.class,
                        deliver -> assertThat(deliver.request().url()).isNull());
    }

    @Test
    void a_wrong_setting_of_the_command_line_is_named() {
        Problems problems = new Problems();
        IntegrationCompiler.compile(
                "kargo",
                Map.of("PARTNER_IT", "p-1"),
                Map.of("limits.polcy", "reject", "limits", "x"),
                Kits.NO_VARIABLES,
                problems);

        assertThat(problems.sorted().stream().map(Problem::toString))
                .containsExactlyInAnyOrder(
                        "command line: parameters: 'PARTNER_ID' is missing: your account's id at Kargo; your Kargo"
                                + " representative gives it to you.",
                        "command line: parameters.PARTNER_IT: 'PARTNER_IT' is no known key here; allowed:"
                                + " AUTH_HEADER, AUTH_QUERY, AUTH_TOKEN, ENDPOINT, PARTNER_ID, REDIRECT_URL, SYNC_URL. Did you mean"
                                + " 'PARTNER_ID'?",
                        "command line: limits: found 'x'; a mapping of keys and values belongs here",
                        "command line: limits: set twice on the command line; keep one");
    }

    @Test
    void what_a_file_does_not_say_has_the_documented_defaults() {
        Integration integration = Kits.compiled(GOOD, Kits.NO_VARIABLES);

        assertThat(integration.delivery()).isEqualTo(Delivery.DEFAULT);
        assertThat(integration.maxEventAge()).isEqualTo(Duration.ofDays(3));
        assertThat(integration.kit()).isEqualTo("kargo");
        assertThat(integration.name()).isEqualTo("kargo-main");
        assertThat(integration.revision()).isEqualTo(1);
    }

    @Test
    void what_a_file_says_is_taken() {
        Integration integration = Kits.compiled(GOOD + """
                        delivery: {maxInFlight: 8, concurrency: 2, ratePerSecond: 2.5, timeout: 3s}
                        maxEventAge: 1h
                        """, Kits.NO_VARIABLES);

        assertThat(integration.delivery()).isEqualTo(new Delivery(8, 2, 2.5, Duration.ofSeconds(3)));
        assertThat(integration.maxEventAge()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void what_breaks_a_limit_whatever_the_event_is_a_warning() {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            many.append("        - {output: params.e").append(i).append(", value: 1}\n");
        }
        assertThat(Kits.problemsOf(GOOD
                        + "playbook:\n  events:\n    X:\n      enrichments:\n        - {output: event, value: "
                        + "n".repeat(101) + "}\n        - {output: params." + "k".repeat(101) + ", value: 1}\n"
                        + "        - {output: params.e0, value: " + "v".repeat(301) + "}\n"
                        + many.substring(many.indexOf("\n") + 1)))
                .containsExactlyInAnyOrder(
                        "1.yaml:4: warning: playbook: the output event name '" + "n".repeat(60)
                                + "…' has 101 characters, 100 allowed; every such event will be rejected",
                        "1.yaml:4: warning: playbook: params has 22 assigned keys, lex_id among them, and 20 are"
                                + " allowed; an event with values for all loses the last ones",
                        "1.yaml:4: warning: playbook: the key params." + "k".repeat(60)
                                + "… has 101 characters, 100 allowed; it is never sent",
                        "1.yaml:4: warning: playbook: the value of params.e0 has 301 characters, 300 allowed");
    }

    @Test
    void the_reader_is_asked_for_no_more_than_the_playbook_uses() {
        assertThat(Kits.kargo().wanted().of("userId")).isNull();
        assertThat(Kits.kargo().wanted().of("properties")).isNotNull();
        assertThat(Kits.kargo(Map.of("playbook.default.unmapped", "pass"))
                        .wanted()
                        .of("userId"))
                .isNull();

        Integration filtering = Kits.compiled(
                GOOD + "playbook: {global: {filters: [{name: a, deny: 'event.userId == \"x\"'}]}}\n",
                Kits.NO_VARIABLES);
        assertThat(filtering.wanted().whole()).isTrue();
    }

    @Test
    void the_identity_is_found_for_suppression_on_any_event() {
        assertThat(Kits.kargo().identity(page())).isEqualTo(Kits.PUID);
        assertThat(Kits.kargo().identity(Kits.event("{\"type\":\"page\"}"))).isNull();
        assertThat(Kits.kargo()
                        .identity(Kits.event("{\"type\":\"track\",\"event\":\"Unknown\",\"context\":{\"providers\":"
                                + "{\"kargo\":{\"puid\":\"" + Kits.PUID + "\"}}}}")))
                .isEqualTo(Kits.PUID);
    }

    @Test
    void the_library_tells_what_a_kit_is() {
        Kit kargo = KitLibrary.builtIn().find("kargo").orElseThrow();

        assertThat(KitLibrary.builtIn().names()).containsExactly("kargo", "webhook");
        assertThat(kargo.about().title()).isEqualTo("Kargo");
        assertThat(kargo.events())
                .containsExactlyElementsOf(List.of(
                        "identify",
                        "page",
                        "products_searched",
                        "product_list_viewed",
                        "product_clicked",
                        "product_viewed",
                        "product_added",
                        "product_removed",
                        "cart_viewed",
                        "checkout_started",
                        "payment_info_entered",
                        "order_completed"));
        assertThat(kargo.parameters().stream().filter(Parameter::required).map(Parameter::name))
                .containsExactly("PARTNER_ID", "ENDPOINT");
        assertThat(kargo.parameters()).allMatch(parameter -> parameter.fallback() == null);
    }

    private static Event page() {
        return Kits.event(
                "{\"type\":\"page\",\"context\":{\"providers\":{\"kargo\":{\"puid\":\"" + Kits.PUID + "\"}}}}");
    }
}
