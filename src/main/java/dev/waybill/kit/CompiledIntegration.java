package dev.waybill.kit;

import dev.waybill.event.Event;
import dev.waybill.json.Projection;
import dev.waybill.playbook.Explanation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One revision, ready to be used. When no parameter is secret, the two mappers are one.
///
/// @param shown maps with placeholders for secrets
/// @param real maps with the secrets
/// @param parameters the connection parameters with placeholders for secrets
/// @param secrets the secret values, to be found in a text
record CompiledIntegration(
        String name,
        int revision,
        String kit,
        Projection wanted,
        RequestMapper shown,
        RequestMapper real,
        Map<String, String> parameters,
        SecretTexts secrets,
        Selection selection,
        List<String> consentCategories,
        KitConsent consent,
        Set<String> mappedEvents,
        VerdictRules verdicts,
        @Nullable BatchRule batch,
        @Nullable BrowserSync browserSync,
        Duration maxEventAge,
        Delivery delivery)
        implements Integration {
    CompiledIntegration {
        parameters = Map.copyOf(parameters);
        consentCategories = List.copyOf(consentCategories);
        mappedEvents = Set.copyOf(mappedEvents);
    }

    @Override
    public Mapped map(Event event) {
        return shown.map(event, null);
    }

    @Override
    public Mapped explain(Event event, Explanation explanation) {
        return shown.map(event, explanation);
    }

    @Override
    public Mapped mapForSending(Event event) {
        return real.map(event, null);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the compiler uses one mapper for both when nothing is secret
    public boolean hasSecrets() {
        return shown != real;
    }

    @Override
    public String withoutSecrets(String text) {
        return secrets.hide(text);
    }

    @Override
    public boolean selects(Event event) {
        return selection.selects(event);
    }

    @Override
    public Meaning meaning() {
        return Meaning.of(kit, parameters, shown, consentCategories, consent).with(delivery, maxEventAge);
    }

    @Override
    public Verdict judge(Answer answer) {
        return verdicts.judge(answer);
    }

    @Override
    public @Nullable String identity(Event event) {
        return shown.identity(event);
    }

    /// Without the parameters: they may be secret.
    @Override
    public String toString() {
        return "Integration " + name + "/" + revision + " of kit " + kit;
    }
}
