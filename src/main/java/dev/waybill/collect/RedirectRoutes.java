package dev.waybill.collect;

import static dev.waybill.collect.RedirectTarget.encoded;

import dev.waybill.http.Body;
import dev.waybill.http.BodyReader;
import dev.waybill.http.JsonAnswers;
import dev.waybill.http.Refusal;
import dev.waybill.identity.Report;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.log.LogUnavailableException;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The sync by redirect: `POST /v1/identity/{kit}/redirect` tells a page where its browser is to go, and the
/// destination
/// sends it on to `GET /v1/identity/{kit}/callback` with the identifier. The browser loads both as an image, so the
/// callback answers one. Safe for threads.
final class RedirectRoutes {
    private static final int MOST_BYTES = 16 << 10;
    private static final int RETRY_SECONDS = 2;
    private static final Header NO_STORE = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");
    private static final Header GIF = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "image/gif");
    private static final Header NO_SNIFF = HeaderValues.createCached("X-Content-Type-Options", "nosniff");
    private static final byte[] PIXEL =
            Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    private final IdentitySink sink;
    private final InstantSource clock;
    private final BodyReader bodies;
    private final AddressRates rates;
    private final SpentVisits spent = new SpentVisits();

    RedirectRoutes(IdentitySink sink, InstantSource clock, BodyReader bodies, AddressRates rates) {
        this.sink = sink;
        this.clock = clock;
        this.bodies = bodies;
        this.rates = rates;
    }

    /// Tells a page of a listed origin where its browser is to go, and remembers in the browser that it set out.
    void begin(ServerRequest request, ServerResponse response, PipelineIndex pipelines, String kitName) {
        response.header(NO_STORE);
        IdentityRoutes.Asked asked = IdentityRoutes.asked(request, response, pipelines, kitName);
        rates.check(pipelines.clients().of(request), clock.millis());
        RedirectTarget target = RedirectTarget.of(pipelines.workspace(), asked.pipeline(), kitName)
                .orElseThrow(() -> new Refusal(
                        404,
                        "no_redirect",
                        "the pipeline doesn't list 'redirect' under sync.sources, or none of its integrations of the"
                                + " kit " + asked.kitName() + " has a redirect URL"));
        try (Body body = bodies.read(request, MOST_BYTES)) {
            JsonObject said = IdentityReport.object(body.bytes());
            String anonymousId = IdentityReport.anonymousId(said);
            JsonObject consent = IdentityReport.consent(said);
            Optional<String> denied = IdentityRoutes.denial(asked, consent);
            if (denied.isPresent()) {
                refused(asked, response, "consent_denied", denied.get());
            } else if (sink.suppressed(anonymousId, null)) {
                refused(asked, response, "suppressed", "the person asked not to be tracked");
            } else if (!asked.mayKeep()) {
                refused(
                        asked,
                        response,
                        "origins_open",
                        "the pipeline lists no origins, so that no cookie is kept; list the site's under origins");
            } else {
                RedirectVisit visit = RedirectVisit.begin(anonymousId, clock.millis());
                asked.cookies().begin(response, visit);
                String callback = SdkSettings.base(request, pipelines) + "/v1/identity/" + asked.kitName()
                        + "/callback?writeKey=" + encoded(asked.pipeline().writeKey()) + "&state=" + visit.nonce()
                        + "&puid=";
                JsonAnswers.send(
                        response,
                        200,
                        JsonObject.builder()
                                .put("url", target.url(consent, callback))
                                .build());
            }
        }
    }

    private void refused(IdentityRoutes.Asked asked, ServerResponse response, String reason, String detail) {
        sink.reported(asked.pipeline().name(), asked.kitName(), reason);
        JsonAnswers.send(
                response,
                200,
                JsonObject.builder()
                        .put("stored", Json.Bool.FALSE)
                        .put("reason", reason)
                        .put("detail", detail)
                        .build());
    }

    /// Takes the browser back. Whatever it brings, it can return once only; without an identifier that may be kept the
    /// image is the same, and the page finds no new cookie.
    ///
    /// @throws Refusal 403 when this browser didn't set out, did so too long ago, or has returned already
    void end(ServerRequest request, ServerResponse response, PipelineIndex pipelines, String kitName) {
        response.header(NO_STORE);
        IdentityRoutes.Asked asked = IdentityRoutes.asked(request, response, pipelines, kitName);
        rates.check(pipelines.clients().of(request), clock.millis());
        RedirectVisit visit = visit(request, asked)
                .filter(found -> spent.spend(found, clock.millis()))
                .orElseThrow(() -> new Refusal(
                        403,
                        "foreign_redirect",
                        ("this browser didn't set out for an identifier, did so over %d seconds ago, or has returned"
                                                + " already; it begins with POST")
                                        .formatted(RedirectVisit.LONGEST)
                                + " /v1/identity/" + asked.kitName() + "/redirect"));
        asked.cookies().end(response);
        String puid = request.query().first("puid").orElse("");
        if (asked.kit().takes(puid) && mayKeep(asked, visit, puid)) {
            append(asked, visit.anonymousId(), puid);
            asked.cookies().set(response, puid, clock.millis());
            sink.reported(asked.pipeline().name(), asked.kitName(), "stored");
        }
        response.header(GIF);
        response.header(NO_SNIFF);
        response.send(PIXEL);
    }

    private Optional<RedirectVisit> visit(ServerRequest request, IdentityRoutes.Asked asked) {
        String cookie = asked.cookies().visit();
        return cookie == null || asked.pipeline().origins().isEmpty()
                ? Optional.empty()
                : RedirectVisit.of(
                        request, cookie, request.query().first("state").orElse(""), clock.millis());
    }

    /// Consent was looked at when the browser set out, with signals that are too large to travel along. What it told
    /// meanwhile counts: it may have withdrawn consent in another tab.
    private boolean mayKeep(IdentityRoutes.Asked asked, RedirectVisit visit, String puid) {
        String anonymousId = visit.anonymousId();
        boolean refused = asked.signs().globalPrivacyControl()
                && asked.pipeline().consent().signals().gpc();
        boolean withdrawn =
                anonymousId != null && sink.withdrawnSince(asked.pipeline().name(), anonymousId, visit.began());
        return !refused && !withdrawn && !sink.suppressed(anonymousId, puid);
    }

    private void append(IdentityRoutes.Asked asked, @Nullable String anonymousId, String puid) {
        if (anonymousId == null) {
            return;
        }
        try {
            sink.append(asked.pipeline().name(), new Report(clock.millis(), asked.kitName(), anonymousId, puid, null));
        } catch (LogUnavailableException unavailable) {
            throw new Refusal(503, "unavailable", String.valueOf(unavailable.getMessage()), RETRY_SECONDS);
        }
    }
}
