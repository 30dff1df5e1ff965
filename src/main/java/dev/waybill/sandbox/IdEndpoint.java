package dev.waybill.sandbox;

import dev.waybill.json.JsonObject;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `GET /id` and `GET /dsync`: a browser's Kargo identity, kept in the sandbox's own cookie. `/id` answers it as JSON,
/// `/dsync` sends the browser on to the address in `r`, with the identity in the place of `$UID`.
///
/// The cookie must reach the sandbox from pages of other sites, so it is `SameSite=None`, which browsers take only with
/// `Secure`. Over plain http Chromium accepts a `Secure` cookie from loopback names (`localhost`, `*.localhost`,
/// `127.0.0.1`), which it holds trustworthy; that is where a sandbox runs. A browser that is set to block the cookies
/// of
/// other sites keeps none and gets a new identity each time, as it would from Kargo.
final class IdEndpoint {
    private static final String COOKIE = "sandbox_puid";
    private static final String ATTRIBUTES = "; Path=/; Max-Age=31536000; HttpOnly; Secure; SameSite=None";
    private static final Pattern PUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final String MACRO = "$UID";
    private static final HeaderName ALLOW_ORIGIN = HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN;
    private static final HeaderName ALLOW_CREDENTIALS = HeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS;

    private final FaultPoint faults;
    private final Connections connections;
    private volatile AllowedOrigins origins;

    IdEndpoint(FaultPoint faults, Connections connections, AllowedOrigins origins) {
        this.faults = faults;
        this.connections = connections;
        this.origins = origins;
    }

    /// From now on these sites may read the answer.
    void shareWith(AllowedOrigins sites) {
        origins = sites;
    }

    void handle(ServerRequest request, ServerResponse response) throws InterruptedIOException {
        Fault fault = befall(request);
        shareWithOrigin(request, response);
        answer(
                request,
                response,
                fault,
                puid -> Answers.send(
                        response, 200, JsonObject.builder().put("puid", puid).build()));
    }

    /// Any page may have a browser load it.
    void redirect(ServerRequest request, ServerResponse response) throws InterruptedIOException {
        Fault fault = befall(request);
        String back = request.query().first("r").orElse("");
        if (!leadsBack(back)) {
            Answers.refuse(
                    response, 400, List.of("r is no absolute http or https URL with " + MACRO + " in it, URL-encoded"));
            return;
        }
        answer(
                request,
                response,
                fault,
                puid -> response.status(302)
                        .header(HeaderNames.LOCATION, back.replace(MACRO, puid))
                        .send());
    }

    private static boolean leadsBack(String back) {
        try {
            String scheme = URI.create(back.replace(MACRO, "0")).getScheme();
            return back.contains(MACRO) && ("http".equals(scheme) || "https".equals(scheme));
        } catch (IllegalArgumentException odd) {
            return false;
        }
    }

    private @Nullable Fault befall(ServerRequest request) throws InterruptedIOException {
        try {
            return faults.befall(Fault.Target.ID);
        } catch (FaultPoint.CutException cut) {
            throw connections.cut(request);
        }
    }

    private static void answer(
            ServerRequest request, ServerResponse response, @Nullable Fault fault, Consumer<String> identified) {
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        if (fault != null && fault.status() != null) {
            Answers.fault(response, fault.status(), fault.retryAfterSeconds());
        } else if (lacksConsentString(request)) {
            Answers.refuse(response, 400, List.of("gdpr is 1 and gdpr_consent is missing; send the TC string"));
        } else {
            String puid = puid(request);
            response.header(HeaderNames.SET_COOKIE, COOKIE + "=" + puid + ATTRIBUTES);
            identified.accept(puid);
        }
    }

    void preflight(ServerRequest request, ServerResponse response) {
        if (shareWithOrigin(request, response)) {
            response.header(HeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET");
        }
        response.status(204).send();
    }

    private boolean shareWithOrigin(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.VARY, "Origin");
        String origin = request.headers().first(HeaderNames.ORIGIN).orElse("");
        if (!origins.allows(origin)) {
            return false;
        }
        response.header(ALLOW_ORIGIN, origin);
        response.header(ALLOW_CREDENTIALS, "true");
        return true;
    }

    private static boolean lacksConsentString(ServerRequest request) {
        String gdpr = request.query().first("gdpr").orElse("");
        return gdpr.equals("1")
                && request.query().first("gdpr_consent").orElse("").isBlank();
    }

    private static String puid(ServerRequest request) {
        String known = request.headers().cookies().first(COOKIE).orElse("");
        return PUID.matcher(known).matches() ? known : UUID.randomUUID().toString();
    }
}
