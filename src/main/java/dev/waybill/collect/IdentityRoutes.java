package dev.waybill.collect;

import dev.waybill.consent.ConsentRules;
import dev.waybill.http.Body;
import dev.waybill.http.BodyReader;
import dev.waybill.http.JsonAnswers;
import dev.waybill.http.Refusal;
import dev.waybill.identity.Report;
import dev.waybill.identity.SyncFailure;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.kit.Kit;
import dev.waybill.log.LogUnavailableException;
import dev.waybill.suppress.SuppressionsFullException;
import dev.waybill.workspace.Pipeline;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `/v1/identity/{kit}`: takes what browsers report of a destination's identifier, keeps it in a first-party cookie,
/// and gives it back to the pages of listed origins. Safe for threads.
final class IdentityRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(IdentityRoutes.class);
    private static final int MOST_BYTES = 16 << 10;
    private static final int SHOWN = 8;
    private static final int RETRY_SECONDS = 2;
    /// Somebody has to do something first.
    private static final int FULL_RETRY_SECONDS = 3600;
    private static final Header NO_STORE = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");

    private final IdentitySink sink;
    private final InstantSource clock;
    private final BodyReader bodies;
    private final AddressRates rates;
    private final OptOutRates optOuts;
    private final AddressRates withdrawals = new AddressRates(AddressRates.Limit.WITHDRAWALS);

    IdentityRoutes(IdentitySink sink, InstantSource clock, BodyReader bodies, AddressRates rates) {
        this.sink = sink;
        this.clock = clock;
        this.bodies = bodies;
        this.rates = rates;
        this.optOuts = new OptOutRates(clock.millis());
    }

    /// The identifier in the request's cookie.
    void give(ServerRequest request, ServerResponse response, PipelineIndex pipelines, String kitName) {
        response.header(NO_STORE);
        Asked asked = asked(request, response, pipelines, kitName);
        rates.check(pipelines.clients().of(request), clock.millis());
        String puid = asked.signs().kitCookies().get(asked.kit().about().name());
        JsonAnswers.send(response, 200, JsonObject.builder().put("puid", puid).build());
    }

    /// Takes a report.
    void take(ServerRequest request, ServerResponse response, PipelineIndex pipelines, String kitName) {
        response.header(NO_STORE);
        Asked asked = asked(request, response, pipelines, kitName);
        String address = pipelines.clients().of(request);
        rates.check(address, clock.millis());
        try (Body body = bodies.read(request, MOST_BYTES)) {
            switch (IdentityReport.read(body.bytes(), asked.kit())) {
                case IdentityReport.Has has -> has(asked, has, response);
                case IdentityReport.Failed failed -> failed(asked, failed, address, response);
                case IdentityReport.OptedOut out -> optedOut(asked, out, address, response);
            }
        }
    }

    /// @param mayKeep whether cookies are for this request: the pipeline lists origins, or no web page sent it
    record Asked(Pipeline pipeline, Kit kit, Signs signs, boolean mayKeep, IdentityCookies cookies) {
        String kitName() {
            return kit.about().name();
        }
    }

    static Asked asked(ServerRequest request, ServerResponse response, PipelineIndex pipelines, String kitName) {
        String origin = Cors.origin(request);
        Cors.readable(response, origin);
        String writeKey = WriteKeys.outsideBody(request);
        PipelineIndex.Entry entry = pipelines.find(writeKey);
        if (entry == null) {
            throw WriteKeys.unknown(writeKey);
        }
        Cors.admit(response, origin, entry.origins());
        Kit kit = pipelines.identityKits().get(kitName);
        if (kit == null) {
            throw new Refusal(
                    404,
                    "unknown_kit",
                    "no kit '%s' needs an identifier; there are: %s"
                            .formatted(
                                    Shown.shortened(kitName),
                                    pipelines.identityKits().keySet().stream()
                                            .sorted()
                                            .collect(Collectors.joining(", "))));
        }
        return new Asked(
                entry.pipeline(),
                kit,
                Signs.of(request, pipelines, entry),
                origin == null || !entry.origins().open(),
                IdentityCookies.of(request, pipelines, entry.pipeline(), kitName));
    }

    private void has(Asked asked, IdentityReport.Has has, ServerResponse response) {
        Optional<String> denied = denial(asked, has.consent());
        if (denied.isPresent()) {
            clearKept(asked, response);
            notStored(asked, response, "consent_denied", denied.get());
            return;
        }
        if (sink.suppressed(has.anonymousId(), has.puid())) {
            clearKept(asked, response);
            notStored(asked, response, "suppressed", "the person asked not to be tracked");
            return;
        }
        if (has.anonymousId() != null) {
            append(asked, new Report(clock.millis(), asked.kitName(), has.anonymousId(), has.puid(), null));
        }
        if (!asked.mayKeep()) {
            notStored(
                    asked,
                    response,
                    "origins_open",
                    "the pipeline lists no origins, so that no cookie is kept; list the site's under origins");
            return;
        }
        LOG.debug(
                "Pipeline {} keeps the identifier {}….",
                asked.pipeline().name(),
                has.puid().substring(0, Math.min(SHOWN, has.puid().length())));
        asked.cookies().set(response, has.puid(), clock.millis());
        sink.reported(asked.pipeline().name(), asked.kitName(), "stored");
        JsonAnswers.send(response, 200, JsonObject.builder().put("stored", true).build());
    }

    /// What was kept while it was allowed: it would go on events, and come back to the page.
    private static void clearKept(Asked asked, ServerResponse response) {
        if (asked.signs().kitCookies().containsKey(asked.kitName())) {
            asked.cookies().clear(response);
        }
    }

    static Optional<String> denial(Asked asked, JsonObject consent) {
        return ConsentRules.syncDenial(
                consent,
                asked.signs().globalPrivacyControl(),
                asked.pipeline().consent(),
                asked.kit().consent());
    }

    private void failed(Asked asked, IdentityReport.Failed failed, String address, ServerResponse response) {
        long now = clock.millis();
        if (failed.withdrawn()) {
            withdrawals.check(address, now);
            withdraw(asked, failed.anonymousId(), now);
        }
        append(asked, new Report(now, asked.kitName(), failed.anonymousId(), null, failed.failure()));
        if (failed.failure() == SyncFailure.CONSENT && asked.mayKeep()) {
            asked.cookies().clear(response);
        }
        sink.reported(
                asked.pipeline().name(),
                asked.kitName(),
                failed.withdrawn() ? "withdrawn" : failed.failure().code());
        JsonAnswers.send(
                response,
                200,
                JsonObject.builder()
                        .put("stored", false)
                        .put("reason", failed.failure().code())
                        .build());
    }

    private void withdraw(Asked asked, String anonymousId, long now) {
        try {
            sink.withdraw(asked.pipeline().name(), anonymousId, now);
        } catch (IOException e) {
            throw notDurable("the withdrawal is kept", e);
        }
    }

    private static Refusal notDurable(String what, IOException why) {
        return new Refusal(
                503,
                "not_durable",
                "it is not sure that %s (%s); send again".formatted(what, why.getMessage()),
                RETRY_SECONDS);
    }

    /// The identifier is that of the cookie, whatever the body says: no page can opt out somebody else by an identifier
    /// that it knows.
    private void optedOut(Asked asked, IdentityReport.OptedOut out, String address, ServerResponse response) {
        String puid = asked.signs().kitCookies().get(asked.kitName());
        if (out.anonymousId() == null && puid == null) {
            throw new Refusal(
                    400, "missing_field", "optOut needs the anonymousId of the browser, or the cookie that it had");
        }
        optOuts.check(address, clock.millis());
        try {
            sink.suppress(out.anonymousId(), puid);
        } catch (IOException e) {
            throw notDurable("the person is suppressed", e);
        } catch (SuppressionsFullException e) {
            throw new Refusal(503, "suppressions_full", String.valueOf(e.getMessage()), FULL_RETRY_SECONDS);
        }
        if (asked.mayKeep()) {
            asked.cookies().clear(response);
        }
        sink.reported(asked.pipeline().name(), asked.kitName(), "opted_out");
        JsonAnswers.send(
                response,
                200,
                JsonObject.builder()
                        .put("stored", false)
                        .put("reason", "opted_out")
                        .build());
    }

    private void append(Asked asked, Report report) {
        try {
            sink.append(asked.pipeline().name(), report);
        } catch (LogUnavailableException unavailable) {
            throw new Refusal(503, "unavailable", String.valueOf(unavailable.getMessage()), RETRY_SECONDS);
        }
    }

    private void notStored(Asked asked, ServerResponse response, String reason, @Nullable String detail) {
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
}
