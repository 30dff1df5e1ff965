package dev.waybill.consent;

import dev.waybill.workspace.Pipeline;
import java.util.Optional;

/// One kind of signal and what it forbids. Pure.
interface ConsentRule {
    /// Why the event must not be sent, in words for people; empty when this rule has nothing against it.
    Optional<String> denial(ConsentSignals signals, Pipeline.Consent consent);
}
