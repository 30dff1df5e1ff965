package dev.waybill.collect;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the browser says about the person beside the events: the opt-out signal and the kit's own cookie.
///
/// @param kitCookies identifiers by kit name
record Signs(boolean globalPrivacyControl, Map<String, String> kitCookies) {
    private static final HeaderName GPC = HeaderNames.create("Sec-GPC");
    private static final String KIT = "kargo";
    private static final int LONGEST_COOKIE = 300;

    /// The signs of a request. A page of any website may send to a pipeline without origins; the visitor's cookie is
    /// none of its business.
    static Signs of(ServerRequest request, PipelineIndex.Entry entry) {
        boolean gpc = request.headers().contains(GPC)
                && request.headers().get(GPC).allValues().contains("1");
        boolean anyWebsite = entry.origins().open() && request.headers().contains(HeaderNames.ORIGIN);
        String cookie = !anyWebsite && request.headers().contains(HeaderNames.COOKIE)
                ? cookie(
                        request.headers().get(HeaderNames.COOKIE).allValues(),
                        entry.pipeline().cookie().name())
                : null;
        return new Signs(gpc, cookie == null ? Map.of() : Map.of(KIT, cookie));
    }

    static @Nullable String cookie(List<String> headers, String name) {
        for (String header : headers) {
            for (String pair : header.split(";", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0 && pair.substring(0, equals).trim().equals(name)) {
                    String value = unquoted(pair.substring(equals + 1).trim());
                    return value.isEmpty() || value.length() > LONGEST_COOKIE ? null : value;
                }
            }
        }
        return null;
    }

    private static String unquoted(String value) {
        return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }
}
