package dev.waybill.consent;

import dev.waybill.event.Event;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonPath;
import dev.waybill.kit.KitConsent;
import dev.waybill.workspace.Pipeline;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether an event may be sent, or an identifier be asked for, by the consent signals that came with it and what the
/// pipeline and the destination make of them.
public final class ConsentRules {
    /// In the order in which they are asked.
    private static final List<ConsentRule> RULES = List.of(
            new GlobalPrivacyControl(),
            new Transparency(),
            new PrivacyPlatform(),
            new UsPrivacy(),
            new Categories(),
            new NoSignal());

    private ConsentRules() {}

    /// The parts of an event that the rules look at.
    public static List<JsonPath> paths() {
        return ConsentSignals.PATHS;
    }

    /// Why the event must not be sent; empty when it may. The text begins with the rule's name: `gpc: …`.
    ///
    /// @param consent the pipeline's, with the integration's own categories where it has any
    /// @param kit what the destination needs consent to
    public static Optional<String> decide(Event event, Pipeline.Consent consent, KitConsent kit) {
        return denial(ConsentSignals.of(event, consent.signals()), consent, kit);
    }

    /// As [#decide], by the same rules, with what it was decided from.
    public static Ruling explain(Event event, Pipeline.Consent consent, KitConsent kit) {
        Optional<String> denial = decide(event, consent, kit);
        List<String> signals = SignalWords.of(event, consent.signals());
        if (denial.isPresent()) {
            String why = denial.get();
            return new Ruling(false, why.substring(0, why.indexOf(':')), "denied by " + why, signals);
        }
        String scope = consent.scope().name().toLowerCase(Locale.ROOT);
        return signals.isEmpty()
                ? new Ruling(
                        true, "scope", "allowed: no consent signal came, and scope " + scope + " allows that", signals)
                : new Ruling(true, "signals", "allowed: nothing refuses of " + String.join(", ", signals), signals);
    }

    /// Why the browser must not ask for an identifier, nor we keep one; empty when it may. Of the destination's
    /// purposes only the first counts, to store and read on the device.
    ///
    /// @param consent as on an event under `context.consent`, or null when the browser sent none
    /// @param globalPrivacyControl whether the request came with `Sec-GPC: 1`
    public static Optional<String> syncDenial(
            @Nullable JsonObject consent,
            boolean globalPrivacyControl,
            Pipeline.Consent pipelineConsent,
            KitConsent kitConsent) {
        KitConsent storage =
                kitConsent.hasVendor() ? kitConsent.withPurposes(List.of(KitConsent.STORAGE)) : KitConsent.NONE;
        return denial(
                ConsentSignals.of(
                        consent, globalPrivacyControl, CategorySignals.of(consent), pipelineConsent.signals()),
                pipelineConsent,
                storage);
    }

    private static Optional<String> denial(ConsentSignals signals, Pipeline.Consent consent, KitConsent kit) {
        for (ConsentRule rule : RULES) {
            Optional<String> denial = rule.denial(signals, consent, kit);
            if (denial.isPresent()) {
                return denial;
            }
        }
        return Optional.empty();
    }
}
