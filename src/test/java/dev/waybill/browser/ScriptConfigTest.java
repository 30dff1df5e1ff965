package dev.waybill.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Problems;
import dev.waybill.config.Variables;
import dev.waybill.config.YamlFile;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonPath;
import dev.waybill.json.JsonText;
import dev.waybill.kit.Integration;
import dev.waybill.kit.IntegrationCompiler;
import dev.waybill.workspace.Pipeline;
import dev.waybill.workspace.Pipeline.Consent;
import dev.waybill.workspace.Pipeline.Cookie;
import dev.waybill.workspace.Pipeline.Mode;
import dev.waybill.workspace.Pipeline.Pin;
import dev.waybill.workspace.Pipeline.Scope;
import dev.waybill.workspace.Pipeline.Signals;
import dev.waybill.workspace.Pipeline.Source;
import dev.waybill.workspace.Pipeline.StartFrom;
import dev.waybill.workspace.Pipeline.Sync;
import dev.waybill.workspace.Settings;
import dev.waybill.workspace.Workspace;
import dev.waybill.workspace.Workspace.RevisionKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What the served script is told about its pipeline.
class ScriptConfigTest {
    private static final BrowserFile PLATFORMS = BrowserFile.of("//".getBytes(java.nio.charset.StandardCharsets.UTF_8));

