package dev.waybill.kit;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a browser asks a destination for the person's identifier. Immutable.
///
/// @param url with the integration's parameters in their places; empty when there is none, or one of them has no value
/// @param field where the identifier stands in the JSON that is answered, with a dot between keys
/// @param parameters what the query of either URL calls each consent signal; one with an empty name is not sent
/// @param redirect how it sends a browser back with the identifier; null when it doesn't, or isn't set up to
public record BrowserSync(
        String url,
        String field,
        Map<Signal, String> parameters,
        @Nullable Redirect redirect) {
    public BrowserSync {
        EnumMap<Signal, String> copy = new EnumMap<>(Signal.class);
        copy.putAll(parameters);
        parameters = Collections.unmodifiableMap(copy);
    }

    /// A way by redirects: the browser loads the URL, and the destination sends it on to the address that stands in the
    /// query, with the identifier in the place of the macro.
    ///
    /// @param url with the integration's parameters in their places
    /// @param parameter what the query calls the address to return to
    /// @param macro the text within that address which the destination replaces
    public record Redirect(String url, String parameter, String macro) {}

    /// Whether a browser can ask at all.
    public boolean isSet() {
        return !url.isEmpty() || redirect != null;
    }

    /// A consent signal that goes along when it is known.
    public enum Signal {
        GDPR("gdpr", "gdpr"),
        GDPR_CONSENT("gdprConsent", "gdpr_consent"),
        US_PRIVACY("usPrivacy", "us_privacy"),
        GPP("gpp", "gpp"),
        GPP_SID("gppSid", "gpp_sid");

        private final String key;
        private final String usual;

        Signal(String key, String usual) {
            this.key = key;
            this.usual = usual;
        }

        /// The key in files.
        public String key() {
            return key;
        }

        /// Its name in a query when the kit says nothing, as IAB's specifications have it.
        public String usual() {
            return usual;
        }
    }
}
