package dev.waybill.consent;

import dev.waybill.kit.KitConsent;
import dev.waybill.workspace.Pipeline;
import java.util.Optional;

/// In a pipeline of scope `gdpr` silence is no consent: the event must say that the GDPR doesn't apply, carry a TC
/// string, or grant every category that is asked for. GPP sections of US states and US Privacy strings tell of other
/// laws and don't break the silence. Asked last, so that a TC string that is there has passed its own rule.
final class NoSignal implements ConsentRule {
    @Override
    public Optional<String> denial(ConsentSignals signals, Pipeline.Consent consent, KitConsent kit) {
        if (consent.scope() != Pipeline.Scope.GDPR) {
            return Optional.empty();
        }
        boolean said = signals.gdprApplies() != null || signals.tcf() != null || Categories.granted(signals, consent);
        return said ? Optional.empty() : Optional.of("scope: no consent signal and scope is gdpr");
    }
}