    private static final String SYNC_URL = ", SYNC_URL: https://crb.example/id";
    private static final Variables NONE = new Variables() {
        @Override
        public Optional<String> environment(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<String> secret(String name) {
            return Optional.of("the-secret");
        }
    };

    private final Map<RevisionKey, Integration> integrations = new HashMap<>();

    private Pin pin(String name, String yaml) {
        Problems problems = new Problems();
        ConfigNode root = YamlFile.read("1.yaml", yaml, problems).orElseThrow();
        integrations.put(
                new RevisionKey(name, 1),
                IntegrationCompiler.compile(name, 1, root, NONE, problems)
                        .orElseThrow(() -> new AssertionError(problems.sorted())));
        return new Pin(name, 1, true, Mode.LIVE, new StartFrom.Now());
    }

    private Pin kargo(String name, String parameters, String more) {
        return pin(
                name,
                "kit: kargo\nparameters: {PARTNER_ID: p-1, ENDPOINT: https://kargo.example/events" + parameters + "}\n"
                        + more);
    }

    private Pin webhook(String more) {
        return pin("hook", "kit: webhook\nparameters: {ENDPOINT: https://hooks.example/}\n" + more);
    }

    private static Pin off(Pin pin) {
        return new Pin(pin.integration(), pin.revision(), false, pin.mode(), pin.startFrom());
    }

    private JsonObject config(Pin... pins) {
        return config(Pipeline.withDefaults("web", "wk_web", List.of(pins)));
    }

    private JsonObject config(Pipeline pipeline) {
        return ScriptConfig.of(
                new Workspace(Settings.DEFAULT, Map.of("web", pipeline), integrations), pipeline, "1.2.3", PLATFORMS);
    }

    private static @Nullable Json in(JsonObject config, String path) {
        return JsonPath.parse(path).in(config);
    }

    private static Pipeline with(Pipeline pipeline, List<String> origins, Cookie cookie, Consent consent, Sync sync) {
        return new Pipeline(
                pipeline.name(),
                pipeline.writeKey(),
                origins,
                cookie,
                consent,
                pipeline.filters(),
                pipeline.identityWait(),
                sync,
                pipeline.integrations());
    }

    @Test
    void a_pipeline_with_the_kit_as_it_is_gets_the_documented_defaults() {
        JsonObject config = config(kargo("kargo-main", SYNC_URL, ""));

        assertThat(config).isEqualTo(JsonText.read("""
                        {"writeKey":"wk_web","kit":"kargo","collector":"","credentials":"same-origin","version":"1.2.3",
                         "cookie":{"name":"wb_kargo_s","domain":""},
                         "sync":{"url":"https://crb.example/id","field":"puid",
                           "cookieDays":365,"refreshDays":0,"failureTtl":86400,"firstFailureTtl":1800,"holdMs":2000,
                           "timeoutMs":3000,"retryFailuresBefore":0,"sources":["fetch"]},
                         "consent":{"scope":"us","category":[],
                           "signals":{"tcf":true,"gpp":true,"usp":true,"gpc":true},
                           "vendor":972,"purposes":[1,2,3,4,7,9,10],"waitMs":30000,
                           "params":{"gdpr":"gdpr","gdprConsent":"gdpr_consent","usPrivacy":"us_privacy","gpp":"gpp",
                             "gppSid":"gpp_sid"},
                           "file":"%s","integrity":"%s"}}""".formatted(PLATFORMS.path(), PLATFORMS.integrity())));
    }

    @Test
    void everything_the_pipeline_says_reaches_the_script() {
        Pin pin = kargo("kargo-main", SYNC_URL, "");
        JsonObject config = config(with(
                Pipeline.withDefaults("web", "wk_web", List.of(pin)),
                List.of("https://www.example.com"),
                new Cookie("example.com", "own"),
                new Consent(Scope.GDPR, List.of("C0002", "C0004"), new Signals(true, false, true, false)),
                new Sync(
                        30,
                        7,
                        Duration.ofHours(2),
                        Duration.ofMinutes(1),
                        Duration.ofMillis(500),
                        Duration.ofMillis(900),
                        Instant.ofEpochMilli(1_700_000_000_123L),
                        List.of(Source.KRG_CRB, Source.FETCH))));

        assertThat(in(config, "credentials")).isEqualTo(Json.of("include"));
        assertThat(in(config, "cookie")).isEqualTo(json("{\"name\":\"own_s\",\"domain\":\"example.com\"}"));
        assertThat(in(config, "consent.scope")).isEqualTo(Json.of("gdpr"));
        assertThat(in(config, "consent.category")).isEqualTo(json("[\"C0002\",\"C0004\"]"));
        assertThat(in(config, "consent.signals"))
                .isEqualTo(json("{\"tcf\":true,\"gpp\":false,\"usp\":true,\"gpc\":false}"));
        assertThat(in(config, "sync.sources")).isEqualTo(json("[\"krgCrb\",\"fetch\"]"));
        assertThat(in(config, "sync.retryFailuresBefore")).isEqualTo(json("1700000000123"));
        assertThat(in(config, "sync.refreshDays")).isEqualTo(json("7"));
        assertThat(in(config, "sync.failureTtl")).isEqualTo(json("7200"));
        assertThat(in(config, "sync.holdMs")).isEqualTo(json("500"));
    }

    private static Json json(String text) {
        return JsonText.read(text);
    }

    @Test
    void the_integrations_own_categories_and_purposes_come_before_the_pipelines_and_the_kits() {
        JsonObject config = config(kargo("kargo-main", SYNC_URL, "consent: {category: Advertising, purposes: [1, 7]}"));

        assertThat(in(config, "consent.category")).isEqualTo(json("[\"Advertising\"]"));
        assertThat(in(config, "consent.purposes")).isEqualTo(json("[1,7]"));
    }

    @Test
    void the_first_enabled_integration_that_a_browser_can_ask_for_counts() {
        Pin hook = webhook("");
        Pin unready = kargo("kargo-new", "", "");
        Pin disabled = off(kargo("kargo-old", ", SYNC_URL: https://old.example/id", ""));
        Pin ready = kargo("kargo-main", SYNC_URL, "consent: {category: C0004}");
        Pin second = kargo("kargo-two", ", SYNC_URL: https://two.example/id", "");

        assertThat(in(config(hook, unready, disabled, ready, second), "sync.url"))
                .isEqualTo(Json.of("https://crb.example/id"));
        assertThat(in(config(hook, unready, disabled, ready, second), "consent.category"))
                .isEqualTo(json("[\"C0004\"]"));
        JsonObject without = config(hook, unready, disabled);
        assertThat(in(without, "kit")).isEqualTo(Json.of("kargo"));
        assertThat(in(without, "sync.url")).isEqualTo(Json.of(""));
        assertThat(in(without, "sync.sources")).isEqualTo(json("[]"));
    }

    @Test
    void where_no_kit_has_a_sync_none_is_told_and_the_pipelines_consent_counts() {
        JsonObject config = config(webhook("consent: {category: C0002}"));

        assertThat(in(config, "kit")).isEqualTo(Json.of(""));
        assertThat(in(config, "sync.sources")).isEqualTo(json("[]"));
        assertThat(in(config, "consent.vendor")).isEqualTo(json("0"));
        assertThat(in(config, "consent.purposes")).isEqualTo(json("[]"));
        assertThat(in(config, "consent.category")).isEqualTo(json("[]"));
    }

    @Test
    void a_pipeline_without_integrations_has_a_script_too() {
        assertThat(in(config(), "writeKey")).isEqualTo(Json.of("wk_web"));
    }

    @Test
    void no_other_parameter_and_no_secret_reaches_a_visitor() {
        JsonObject config = config(kargo("kargo-main", SYNC_URL + ", AUTH_TOKEN: '${secret:T}'", ""));

        assertThat(config.toString()).doesNotContain("the-secret", "p-1", "kargo.example", "AUTH_TOKEN");
    }

    @Test
    void the_public_address_stands_without_a_slash_at_its_end() {
        Settings usual = Settings.DEFAULT;
        Settings settings = new Settings(
                usual.allowPrivateEndpoints(),
                "https://collect.example.com//",
                usual.admin(),
                usual.trustedProxies(),
                usual.durability(),
                usual.log(),
                usual.deadLetters(),
                usual.dedup(),
                usual.limits(),
                usual.metrics());
        Pipeline pipeline = Pipeline.withDefaults("web", "wk_web", List.of());

        assertThat(in(
                        ScriptConfig.of(new Workspace(settings, Map.of(), Map.of()), pipeline, "1", PLATFORMS),
                        "collector"))
                .isEqualTo(Json.of("https://collect.example.com"));
    }
}
