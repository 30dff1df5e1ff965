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
/// @param auth how a token is sent, or null when the destination takes none
record RequestTemplate(
        String method,
        Template url,
        Map<String, Template> headers,
        @Nullable Auth auth) {
    /// The parameters that say how a token is sent: in the header that `header` names, in the query key that `query`
    /// names, else as `authorization: Bearer …`. Without a token nothing is added.
    record Auth(String token, String header, String query) {}

    /// Method, URL and headers for one set of parameter values.
    ///
    /// @param url null when a parameter in it has no value
    record Target(String method, @Nullable String url, SortedMap<String, String> headers) {}

    /// The template with its parameters filled in.
    ///
    /// @param parameters by name
    /// @param encode whether a token in the query is percent-encoded: for the wire it is, but a placeholder that is
    /// shown stays readable
    Target fill(Map<String, String> parameters, boolean encode) {
        String filledUrl = url.fill(parameters);
        SortedMap<String, String> filled = new TreeMap<>();
        headers.forEach((name, template) -> {
            String value = template.fill(parameters);
            if (value != null) {
                filled.put(name, value);
            }
        });
        String token = auth == null ? null : parameters.get(auth.token());
        if (auth != null && token != null) {
            String header = parameters.get(auth.header());
            String query = parameters.get(auth.query());
            if (query != null) {
                filledUrl = filledUrl == null ? null : withQuery(filledUrl, query, token, encode);
            } else if (header != null) {
                filled.put(header.toLowerCase(Locale.ROOT), token);
            } else {
                filled.put("authorization", "Bearer " + token);
            }
        }
        return new Target(method, filledUrl, Collections.unmodifiableSortedMap(filled));
    }

    private static String withQuery(String url, String key, String token, boolean encode) {
        String value = encode ? URLEncoder.encode(token, UTF_8) : token;
        return url + (url.indexOf('?') < 0 ? "?" : "&") + key + "=" + value;
    }
}
