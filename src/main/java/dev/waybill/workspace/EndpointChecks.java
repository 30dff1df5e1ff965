package dev.waybill.workspace;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Problems;
import dev.waybill.config.Variables;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Connection parameters that are URLs, and the URLs that kits hold themselves, must not lead into the own network
/// unless `allowPrivateEndpoints` says so. Only what the text itself shows is seen here, without DNS; the address
/// really connected to is looked at on each send.
record EndpointChecks(Problems problems, Variables variables, boolean allowPrivate) {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    private static final Pattern PLACE = Pattern.compile("\\$\\$[A-Za-z0-9_]+\\$\\$");

    void all(Collection<ConfigNode> revisions, Collection<ConfigNode> kits) {
        if (allowPrivate) {
            return;
        }
        kits.forEach(this::kit);
        for (ConfigNode root : revisions) {
            if (root instanceof ConfigNode.Mapping mapping
                    && mapping.entries().get("parameters") instanceof ConfigNode.Mapping parameters) {
                parameters.entries().values().forEach(this::parameter);
            }
        }
    }

    private void kit(ConfigNode root) {
        look(within(within(root, "request"), "url"));
        look(within(within(root, "sync"), "url"));
        look(within(within(within(root, "sync"), "redirect"), "url"));
        if (within(root, "parameters") instanceof ConfigNode.Sequence parameters) {
            parameters.items().forEach(parameter -> look(within(parameter, "default")));
        }
    }

    private static @Nullable ConfigNode within(@Nullable ConfigNode node, String key) {
        return node instanceof ConfigNode.Mapping mapping ? mapping.entries().get(key) : null;
    }

    private void look(@Nullable ConfigNode value) {
        if (value != null) {
            parameter(value);
        }
    }

    private void parameter(ConfigNode value) {
        String host = value instanceof ConfigNode.Scalar scalar ? host(scalar.text()) : null;
        if (host != null && isPrivate(host)) {
            problems.error(
                    value,
                    "'" + host + "' is a loopback, private or link-local address; use a public one, or set"
                            + " allowPrivateEndpoints: true in waybill.yaml");
        }
    }

    private @Nullable String host(String text) {
        String filled = VARIABLE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        variables.environment(found.group(1)).orElse("")));
        // What a parameter will be is not known; a digit keeps the rest readable, as a port or within a host.
        String lower = PLACE.matcher(filled).replaceAll("1").toLowerCase(Locale.ROOT);
        if (!lower.startsWith("http://") && !lower.startsWith("https://")) {
            return null;
        }
        try {
            String host = URI.create(lower).getHost();
            return host == null ? null : host.replaceAll("[\\[\\]]", "");
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean isPrivate(String host) {
        if (host.equals("localhost") || host.endsWith(".localhost")) {
            return true;
        }
        InetAddress address;
        try {
            address = InetAddress.ofLiteral(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
        boolean uniqueLocal = address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc;
        return uniqueLocal
                || address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress();
    }
}
