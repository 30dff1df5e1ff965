package dev.waybill.collect;

import dev.waybill.kit.Kit;
import dev.waybill.workspace.Pipeline;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the browser says about the person beside the events: the opt-out signal and the kit's own cookie.
///
/// @param kitCookies identifiers by kit name
record Signs(boolean globalPrivacyControl, Map<String, String> kitCookies) {
    private static final HeaderName GPC = HeaderNames.create("Sec-GPC");
    private static final int LONGEST_COOKIE = 300;

    /// The signs of a request. A page of any website may send to a pipeline without origins; the visitor's cookie is
    /// none of its business.
    static Signs of(ServerRequest request, PipelineIndex pipelines, PipelineIndex.Entry entry) {
        boolean gpc = request.headers().contains(GPC)
                && request.headers().get(GPC).allValues().contains("1");
        boolean anyWebsite = entry.origins().open() && request.headers().contains(HeaderNames.ORIGIN);
        return new Signs(
                gpc,
                anyWebsite || !request.headers().contains(HeaderNames.COOKIE)
                        ? Map.of()
                        : cookies(request.headers().get(HeaderNames.COOKIE).allValues(), pipelines, entry.pipeline()));
    }

    private static Map<String, String> cookies(List<String> headers, PipelineIndex pipelines, Pipeline pipeline) {
        Map<String, String> found = new TreeMap<>();
        for (Kit kit : pipelines.identityKits().values()) {
            String name = kit.about().name();
            String value = cookie(headers, pipeline.identityCookie(name), kit);
            if (value != null) {
                found.put(name, value);
            }
        }
        return found;
    }

    /// The cookie of that name: domain and host may each have one, and the first of the kit's usual shape is preferred.
    static @Nullable String cookie(List<String> headers, String name, Kit kit) {
        String unusual = null;
        for (String header : headers) {
            for (String pair : header.split(";", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0 && pair.substring(0, equals).trim().equals(name)) {
                    String value = unquoted(pair.substring(equals + 1).trim());
                    if (value.length() <= LONGEST_COOKIE && kit.takes(value)) {
                        return value;
                    }
                    if (unusual == null && !value.isEmpty() && value.length() <= LONGEST_COOKIE) {
                        unusual = value;
                    }
                }
            }
        }
        return unusual;
    }

    private static String unquoted(String value) {
        return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }
}
