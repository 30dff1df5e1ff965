package dev.waybill.consent;

import dev.waybill.kit.KitConsent;
import dev.waybill.workspace.Pipeline;
import java.util.Optional;

/// `Sec-GPC: 1`, or `context.consent.gpc`: the browser's own do-not-sell-or-share. It denies.
final class GlobalPrivacyControl implements ConsentRule {
    @Override
    public Optional<String> denial(ConsentSignals signals, Pipeline.Consent consent, KitConsent kit) {
        return signals.gpc() ? Optional.of("gpc: the browser sent Global Privacy Control") : Optional.empty();
    }
}
