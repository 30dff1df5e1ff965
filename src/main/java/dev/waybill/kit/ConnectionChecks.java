package dev.waybill.kit;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Problems;
import dev.waybill.config.Section;
import java.util.Map;
import java.util.Optional;

/// What only shows when an integration's parameters are put together. No value gets into a problem's text.
final class ConnectionChecks {
    private ConnectionChecks() {}

    static void all(Kit kit, Section parameters, Map<String, String> real, Problems problems) {
        switch (kit.request().auth()) {
            case Auth.Token token -> token(token, parameters, real, problems);
            case Auth.Basic basic -> basic(basic, parameters, real, problems);
            case null, default -> {}
        }
        url(kit, parameters.node(), real, problems);
        headers(kit, parameters.node(), real, problems);
    }

    private static void token(Auth.Token auth, Section parameters, Map<String, String> real, Problems problems) {
        boolean header = real.containsKey(auth.header());
        boolean query = real.containsKey(auth.query());
        if (header && query) {
            problems.error(parameters.node(), auth.header() + " and " + auth.query() + " exclude each other; keep one");
        }
        if ((header || query) && parameters.value(auth.token()) == null) {
            problems.error(
                    parameters.node(),
                    "'" + auth.token() + "' is missing: " + (header ? auth.header() : auth.query())
                            + " says how to send it");
        }
    }

    private static void basic(Auth.Basic auth, Section parameters, Map<String, String> real, Problems problems) {
        boolean user = real.containsKey(auth.user());
        boolean password = real.containsKey(auth.password());
        if (user != password && parameters.value(user ? auth.password() : auth.user()) == null) {
            problems.error(
                    parameters.node(),
                    "'" + (user ? auth.password() : auth.user()) + "' is missing: user name and password go together");
        }
        if (real.getOrDefault(auth.user(), "").contains(":")) {
            problems.error(KitValues.at(parameters, auth.user()), "a user name that is sent as basic auth has no ':'");
        }
    }

    /// A URL that is one parameter was looked at with it.
    private static void url(Kit kit, ConfigNode at, Map<String, String> real, Problems problems) {
        boolean bare = kit.request().url().literals().stream().allMatch(String::isEmpty);
        String url = bare ? null : kit.request().url().fill(real);
        Optional<String> fault = url == null ? Optional.empty() : ParameterFault.ofUrl(url);
        fault.ifPresent(words -> problems.error(
                at, "filled into the kit's URL " + kit.request().url().text() + " these make none: " + words));
    }

    private static void headers(Kit kit, ConfigNode at, Map<String, String> real, Problems problems) {
        kit.request().fill(real, true).headers().forEach((name, value) -> {
            if (!value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7f))) {
                problems.error(
                        at,
                        "the header '" + name + "' would hold a character that none can; allowed: visible ASCII and"
                                + " spaces");
            }
        });
    }
}
