package dev.waybill.sandbox;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The sites that may read the ID endpoint's answer with cookies. Immutable.
public final class AllowedOrigins {
    private final Set<String> origins;

    private AllowedOrigins(Set<String> origins) {
        this.origins = origins;
    }

    /// Takes origins as an operator lists them.
    ///
    /// @param origins as browsers write them, such as `https://www.example.com` or `http://localhost:8080`
    /// @throws IllegalArgumentException with one sentence for each that is none
    public static AllowedOrigins of(List<String> origins) {
        List<String> problems = new ArrayList<>();
        for (String origin : origins) {
            String problem = problemOf(origin);
            if (problem != null) {
                problems.add("'" + origin + "' is no origin: " + problem);
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return new AllowedOrigins(Set.copyOf(origins));
    }

    private static @Nullable String problemOf(String origin) {
        URI uri;
        try {
            uri = URI.create(origin);
        } catch (IllegalArgumentException odd) {
            return "write it as https://www.example.com or http://localhost:8080";
        }
        String scheme = uri.getScheme();
        if (scheme == null || uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
            return "write it as https://www.example.com or http://localhost:8080";
        }
        if (!origin.equals(origin.toLowerCase(Locale.ROOT))) {
            return "browsers send origins in lower case";
        }
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        if (uri.getPort() > 65_535 || !origin.equals(scheme + "://" + uri.getHost() + port)) {
            return "only scheme, host and port belong to it, without a trailing slash";
        }
        boolean defaultPort = scheme.equals("https") ? uri.getPort() == 443 : uri.getPort() == 80;
        return defaultPort ? "browsers leave out the default port" : null;
    }

    boolean allows(String origin) {
        return origins.contains(origin);
    }
}
