package dev.waybill.consent;

import dev.waybill.kit.KitConsent;
import dev.waybill.workspace.Pipeline;
import java.util.Optional;

/// One kind of signal and what it forbids. Pure.
interface ConsentRule {
    /// Why what is asked for is forbidden, in words for people; empty when this rule has nothing against it.
    ///
    /// @param signals read for this pipeline: a kind that it switches off is as good as absent
    /// @param kit the vendor, and the purposes that are asked for
    Optional<String> denial(ConsentSignals signals, Pipeline.Consent consent, KitConsent kit);
}
