package dev.waybill.kit;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// How a browser asks a destination for the person's identifier. Immutable.
///
/// @param url with the integration's parameters in their places; empty when one of them has no value
/// @param field where the identifier stands in the JSON that is answered, with a dot between keys
/// @param parameters what the URL's query calls each consent signal; one with an empty name is not sent
public record BrowserSync(String url, String field, Map<Signal, String> parameters) {
    public BrowserSync {
        EnumMap<Signal, String> copy = new EnumMap<>(Signal.class);
        copy.putAll(parameters);
        parameters = Collections.unmodifiableMap(copy);
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
