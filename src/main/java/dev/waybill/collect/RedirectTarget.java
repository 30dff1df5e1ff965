package dev.waybill.collect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.kit.BrowserSync;
import dev.waybill.kit.BrowserSync.Signal;
import dev.waybill.kit.Integration;
import dev.waybill.workspace.Pipeline;
import dev.waybill.workspace.Pipeline.Source;
import dev.waybill.workspace.Workspace;
import dev.waybill.workspace.Workspace.RevisionKey;
import java.net.URLEncoder;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The destination's address that sends a browser on to the collector, with the identifier. Immutable.
record RedirectTarget(BrowserSync sync, BrowserSync.Redirect redirect) {
    /// That of the first enabled integration of the kit that has one; empty when the pipeline doesn't take identifiers
    /// from there.
    static Optional<RedirectTarget> of(Workspace workspace, Pipeline pipeline, String kit) {
        if (!pipeline.sync().sources().contains(Source.REDIRECT)) {
            return Optional.empty();
        }
        return pipeline.integrations().stream()
                .filter(Pipeline.Pin::enabled)
                .map(pin -> workspace.integrations().get(new RevisionKey(pin.integration(), pin.revision())))
                .filter(Objects::nonNull)
                .filter(integration -> integration.kit().equals(kit))
                .map(Integration::browserSync)
                .filter(Objects::nonNull)
                .flatMap(sync ->
                        Optional.ofNullable(sync.redirect()).map(found -> new RedirectTarget(sync, found)).stream())
                .findFirst();
    }

    /// Where the browser is to go.
    ///
    /// @param consent the page's signals as on events; each goes along when it is known
    /// @param callback the address to return to, up to where the identifier goes
    String url(JsonObject consent, String callback) {
        StringBuilder url = new StringBuilder(redirect.url());
        for (Signal signal : Signal.values()) {
            add(url, sync.parameters().getOrDefault(signal, ""), value(signal, consent));
        }
        add(url, redirect.parameter(), callback + redirect.macro());
        return url.toString();
    }

    private static void add(StringBuilder url, String name, @Nullable String value) {
        if (!name.isEmpty() && value != null && !value.isBlank()) {
            url.append(url.indexOf("?") < 0 ? '?' : '&')
                    .append(name)
                    .append('=')
                    .append(encoded(value));
        }
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, UTF_8);
    }

    private static @Nullable String value(Signal signal, JsonObject consent) {
        return switch (signal) {
            case GDPR ->
                switch (consent.get("gdprApplies")) {
                    case Json.Bool applies -> applies == Json.Bool.TRUE ? "1" : "0";
                    case null, default -> null;
                };
            case GDPR_CONSENT -> consent.text("tcf");
            case US_PRIVACY -> consent.text("usp");
            case GPP -> consent.text("gpp");
            case GPP_SID ->
                consent.get("gppSid") instanceof Json.Arr sections
                        ? sections.items().stream()
                                .map(RedirectTarget::section)
                                .filter(Objects::nonNull)
                                .collect(Collectors.joining(","))
                        : null;
        };
    }

    private static @Nullable String section(Json id) {
        return id instanceof Json.Num(String literal) ? literal : id.asText();
    }
}
