package dev.waybill.consent;

import dev.waybill.event.Event;
import dev.waybill.json.JsonPath;
import dev.waybill.workspace.Pipeline;
import java.util.List;
import java.util.Optional;

/// Whether an event may be sent, by the consent signals it carries and what its pipeline makes of them.
public final class ConsentRules {
    /// In the order in which they are asked.
    private static final List<ConsentRule> RULES =
            List.of(new GlobalPrivacyControl(), new Transparency(), new Categories(), new NoSignal());

    private ConsentRules() {}

    /// The parts of an event that the rules look at.
    public static List<JsonPath> paths() {
        return ConsentSignals.PATHS;
    }

    /// Why the event must not be sent; empty when it may. The text begins with the rule's name: `gpc: …`.
    ///
    /// @param consent the pipeline's, with the integration's own categories where it has any
    public static Optional<String> decide(Event event, Pipeline.Consent consent) {
        ConsentSignals signals = ConsentSignals.of(event);
        return RULES.stream()
                .map(rule -> rule.denial(signals, consent))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
