package dev.waybill.kit;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/// What is wrong with a parameter's value. The words never hold any part of the value: it may be secret.
final class ParameterFault {
    private static final int LONGEST = 4_096;

    private ParameterFault() {}

    static Optional<String> of(Parameter parameter, String value) {
        if (value.isBlank()) {
            return Optional.of("the value is empty; " + parameter.description());
        }
        if (value.length() > LONGEST) {
            return Optional.of("the value has " + value.length() + " characters; allowed: " + LONGEST);
        }
        if (parameter.pattern() != null && !parameter.pattern().matcher(value).matches()) {
            return Optional.of(
                    "the value does not match " + parameter.pattern().pattern() + "; " + parameter.description());
        }
        return parameter.kind() == Parameter.Kind.URL ? ofUrl(value) : Optional.empty();
    }

    /// What is wrong with a URL to send to.
    static Optional<String> ofUrl(String value) {
        try {
            URI uri = new URI(value);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (!web || uri.getHost() == null) {
                return Optional.of("the value is no absolute http or https URL; allowed: such as https://host/path");
            }
            if (uri.getRawUserInfo() != null) {
                return Optional.of("a user name or password in a URL is not allowed; take it out");
            }
            return uri.getRawFragment() == null
                    ? Optional.empty()
                    : Optional.of("a URL to send to has no '#' part; take it out");
        } catch (URISyntaxException e) {
            return Optional.of("the value is no URL: " + e.getReason() + "; allowed: such as https://host/path");
        }
    }
}
