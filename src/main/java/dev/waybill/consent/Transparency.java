package dev.waybill.consent;

import com.iabtcf.decoder.TCString;
import com.iabtcf.v2.PublisherRestriction;
import com.iabtcf.v2.RestrictionType;
import dev.waybill.kit.KitConsent;
import dev.waybill.workspace.Pipeline;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// IAB Europe's Transparency & Consent Framework. Where the GDPR applies, a TC string must be there and give the
/// destination's vendor consent to each purpose that is asked for; a destination without a vendor needs a string that
/// can be read. Where nobody says whether the GDPR applies, a string that is there is judged all the same.
final class Transparency implements ConsentRule {
    /// In characters; real strings are below 2,000. It bounds what decoding costs.
    private static final int MAX_LENGTH = 8 << 10;

    private static final int VERSION = 2;

    /// The kind of the segment that lists whom the person was told of, in the three bits that begin it.
    private static final int DISCLOSED_VENDORS = 1;

    @Override
    public Optional<String> denial(ConsentSignals signals, Pipeline.Consent consent, KitConsent kit) {
        if (Boolean.FALSE.equals(signals.gdprApplies())) {
            return Optional.empty();
        }
        String applies = signals.gdprApplies() == null ? "" : "gdprApplies is true and ";
        String tcf = signals.tcf();
        if (tcf == null) {
            return signals.gdprApplies() == null
                    ? Optional.empty()
                    : Optional.of("tcf: " + applies + "there is no TC string");
        }
        return Optional.ofNullable(refusal(tcf, kit)).map(why -> "tcf: " + applies + why);
    }

    private static @Nullable String refusal(String tcf, KitConsent kit) {
        if (tcf.isBlank() || tcf.length() > MAX_LENGTH) {
            return "the TC string can't be read";
        }
        try {
            TCString decoded = TCString.decode(tcf);
            return kit.hasVendor() ? refusal(decoded, tcf, kit) : null;
        } catch (RuntimeException e) {
            // The decoder throws many kinds for the many ways of being broken; all mean the same here.
            return "the TC string can't be read";
        }
    }

    private static @Nullable String refusal(TCString decoded, String tcf, KitConsent kit) {
        int vendor = kit.vendor();
        if (decoded.getVersion() != VERSION) {
            return "the TC string is of version " + decoded.getVersion() + ", not " + VERSION;
        }
        if (!decoded.isServiceSpecific()) {
            return "the TC string is not service-specific";
        }
        if (!decoded.getVendorConsent().contains(vendor)) {
            return "vendor " + vendor + " has no consent";
        }
        if (disclosesVendors(tcf) && !decoded.getDisclosedVendors().contains(vendor)) {
            return "vendor " + vendor + " was not disclosed";
        }
        for (int purpose : kit.purposes()) {
            if (!decoded.getPurposesConsent().contains(purpose)) {
                return "purpose " + purpose + " has no consent";
            }
        }
        for (PublisherRestriction restriction : decoded.getPublisherRestrictions()) {
            // One that requires consent changes nothing: consent is all that is asked for.
            if (restriction.getRestrictionType() != RestrictionType.REQUIRE_CONSENT
                    && kit.purposes().contains(restriction.getPurposeId())
                    && restriction.getVendorIds().contains(vendor)) {
                return "the publisher restricts purpose " + restriction.getPurposeId() + " for vendor " + vendor;
            }
        }
        return null;
    }

    /// The decoder tells an absent list and an empty one alike.
    private static boolean disclosesVendors(String tcf) {
        String[] segments = tcf.split("\\.", -1);
        for (int i = 1; i < segments.length; i++) {
            Bits bits = Bits.of(segments[i]);
            if (bits != null && bits.next(3) == DISCLOSED_VENDORS) {
                return true;
            }
        }
        return false;
    }
}
