package dev.waybill.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Problem;
import dev.waybill.config.Problems;
import dev.waybill.config.Variables;
import dev.waybill.config.YamlFile;
import dev.waybill.json.JsonText;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What integrations of kits without code make of parameters and secrets.
class UserKitTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final Variables SECRETS = Kits.variables(Map.of(), Map.of("HOOK", SECRET, "PASS", "p4ss:wörd"));
    private static final String PAGE = "{\"type\":\"page\",\"name\":\"Home\",\"properties\":{\"n\":1}}";

    private final Problems problems = new Problems();

    private Optional<Integration> integration(String kitYaml, String file) {
        Optional<Kit> kit = KitReader.read(
                root("kit.yaml", "name: acme\ntitle: Acme\ndescription: d\n" + kitYaml),
                root(
                        "playbook.yaml",
                        "{default: {unmapped: pass}, global: {mappings: [{output: n, input: properties.n}]}}"),
                problems);
        assertThat(kit).as(problems.sorted().toString()).isPresent();
        KitLibrary kits = KitLibrary.builtIn().with(List.of(kit.orElseThrow()), Set.of());
        return IntegrationCompiler.compile(
                kits, "acme-main", 1, root("1.yaml", "kit: acme\n" + file), SECRETS, problems, true);
    }

    private static ConfigNode root(String file, String text) {
        Problems problems = new Problems();
        return YamlFile.read(file, text, problems).orElseThrow(() -> new AssertionError(problems.sorted() + text));
    }

    private static KitRequest request(Mapped mapped) {
        assertThat(mapped).isInstanceOf(Mapped.Deliver.class);
        return ((Mapped.Deliver) mapped).request();
    }

    private List<String> errors() {
        return problems.sorted().stream().map(Problem::toString).toList();
    }

    @Test
    void a_default_may_be_made_of_other_parameters() {
        String kit = """
                parameters:
                  - {name: HOST, description: h, default: '$$REGION$$.example.com'}
                  - {name: REGION, description: r, default: eu}
                request: {url: 'https://$$HOST$$/in', outputs: [{key: n, kind: number}]}
                """;
        assertThat(request(integration(kit, "").orElseThrow().map(Kits.event(PAGE)))
                        .url())
                .isEqualTo("https://eu.example.com/in");
        assertThat(request(integration(kit, "parameters: {REGION: us}")
                                .orElseThrow()
                                .map(Kits.event(PAGE)))
                        .url())
                .isEqualTo("https://us.example.com/in");
        assertThat(request(integration(kit, "parameters: {HOST: h.example}")
                                .orElseThrow()
                                .map(Kits.event(PAGE)))
                        .url())
                .isEqualTo("https://h.example/in");
    }

    @Test
    void parameters_that_make_no_url_or_no_header_are_told_without_their_values() {
        String kit = """
                parameters:
                  - {name: HOST, description: h, required: true}
                  - {name: KEY, description: k}
                request:
                  url: https://$$HOST$$/in
                  headers: {x-key: $$KEY$$}
                  outputs: [{key: n}]
                """;
        assertThat(integration(kit, "parameters: {HOST: 'a b', KEY: \"k\\nx: y\"}"))
                .isEmpty();
        assertThat(errors())
                .containsExactly(
                        "1.yaml:2: parameters: filled into the kit's URL https://$$HOST$$/in these make none: the value"
                                + " is no URL: Illegal character in authority; allowed: such as https://host/path",
                        "1.yaml:2: parameters: the header 'x-key' would hold a character that none can; allowed:"
                                + " visible ASCII and spaces");
    }

    @Test
    void a_signing_secret_is_for_the_sender_alone_and_shown_as_a_placeholder() {
        String kit = """
                parameters: [{name: SIGNING_SECRET, description: s, secret: true}]
                request:
                  url: https://acme.example/
                  sign: {scheme: standard-webhooks, secret: SIGNING_SECRET}
                  outputs: [{key: n}]
                """;
        Integration signed = integration(kit, "parameters: {SIGNING_SECRET: '${secret:HOOK}'}")
                .orElseThrow();
        KitRequest shown = request(signed.map(Kits.event(PAGE)));
        KitRequest sent = request(signed.mapForSending(Kits.event(PAGE)));

        assertThat(shown.signing()).isNull();
        assertThat(shown.headers())
                .containsEntry("webhook-id", "${messageId}")
                .containsEntry("webhook-timestamp", "${now}")
                .containsEntry("webhook-signature", "v1,${secret:HOOK}");
        assertThat(sent.headers()).containsOnlyKeys("content-type");
        assertThat(sent.signing()).isEqualTo(new Signing(SECRET));
        assertThat(sent.toString() + shown + signed).doesNotContain(SECRET.substring(6));
        assertThat(request(integration(kit, "").orElseThrow().mapForSending(Kits.event(PAGE)))
                        .signing())
                .isNull();

        assertThat(integration(kit, "parameters: {SIGNING_SECRET: whsec_c2hvcnQ=}"))
                .isEmpty();
        assertThat(errors())
                .contains("1.yaml:2: parameters.SIGNING_SECRET: the value is no signing secret; allowed: whsec_ and the"
                        + " base64 of 24 to 64 bytes");
    }

    @Test
    void basic_auth_is_encoded_for_the_wire_and_readable_when_it_is_shown() {
        String kit = """
                parameters:
                  - {name: LOGIN, description: u}
                  - {name: PASSWORD, description: p, secret: true}
                request:
                  url: https://acme.example/
                  auth: {basic: {user: LOGIN, password: PASSWORD}}
                  outputs: [{key: n}]
                """;
        Integration known = integration(kit, "parameters: {LOGIN: me, PASSWORD: '${secret:PASS}'}")
                .orElseThrow();
        String credentials =
                Base64.getEncoder().encodeToString("me:p4ss:wörd".getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(request(known.map(Kits.event(PAGE))).headers())
                .containsEntry("authorization", "Basic me:${secret:PASS}");
        assertThat(request(known.mapForSending(Kits.event(PAGE))).headers())
                .containsEntry("authorization", "Basic " + credentials);
        assertThat(known.withoutSecrets("you sent Basic " + credentials)).isEqualTo("you sent Basic me:${secret:PASS}");

        assertThat(integration(kit, "parameters: {LOGIN: 'm:e'}")).isEmpty();
        assertThat(errors())
                .containsExactly(
                        "1.yaml:2: parameters: 'PASSWORD' is missing: user name and password go together",
                        "1.yaml:2: parameters.LOGIN: a user name that is sent as basic auth has no ':'");
    }

    @Test
    void a_bearer_token_goes_into_its_header() {
        Integration known =
                integration("""
                parameters: [{name: TOKEN, description: t, secret: true}]
                request:
                  method: PUT
                  url: https://acme.example/
                  auth: {bearer: TOKEN}
                  outputs: [{key: n}]
                """, "parameters: {TOKEN: '${secret:HOOK}'}").orElseThrow();

        assertThat(request(known.map(Kits.event(PAGE))).headers())
                .containsEntry("authorization", "Bearer ${secret:HOOK}");
        assertThat(request(known.mapForSending(Kits.event(PAGE))).headers())
                .containsEntry("authorization", "Bearer " + SECRET);
        assertThat(request(known.map(Kits.event(PAGE))).method()).isEqualTo("PUT");
    }

    @Test
    void an_identifier_is_matched_in_linear_time_whatever_the_pattern() {
        Integration known = integration("""
                request:
                  url: https://acme.example/
                  outputs: [{key: n}, {key: user}]
                identity: {output: user, usual: '(a+)+b', usualName: as and a b}
                """, "playbook: {global: {mappings: [{output: user, input: userId}]}}")
                .orElseThrow();
        long from = System.nanoTime();
        Mapped mapped = known.map(Kits.event("{\"type\":\"page\",\"userId\":\"" + "a".repeat(300) + "\"}"));

        assertThat(mapped.notices()).extracting(notice -> notice.path()).containsExactly("user");
        assertThat(System.nanoTime() - from).isLessThan(2_000_000_000L);
        assertThat(JsonText.write(request(mapped).body())).contains("\"user\":\"aaa");
        assertThat(known.identity(Kits.event("{\"type\":\"page\",\"userId\":\"u\"}")))
                .isEqualTo("u");
    }

    @Test
    void the_library_tells_what_a_kit_is_and_refuses_a_second_of_the_same_name() {
        Kit webhook = KitLibrary.builtIn().find("webhook").orElseThrow();

        assertThat(webhook.about().source()).containsExactly("Web", "Server");
        assertThat(webhook.syncParameters()).isEmpty();
        assertThat(KitLibrary.builtIn().find("kargo").orElseThrow().syncParameters())
                .containsExactly("SYNC_URL");
        assertThat(KitLibrary.builtIn().with(List.of(), Set.of("x")).isBroken("x"))
                .isTrue();
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> KitLibrary.builtIn().with(List.of(webhook), Set.of()))
                .hasMessage("there are two kits 'webhook'");
    }
}
