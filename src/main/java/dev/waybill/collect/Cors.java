package dev.waybill.collect;

import dev.waybill.http.Refusal;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import org.jspecify.annotations.Nullable;

/// Which web pages may send, and what their browsers are told.
///
/// The answer names the page's exact origin, also when it is an error: otherwise the page's developer would see no more
/// than "network error". Cookies come along only for origins that a pipeline lists.
final class Cors {
    private static final Header VARY = HeaderValues.createCached(HeaderNames.VARY, "Origin");
    private static final Header CREDENTIALS =
            HeaderValues.createCached(HeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
    private static final Header EXPOSED =
            HeaderValues.createCached(HeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, "Retry-After");
    private static final Header METHODS =
            HeaderValues.createCached(HeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, OPTIONS");
    /// What analytics-next and RudderStack's browser SDK send, the latter also when it tries again.
    private static final Header HEADERS = HeaderValues.createCached(
            HeaderNames.ACCESS_CONTROL_ALLOW_HEADERS,
            "authorization, content-type, x-retry-count, anonymousid, sentat, rsa-recovered, rsa-retry-attempt,"
                    + " rsa-retry-reason, rsa-since-first-attempt, rsa-since-last-attempt");
    private static final Header MAX_AGE = HeaderValues.createCached(HeaderNames.ACCESS_CONTROL_MAX_AGE, "7200");

    private Cors() {}

    /// The request's `Origin`, or null when it comes from no web page.
    static @Nullable String origin(ServerRequest request) {
        return request.headers().contains(HeaderNames.ORIGIN)
                ? request.headers().get(HeaderNames.ORIGIN).get()
                : null;
    }

    /// Lets the page read the answer, whatever it will be.
    static void readable(ServerResponse response, @Nullable String origin) {
        response.header(VARY);
        if (origin != null) {
            response.header(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            response.header(EXPOSED);
        }
    }

    /// Holds the request to the origins of its pipeline, and lets cookies come along for those it lists.
    ///
    /// @throws Refusal 403 when it lists origins, and not this one
    static void admit(ServerResponse response, @Nullable String origin, Origins allowed) {
        if (origin == null || allowed.open()) {
            return;
        }
        if (!allowed.list(origin)) {
            throw foreign();
        }
        response.header(CREDENTIALS);
    }

    /// Answers a browser that asks whether it may send. It doesn't say to which pipeline.
    static void preflight(ServerRequest request, ServerResponse response, PipelineIndex pipelines) {
        String origin = origin(request);
        if (origin != null) {
            if (!pipelines.anyTakes(origin)) {
                response.header(VARY);
                throw foreign();
            }
            readable(response, origin);
            if (pipelines.anyLists(origin)) {
                response.header(CREDENTIALS);
            }
            response.header(METHODS);
            response.header(HEADERS);
            response.header(MAX_AGE);
        }
        response.status(Status.NO_CONTENT_204);
        response.send();
    }

    private static Refusal foreign() {
        return new Refusal(
                403, "foreign_origin", "this web origin may not send; list it under origins of the pipeline");
    }
}
