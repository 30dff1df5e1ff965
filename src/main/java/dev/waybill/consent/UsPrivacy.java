package dev.waybill.consent;

import dev.waybill.kit.KitConsent;
import dev.waybill.workspace.Pipeline;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// IAB's US Privacy string: `1`, then notice, opt-out of sale and limited service, each `Y`, `N` or `-`. An opt-out
/// denies, and so does what can't be read.
final class UsPrivacy implements ConsentRule {
    private static final Pattern FORM = Pattern.compile("1[YNyn-]{3}");
    private static final int OPT_OUT = 2;

    @Override
    public Optional<String> denial(ConsentSignals signals, Pipeline.Consent consent, KitConsent kit) {
        String usp = signals.usp();
        return usp == null
                ? Optional.empty()
                : Optional.ofNullable(refusal(usp)).map(why -> "usp: " + why);
    }

    /// Null when it refuses nothing.
    static @Nullable String refusal(String usp) {
        if (usp.length() != 4 || !FORM.matcher(usp).matches()) {
            return "the US Privacy string can't be read";
        }
        return Character.toUpperCase(usp.charAt(OPT_OUT)) == 'Y' ? "the person opted out of sale" : null;
    }
}
