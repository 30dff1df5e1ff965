package dev.waybill.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.playbook.Template;
import java.net.URLEncoder;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The part of a kit's request that is the same for every event.
///
/// @param headers lower-case names
/// @param auth how the sender is known, or null when the destination doesn't ask
/// @param signingSecret the parameter that holds the secret to sign with, or null when requests are not signed
record RequestTemplate(
        String method,
        Template url,
        Map<String, Template> headers,
        @Nullable Auth auth,
        BodyEncoding encoding,
        @Nullable String signingSecret) {

    /// Method, URL and headers for one set of parameter values.
    ///
    /// @param url null when a parameter in it has no value
    /// @param signing null when requests are not signed, and in what may be shown
    record Target(
            String method,
            @Nullable String url,
            SortedMap<String, String> headers,
            BodyEncoding encoding,
            @Nullable Signing signing) {}

    /// The template with its parameters filled in.
    ///
    /// @param parameters by name
    /// @param forTheWire whether secrets are encoded and signatures made: placeholders that are shown stay readable
    Target fill(Map<String, String> parameters, boolean forTheWire) {
        String filledUrl = url.fill(parameters);
        SortedMap<String, String> filled = new TreeMap<>();
        if (encoding.contentType() != null) {
            filled.put("content-type", encoding.contentType());
        }
        headers.forEach((name, template) -> {
            String value = template.fill(parameters);
            if (value != null) {
                filled.put(name, value);
            }
        });
        switch (auth) {
            case null -> {}
            case Auth.Bearer bearer -> bearer(filled, parameters.get(bearer.token()));
            case Auth.Basic basic ->
                basic.credentials(parameters, forTheWire)
                        .ifPresent(credentials -> filled.put("authorization", "Basic " + credentials));
            case Auth.Token token -> filledUrl = token(token, parameters, filledUrl, filled, forTheWire);
        }
        Signing signing = signing(parameters, filled, forTheWire);
        return new Target(method, filledUrl, Collections.unmodifiableSortedMap(filled), encoding, signing);
    }

    private static void bearer(SortedMap<String, String> headers, @Nullable String token) {
        if (token != null) {
            headers.put("authorization", "Bearer " + token);
        }
    }

    private static @Nullable String token(
            Auth.Token auth,
            Map<String, String> parameters,
            @Nullable String url,
            SortedMap<String, String> headers,
            boolean encode) {
        String token = parameters.get(auth.token());
        if (token == null) {
            return url;
        }
        String header = parameters.get(auth.header());
        String query = parameters.get(auth.query());
        if (query != null) {
            return url == null ? null : withQuery(url, query, token, encode);
        }
        if (header != null) {
            headers.put(header.toLowerCase(Locale.ROOT), token);
        } else {
            bearer(headers, token);
        }
        return url;
    }

    private static String withQuery(String url, String key, String token, boolean encode) {
        String value = encode ? URLEncoder.encode(token, UTF_8) : token;
        return url + (url.indexOf('?') < 0 ? "?" : "&") + key + "=" + value;
    }

    private @Nullable Signing signing(
            Map<String, String> parameters, SortedMap<String, String> headers, boolean forTheWire) {
        String secret = signingSecret == null ? null : parameters.get(signingSecret);
        if (secret == null) {
            return null;
        }
        if (forTheWire) {
            return new Signing(secret);
        }
        // Which id, when and what it comes to is known at the send.
        headers.put(Signing.ID, "${messageId}");
        headers.put(Signing.TIMESTAMP, "${now}");
        headers.put(Signing.SIGNATURE, "v1," + secret);
        return null;
    }
}
