package dev.waybill.collect;

import dev.waybill.event.EventType;
import dev.waybill.http.BodyReader;
import dev.waybill.http.JsonAnswers;
import dev.waybill.http.Refusal;
import dev.waybill.json.JsonObject;
import dev.waybill.workspace.Workspace;
import io.helidon.common.uri.UriPath;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.PathMatcher;
import io.helidon.http.PathMatchers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The collector's routes (CONTRACT §3) on an HTTP listener. Safe for threads.
public final class Collector {
    private static final Header NO_STORE = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");

    private final Supplier<Workspace> workspace;
    private final BooleanSupplier ready;
    private final CollectMetrics metrics;
    private final RateLimits rates = new RateLimits();
    private final Intake intake;
    private final IdentityRoutes identities;
    private final RedirectRoutes redirects;
    private volatile PipelineIndex pipelines;

    /// @param workspace the one in force; asked at each request, and indexed anew when it is another object
    /// @param ready whether events can be made durable now
    public Collector(
            Supplier<Workspace> workspace,
            EventSink sink,
            IdentitySink identities,
            CollectMetrics metrics,
            InstantSource clock,
            BodyReader bodies,
            BooleanSupplier ready) {
        this.workspace = workspace;
        this.ready = ready;
        this.metrics = metrics;
        AddressRates reports = new AddressRates(AddressRates.Limit.REPORTS);
        this.identities = new IdentityRoutes(identities, clock, bodies, reports);
        this.redirects = new RedirectRoutes(identities, clock, bodies, reports);
        this.intake = new Intake(sink, metrics, clock, bodies, rates);
        this.pipelines = PipelineIndex.of(workspace.get());
    }

    /// Adds the routes. Paths that are none of the collector's are left to others.
    public void addTo(HttpRouting.Builder routing) {
        routing.route(_ -> true, new OwnPaths(), this::handle);
    }

    private void handle(ServerRequest request, ServerResponse response) {
        Route route = Route.of(request.path().path());
        if (route == null) {
            response.next();
            return;
        }
        try {
            dispatch(route, request, response);
        } catch (Refusal refusal) {
            if (request.prologue().method().equals(Method.POST)) {
                metrics.refused(refusal.reason());
            }
            Answers.refused(response, refusal);
        }
    }

    private void dispatch(Route route, ServerRequest request, ServerResponse response) {
        Method method = request.prologue().method();
        boolean get = method.equals(Method.GET) || method.equals(Method.HEAD);
        switch (route) {
            case Route.Single(EventType type)
            when method.equals(Method.POST) -> intake.take(request, response, pipelines(), type);
            case Route.Batch() when method.equals(Method.POST) -> intake.take(request, response, pipelines(), null);
            case Route.Identity(String kit)
            when method.equals(Method.POST) -> identities.take(request, response, pipelines(), kit);
            case Route.Identity(String kit) when get -> identities.give(request, response, pipelines(), kit);
            case Route.IdentityRedirect(String kit)
            when method.equals(Method.POST) -> redirects.begin(request, response, pipelines(), kit);
            case Route.IdentityCallback(String kit)
            when method.equals(Method.GET) -> redirects.end(request, response, pipelines(), kit);
            case Route.SegmentSettings(String writeKey) when get -> segmentSettings(request, response, writeKey);
            case Route.SourceConfig() when get -> sourceConfig(request, response);
            case Route.Live() when get -> health(response, true);
            case Route.Ready() when get -> health(response, ready.getAsBoolean());
            case Route known -> other(known, method, request, response);
        }
    }

    private void other(Route route, Method method, ServerRequest request, ServerResponse response) {
        if (method.equals(Method.OPTIONS) && route.methods().contains("OPTIONS")) {
            Cors.preflight(request, response, pipelines());
            return;
        }
        response.header(HeaderNames.ALLOW, route.methods());
        throw new Refusal(
                405, "method_not_allowed", "this route answers %s, not this method".formatted(route.methods()));
    }

    private void segmentSettings(ServerRequest request, ServerResponse response, String writeKey) {
        PipelineIndex index = pipelines();
        PipelineIndex.Entry entry = admitted(request, response, index, writeKey);
        JsonAnswers.send(response, 200, SdkSettings.segment(request, index, entry.pipeline()));
    }

    private void sourceConfig(ServerRequest request, ServerResponse response) {
        PipelineIndex index = pipelines();
        PipelineIndex.Entry entry = admitted(request, response, index, WriteKeys.outsideBody(request));
        JsonAnswers.send(response, 200, SdkSettings.rudderStack(request, index, entry.pipeline()));
    }

    /// Settings may name the host that was asked for, which whoever asks makes up: no cache may give that to others.
    private static PipelineIndex.Entry admitted(
            ServerRequest request, ServerResponse response, PipelineIndex index, @Nullable String writeKey) {
        response.header(NO_STORE);
        String origin = Cors.origin(request);
        Cors.readable(response, origin);
        PipelineIndex.Entry entry = index.find(writeKey);
        if (entry == null) {
            throw WriteKeys.unknown(writeKey);
        }
        Cors.admit(response, origin, entry.origins());
        return entry;
    }

    private static void health(ServerResponse response, boolean well) {
        if (!well) {
            throw new Refusal(503, "not_ready", "events can't be made durable now; the log and the console say why", 1);
        }
        JsonAnswers.send(response, 200, JsonObject.builder().put("status", "up").build());
    }

    // A workspace is replaced, never changed: comparing whole ones at each request would be waste.
    @SuppressWarnings("ReferenceEquality")
    private PipelineIndex pipelines() {
        Workspace current = workspace.get();
        PipelineIndex index = pipelines;
        if (index.workspace() != current) {
            index = PipelineIndex.of(current);
            rates.keepOnly(index);
            pipelines = index;
        }
        return index;
    }

    private static final class OwnPaths implements PathMatcher {
        private static final PathMatcher ANY = PathMatchers.any();

        @Override
        public PathMatchers.MatchResult match(UriPath path) {
            return Route.of(path.path()) == null ? PathMatchers.MatchResult.notAccepted() : ANY.match(path);
        }

        @Override
        public PathMatchers.PrefixMatchResult prefixMatch(UriPath path) {
            return PathMatchers.PrefixMatchResult.notAccepted();
        }
    }
}
