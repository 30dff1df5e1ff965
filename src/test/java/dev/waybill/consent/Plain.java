package dev.waybill.consent;

import dev.waybill.event.Event;
import dev.waybill.kit.KitConsent;
import dev.waybill.workspace.Pipeline;
import java.util.Optional;

/// Asks for a destination that names no vendor.
final class Plain {
    private Plain() {}

    static Optional<String> decide(Event event, Pipeline.Consent consent) {
        return ConsentRules.decide(event, consent, KitConsent.NONE);
    }

    static boolean readable(String tcf) {
        ConsentSignals signals = new ConsentSignals(
                null, tcf, null, null, false, CategorySignals.of((dev.waybill.json.JsonObject) null));
        return new Transparency()
                .denial(
                        signals,
                        Pipeline.withDefaults("p", "k", java.util.List.of()).consent(),
                        KitConsent.NONE)
                .isEmpty();
    }
}
