package dev.waybill.collect;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The web origins that a pipeline lists. Immutable.
final class Origins {
    private static final String WILDCARD = "://*.";

    /// `https://`, a host name's 253 characters and a port. Lower case of a stranger's longer text can take seconds.
    private static final int LONGEST = 300;

    private final Set<String> exact = new HashSet<>();
    private final List<Subdomains> subdomains = new ArrayList<>();

    /// Every host below a domain, at any depth but not the domain itself, over one scheme and on its default port.
    private record Subdomains(String scheme, String suffix) {
        boolean holds(String origin) {
            if (!origin.startsWith(scheme) || !origin.endsWith(suffix)) {
                return false;
            }
            int end = origin.length() - suffix.length();
            for (int i = scheme.length(); i < end; i++) {
                char c = origin.charAt(i);
                if (c != '.' && c != '-' && !Character.isLetterOrDigit(c)) {
                    return false;
                }
            }
            return end > scheme.length();
        }
    }

    /// @param listed `https://www.example.com` or `https://*.example.com`
    Origins(List<String> listed) {
        for (String origin : listed) {
            String lower = origin.toLowerCase(Locale.ROOT);
            int wildcard = lower.indexOf(WILDCARD);
            if (wildcard < 0) {
                exact.add(lower);
            } else {
                int host = wildcard + "://".length();
                subdomains.add(new Subdomains(lower.substring(0, host), lower.substring(host + 1)));
            }
        }
    }

    /// Whether no origin is listed, so that any may send.
    boolean open() {
        return exact.isEmpty() && subdomains.isEmpty();
    }

    /// Whether the value of an `Origin` header is listed. `null`, which browsers send for opaque origins, never is.
    boolean list(String origin) {
        if (origin.length() > LONGEST) {
            return false;
        }
        String lower = origin.toLowerCase(Locale.ROOT);
        return exact.contains(lower) || subdomains.stream().anyMatch(rule -> rule.holds(lower));
    }
}
