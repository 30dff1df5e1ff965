package dev.waybill.browser;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.kit.BrowserSync;
import dev.waybill.kit.BrowserSync.Signal;
import dev.waybill.kit.Integration;
import dev.waybill.kit.KitConsent;
import dev.waybill.workspace.Pipeline;
import dev.waybill.workspace.Pipeline.Source;
import dev.waybill.workspace.Workspace;
import dev.waybill.workspace.Workspace.RevisionKey;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What the script is told about its pipeline; `src/main/js/externs.js` describes the form. It holds nothing secret:
/// every visitor of the site can read it.
final class ScriptConfig {
    private static final BrowserSync NO_SYNC = new BrowserSync("", "", Map.of(), null);

    /// How long events and sync wait for a consent banner that nobody answers.
    private static final Duration CONSENT_WAIT = Duration.ofSeconds(30);

    private ScriptConfig() {}

    /// @param version of Waybill, for the events' `context.library`
    /// @param platforms the file that reads consent platforms
    static JsonObject of(Workspace workspace, Pipeline pipeline, String version, BrowserFile platforms) {
        Optional<Integration> integration = withSync(workspace, pipeline);
        BrowserSync sync = integration
                .map(Integration::browserSync)
                .filter(Objects::nonNull)
                .orElse(NO_SYNC);
        String publicUrl = workspace.settings().publicUrl();
        return JsonObject.builder()
                .put("writeKey", pipeline.writeKey())
                .put("kit", integration.map(Integration::kit).orElse(""))
                .put("collector", publicUrl == null ? "" : publicUrl.replaceAll("/+$", ""))
                .put("credentials", pipeline.origins().isEmpty() ? "same-origin" : "include")
                .put("version", version)
                .put(
                        "cookie",
                        cookie(pipeline, integration.map(Integration::kit).orElse("")))
                .put("sync", sync(pipeline.sync(), sync))
                .put(
                        "consent",
                        consent(
                                integration
                                        .map(Integration::consentCategories)
                                        .map(pipeline.consent()::forIntegration)
                                        .orElse(pipeline.consent()),
                                integration.map(Integration::consent).orElse(KitConsent.NONE),
                                sync,
                                platforms))
                .build();
    }

    /// Whether the script takes identifiers by redirect, and so needs that part.
    static boolean redirects(JsonObject config) {
        JsonObject sync = config.object("sync");
        return sync != null
                && sync.get("sources") instanceof Json.Arr sources
                && sources.items().contains(Json.of(Source.REDIRECT.word()));
    }

    /// The first enabled integration that a browser can get an identifier for, else the first whose kit has a sync at
    /// all.
    private static Optional<Integration> withSync(Workspace workspace, Pipeline pipeline) {
        List<Integration> all = pipeline.integrations().stream()
                .filter(Pipeline.Pin::enabled)
                .map(pin -> workspace.integrations().get(new RevisionKey(pin.integration(), pin.revision())))
                .filter(Objects::nonNull)
                .filter(integration -> integration.browserSync() != null)
                .toList();
        return all.stream()
                .filter(integration -> integration.browserSync() != null
                        && integration.browserSync().isSet())
                .findFirst()
                .or(() -> all.stream().findFirst());
    }

    private static JsonObject cookie(Pipeline pipeline, String kit) {
        String domain = pipeline.cookie().domain();
        return JsonObject.builder()
                .put("name", pipeline.stateCookie(kit))
                .put("domain", domain == null ? "" : domain)
                .build();
    }

    private static JsonObject sync(Pipeline.Sync settings, BrowserSync sync) {
        List<String> sources = sync.equals(NO_SYNC)
                ? List.of()
                : settings.sources().stream()
                        .filter(source -> switch (source) {
                            case FETCH -> !sync.url().isEmpty();
                            case REDIRECT -> sync.redirect() != null;
                            case KRG_CRB -> true;
                        })
                        .map(Source::word)
                        .toList();
        return JsonObject.builder()
                .put("url", sync.url())
                .put("field", sync.field())
                .put("cookieDays", settings.cookieDays())
                .put("refreshDays", settings.refreshDays() == null ? 0 : settings.refreshDays())
                .put("failureTtl", settings.failureTtl().toSeconds())
                .put("firstFailureTtl", settings.firstFailureTtl().toSeconds())
                .put("holdMs", settings.hold().toMillis())
                .put("timeoutMs", settings.timeout().toMillis())
                .put(
                        "retryFailuresBefore",
                        settings.retryFailuresBefore() == null
                                ? 0
                                : settings.retryFailuresBefore().toEpochMilli())
                .put("sources", texts(sources))
                .build();
    }

    private static JsonObject consent(
            Pipeline.Consent consent, KitConsent kit, BrowserSync sync, BrowserFile platforms) {
        Pipeline.Signals counted = consent.signals();
        JsonObject.Builder names = JsonObject.builder();
        for (Signal signal : Signal.values()) {
            names.put(signal.key(), sync.parameters().getOrDefault(signal, ""));
        }
        return JsonObject.builder()
                .put("scope", consent.scope().name().toLowerCase(Locale.ROOT))
                .put("category", texts(consent.category()))
                .put(
                        "signals",
                        JsonObject.builder()
                                .put("tcf", counted.tcf())
                                .put("gpp", counted.gpp())
                                .put("usp", counted.usp())
                                .put("gpc", counted.gpc())
                                .build())
                .put("vendor", kit.vendor())
                .put(
                        "purposes",
                        new Json.Arr(kit.purposes().stream().map(Json::of).toList()))
                .put("waitMs", CONSENT_WAIT.toMillis())
                .put("params", names.build())
                .put("file", platforms.path())
                .put("integrity", platforms.integrity())
                .build();
    }

    private static Json.Arr texts(Collection<String> texts) {
        return new Json.Arr(texts.stream().map(Json::of).toList());
    }
}
