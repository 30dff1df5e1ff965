package dev.waybill.alert;

import dev.waybill.attention.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Where alerts go and what they are about. Immutable.
///
/// @param url of the webhook, a secret; null when there is none
/// @param secret what messages are signed with; null only without a URL
/// @param enabled false keeps everything and sends nothing
/// @param kinds what is told of
public record AlertSettings(@Nullable String url, @Nullable String secret, boolean enabled, Set<Kind> kinds) {
    /// Before anybody has set anything.
    public static final AlertSettings NONE = new AlertSettings(null, null, true, usualKinds());

    private static final int MAX_URL = 2000;
    private static final String SECRET = "[!-~]{16,200}";
    private static final int SECRET_BYTES = 32;

    public AlertSettings {
        kinds = Set.copyOf(kinds);
    }

    /// What is told of unless somebody chose otherwise.
    public static Set<Kind> usualKinds() {
        return Arrays.stream(Kind.values())
                .filter(Kind::alerts)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Kind.class)));
    }

    /// Whether messages are sent.
    public boolean sends() {
        return enabled && url != null && secret != null;
    }

    /// The host of the URL, which is all that is shown of it; null without a URL.
    public @Nullable String host() {
        return url == null ? null : URI.create(url).getHost();
    }

    /// What is wrong with a URL that was typed in; empty when nothing is. It never holds the URL.
    ///
    /// @param allowHttp whether it may go unencrypted, as to a receiver on this machine
    public static List<String> problemsOfUrl(String url, boolean allowHttp) {
        List<String> problems = new ArrayList<>();
        try {
            URI uri = new URI(url);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (!scheme.equals("https") && !(allowHttp && scheme.equals("http"))) {
                problems.add("url must begin with https://"
                        + (allowHttp ? " or http://" : " (http:// only with allowPrivateEndpoints: true)"));
            }
            if (uri.getHost() == null) {
                problems.add("url has no host; allowed: a URL such as https://hooks.slack.com/services/…");
            }
            if (uri.getRawUserInfo() != null) {
                problems.add("url holds a user name; a webhook's secret stands in its path");
            }
            if (uri.getPort() == 0 || uri.getPort() > 0xFFFF) {
                problems.add("url has a port that there is none of; allowed: 1 to 65535");
            }
        } catch (URISyntaxException e) {
            problems.add("url is none: " + e.getReason() + " at character " + e.getIndex());
        }
        if (url.length() > MAX_URL) {
            problems.add("url has %d characters; at most %d are allowed".formatted(url.length(), MAX_URL));
        }
        return problems;
    }

    /// Whether it may be a signing secret: 16 to 200 visible ASCII characters.
    public static boolean isSecret(String secret) {
        return secret.matches(SECRET);
    }

    /// A new signing secret.
    public static String newSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return "whs_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// Without the secrets: it may end up in a log.
    @Override
    public String toString() {
        return "AlertSettings[enabled=%s, kinds=%s]".formatted(enabled, kinds);
    }
}
