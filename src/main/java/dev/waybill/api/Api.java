package dev.waybill.api;

import dev.waybill.deadletter.DeadLetters;
import dev.waybill.dedup.DedupIndex;
import dev.waybill.http.AccessToken;
import dev.waybill.http.BodyReader;
import dev.waybill.http.JsonAnswers;
import dev.waybill.http.Refusal;
import dev.waybill.identity.Reports;
import dev.waybill.lane.LaneBoard;
import dev.waybill.lane.TrimmedKeys;
import dev.waybill.metrics.Metrics;
import dev.waybill.suppress.Suppressions;
import dev.waybill.suppress.Suppressor;
import dev.waybill.workspace.Workspace;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// The routes of `/api` and `/metrics` on an HTTP listener. Safe for threads.
public final class Api {
    private final Parts parts;
    private final RouteTable routes;

    /// What the API looks at and tells what to do.
    ///
    /// @param tail told of each outcome by the lanes
    /// @param reports what browsers reported, by pipeline
    /// @param workspace the one in force
    /// @param trimmed told of each outcome by the lanes
    /// @param bodies reads the requests' bodies, bounded
    /// @param metricsOpen whether `/metrics` answers without the token
    public record Parts(
            LaneBoard lanes,
            DeadLetters deadLetters,
            Suppressions suppressions,
            DedupIndex duplicates,
            Metrics metrics,
            TrimmedKeys trimmed,
            LiveTail tail,
            Function<String, Reports> reports,
            Supplier<Workspace> workspace,
            AccessToken token,
            BodyReader bodies,
            InstantSource clock,
            boolean metricsOpen) {}

    public Api(Parts parts) {
        this.parts = parts;
        LaneNames names = new LaneNames(parts.lanes());
        Replaying replaying = new Replaying(parts.lanes());
        LedgerRow rows = new LedgerRow(parts.metrics(), parts.trimmed().since());
        List<Route> all = new ArrayList<>();
        all.addAll(new LedgerRoutes(parts.lanes(), rows).routes());
        all.addAll(new SeriesRoutes(names, parts.clock()).routes());
        // Before the routes of events: the first that fits is taken, and `names`, `stream` or `fields` could be a
        // messageId.
        all.addAll(new NameRoutes(names, parts.trimmed(), parts.workspace(), parts.clock()).routes());
        all.addAll(new StreamRoutes(names, parts.tail()).routes());
        all.addAll(new FieldRoutes(names).routes());
        all.addAll(new EventRoutes(
                        names,
                        parts.duplicates(),
                        () -> new MappedTrace(parts.workspace().get(), parts.reports(), parts.clock()))
                .routes());
        all.addAll(new EvidenceRoutes(names, parts.workspace(), parts.reports(), parts.clock()).routes());
        all.addAll(new FirstEventRoutes(names, parts.workspace(), parts.metrics(), parts.clock()).routes());
        all.addAll(new DeadLetterRoutes(parts.deadLetters(), names, replaying).routes());
        all.addAll(new ReplayRoutes(parts.lanes(), names, replaying).routes());
        all.addAll(new LaneRoutes(names, rows).routes());
        all.addAll(new MapRoutes(parts.workspace(), parts.clock()).routes());
        all.addAll(new CompareRoutes(names, parts.workspace()).routes());
        all.addAll(new SuppressRoutes(new Suppressor(parts.suppressions(), parts.clock())).routes());
        this.routes = new RouteTable(all);
    }

    /// Adds the routes. Every path under `/api` is the API's, also those that it doesn't know.
    public void addTo(HttpRouting.Builder routing) {
        routing.any("/metrics", this::metrics);
        routing.any("/api", this::api);
        routing.any("/api/*", this::api);
    }

    private void metrics(ServerRequest request, ServerResponse response) {
        answering(response, () -> {
            if (!parts.metricsOpen()) {
                admit(request, response);
            }
            if (!request.prologue().method().text().equals("GET")) {
                throw otherMethod(response, "GET");
            }
            byte[] text = parts.metrics().text();
            head(response, "text/plain; version=0.0.4; charset=utf-8").send(text);
        });
    }

    private void api(ServerRequest request, ServerResponse response) {
        answering(response, () -> {
            admit(request, response);
            String method = request.prologue().method().text();
            List<String> path = RouteTable.segments(request.path().rawPath());
            switch (routes.find(method, path)) {
                case RouteTable.Result.Known(RouteTable.Found(Route route, List<String> variables)) ->
                    send(response, route.handler().answer(new Call(request, variables, parts.bodies())));
                case RouteTable.Result.OtherMethod(String allowed) -> throw otherMethod(response, allowed);
                case RouteTable.Result.Unknown() ->
                    throw new Refusal(404, "not_found", "the API has no such route; docs/api.md lists all of them");
            }
        });
    }

    private void admit(ServerRequest request, ServerResponse response) {
        if (!parts.token().admits(request)) {
            response.header(HeaderNames.WWW_AUTHENTICATE, "Bearer");
            throw new Refusal(
                    401,
                    "unauthorized",
                    "send Authorization: Bearer and the admin token: WAYBILL_ADMIN_TOKEN of the server, else what stands"
                            + " in the file admin-token of its data directory");
        }
    }

    private static Refusal otherMethod(ServerResponse response, String allowed) {
        response.header(HeaderNames.ALLOW, allowed);
        return new Refusal(405, "method_not_allowed", "this route answers %s, not this method".formatted(allowed));
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private static void answering(ServerResponse response, Work work) {
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        try {
            work.run();
        } catch (Refusal refusal) {
            JsonAnswers.refuse(response, refusal);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void send(ServerResponse response, Answer answer) throws IOException {
        switch (answer) {
            case Answer.Whole(int status, var body) -> JsonAnswers.send(response, status, body);
            case Answer.Stream(String contentType, String fileName, Answer.Writing writing) -> {
                head(response, contentType);
                if (!fileName.isEmpty()) {
                    response.header(HeaderNames.CONTENT_DISPOSITION, "attachment; filename=\"" + fileName + "\"");
                }
                try (OutputStream out = new BufferedOutputStream(response.outputStream(), 16 << 10)) {
                    writing.to(out);
                }
            }
        }
    }

    private static ServerResponse head(ServerResponse response, String contentType) {
        response.header(HeaderNames.CONTENT_TYPE, contentType);
        response.header(HeaderNames.create("X-Content-Type-Options"), "nosniff");
        return response;
    }
}
