package dev.waybill.deliver;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/// A URL taken apart: where to connect and what to ask for.
///
/// @param url as it was given
/// @param host scheme, host and port
/// @param uri the same, valid and without a user name
record Target(String url, HttpHost host, URI uri) {
    /// Takes a URL apart.
    ///
    /// @throws BadUrlException naming what is wrong, without the URL: it may hold a secret
    static Target parse(@Nullable String url) throws BadUrlException {
        if (url == null || url.isBlank()) {
            throw new BadUrlException("The integration has no URL to send to: set its ENDPOINT.");
        }
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw new BadUrlException("The URL is not valid: " + e.getReason() + " at character " + e.getIndex() + ".");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new BadUrlException("The URL must begin with https:// or http://.");
        }
        if (uri.getRawUserInfo() != null) {
            throw new BadUrlException("The URL holds a user name; send it as a header instead.");
        }
        if (uri.getHost() == null || uri.getPort() > 0xFFFF || uri.getPort() == 0) {
            throw new BadUrlException("The URL has no valid host and port.");
        }
        return new Target(url, new HttpHost(scheme, uri.getHost(), uri.getPort()), uri);
    }

    static final class BadUrlException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String problem;

        BadUrlException(String problem) {
            super(problem);
            this.problem = problem;
        }

        String problem() {
            return problem;
        }
    }
}
