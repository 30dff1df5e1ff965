package dev.waybill.consent;

import com.iabtcf.decoder.TCString;
import dev.waybill.workspace.Pipeline;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// IAB Europe's Transparency & Consent Framework: where the GDPR applies, a TC string must be there and readable.
final class Transparency implements ConsentRule {
    /// In characters; real strings are below 2,000. It bounds what decoding costs.
    private static final int MAX_LENGTH = 8 << 10;

    @Override
    public Optional<String> denial(ConsentSignals signals, Pipeline.Consent consent) {
        if (!consent.signals().tcf() || !Boolean.TRUE.equals(signals.gdprApplies())) {
            return Optional.empty();
        }
        if (signals.tcf() == null) {
            return Optional.of("tcf: gdprApplies is true and there is no TC string");
        }
        return readable(signals.tcf())
                ? Optional.empty()
                : Optional.of("tcf: gdprApplies is true and the TC string can't be read");
    }

    static boolean readable(@Nullable String tcf) {
        if (tcf == null || tcf.isBlank() || tcf.length() > MAX_LENGTH) {
            return false;
        }
        try {
            TCString.decode(tcf);
            return true;
        } catch (RuntimeException e) {
            // The decoder throws many kinds for the many ways of being broken; all mean the same here.
            return false;
        }
    }
}
