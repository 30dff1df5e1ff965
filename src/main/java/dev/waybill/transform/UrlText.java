package dev.waybill.transform;

import dev.waybill.event.LetterCase;
import org.jspecify.annotations.Nullable;

/// A URL as it is found in events, taken apart by its punctuation alone: what browsers and ad servers write is
/// seldom what the standard allows, and each part is of use even when another is odd. Nothing is decoded. A part
/// that is absent or empty is null.
record UrlText(
        @Nullable String scheme,
        @Nullable String host,
        @Nullable String port,
        @Nullable String path,
        @Nullable String query,
        @Nullable String fragment) {
    static UrlText of(String written) {
        String text = WhiteSpace.trim(written);
        int hash = text.indexOf('#');
        String fragment = hash < 0 ? "" : text.substring(hash + 1);
        String front = hash < 0 ? text : text.substring(0, hash);
        int mark = front.indexOf('?');
        String query = mark < 0 ? "" : front.substring(mark + 1);
        front = mark < 0 ? front : front.substring(0, mark);
        int colon = schemeEnd(front);
        String scheme = colon < 0 ? "" : LetterCase.lower(front.substring(0, colon));
        front = front.substring(colon + 1);
        if (!front.startsWith("//")) {
            return new UrlText(some(scheme), null, null, some(front), some(query), some(fragment));
        }
        int slash = front.indexOf('/', 2);
        String authority = slash < 0 ? front.substring(2) : front.substring(2, slash);
        String path = slash < 0 ? "/" : front.substring(slash);
        String address = authority.substring(authority.lastIndexOf('@') + 1);
        int port = address.lastIndexOf(':');
        if (port < address.lastIndexOf(']')) {
            // The colons of an IPv6 address.
            port = -1;
        }
        String host = port < 0 ? address : address.substring(0, port);
        return new UrlText(
                some(scheme),
                some(LetterCase.lower(host)),
                port < 0 ? null : some(address.substring(port + 1)),
                path,
                some(query),
                some(fragment));
    }

    private static @Nullable String some(String part) {
        return part.isEmpty() ? null : part;
    }

    /// Where the colon behind the scheme stands; -1 when there is no scheme.
    private static int schemeEnd(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean inner = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
            if (c == ':' && i > 0) {
                return i;
            }
            if (!letter && (!inner || i == 0)) {
                return -1;
            }
        }
        return -1;
    }
}
