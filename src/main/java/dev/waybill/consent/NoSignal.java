package dev.waybill.consent;

import dev.waybill.workspace.Pipeline;
import java.util.Optional;

/// In a pipeline of scope `gdpr` silence is no consent: the event must say that the GDPR doesn't apply, carry a
/// readable TC string, or grant every category that is asked for.
final class NoSignal implements ConsentRule {
    @Override
    public Optional<String> denial(ConsentSignals signals, Pipeline.Consent consent) {
        if (consent.scope() != Pipeline.Scope.GDPR) {
            return Optional.empty();
        }
        boolean framework =
                consent.signals().tcf() && (signals.gdprApplies() != null || Transparency.readable(signals.tcf()));
        boolean said = framework || Categories.granted(signals, consent);
        return said ? Optional.empty() : Optional.of("scope: no consent signal and scope is gdpr");
    }
}
