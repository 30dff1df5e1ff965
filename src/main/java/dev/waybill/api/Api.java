package dev.waybill.api;

import dev.waybill.access.AuditFailedException;
import dev.waybill.access.AuditLog;
import dev.waybill.access.Visitor;
import dev.waybill.alert.Alerts;
import dev.waybill.attention.Attention;
import dev.waybill.deadletter.DeadLetters;
import dev.waybill.dedup.DedupIndex;
import dev.waybill.http.AccessToken;
import dev.waybill.http.BodyReader;
import dev.waybill.http.JsonAnswers;
import dev.waybill.http.Refusal;
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
import java.util.function.Supplier;

/// The routes of `/api` and `/metrics` on an HTTP listener. Safe for threads.
public final class Api {
    private final Parts parts;
    private final Doorkeeper doorkeeper;
    private final RouteTable routes;

    /// What the API looks at and tells what to do.
    ///
    /// @param workspace the one in force
    /// @param trimmed told of each outcome by the lanes
    /// @param audit every change that a route makes is written there, with [Call#caller()] as who
    /// @param bodies reads the requests' bodies, bounded
    /// @param metricsOpen whether `/metrics` answers without the token
    public record Parts(
            LaneBoard lanes,
            DeadLetters deadLetters,
            Suppressions suppressions,
            DedupIndex duplicates,
            Metrics metrics,
            TrimmedKeys trimmed,
            Attention attention,
            Alerts alerts,
            Supplier<Workspace> workspace,
            AccessToken token,
            BodyReader bodies,
            AuditLog audit,
            InstantSource clock,
            boolean metricsOpen) {}

    public Api(Parts parts) {
        this.parts = parts;
        this.doorkeeper = new Doorkeeper(parts.token());
        LaneNames names = new LaneNames(parts.lanes());
        Replaying replaying = new Replaying(parts.lanes());
        LedgerRow rows = new LedgerRow(parts.metrics(), parts.trimmed().since());
        List<Route> all = new ArrayList<>();
        all.addAll(new LedgerRoutes(parts.lanes(), rows).routes());
        all.addAll(new OverviewRoutes(parts.lanes(), rows, parts.metrics(), parts.attention(), parts.clock()).routes());
        all.addAll(new AlertRoutes(
                        parts.alerts(),
                        parts.audit(),
                        () -> parts.workspace().get().settings().allowPrivateEndpoints())
                .routes());
        all.addAll(new SeriesRoutes(names, parts.clock()).routes());
        // Before the routes of events: the first that fits is taken, and `names` could be a messageId.
        all.addAll(new NameRoutes(names, parts.trimmed(), parts.workspace(), parts.clock()).routes());
        all.addAll(new EventRoutes(names, parts.duplicates(), parts.workspace()).routes());
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
            if (!parts.metricsOpen() && !parts.token().admits(request)) {
                throw Doorkeeper.stranger();
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
            Visitor visitor = doorkeeper.visitor(request);
            String method = request.prologue().method().text();
            List<String> path = RouteTable.segments(request.path().rawPath());
            RouteTable.Result found = routes.find(method, path);
            if (found instanceof RouteTable.Result.Known(RouteTable.Found(Route route, List<String> variables))) {
                doorkeeper.admit(visitor, route);
                send(response, route.handler().answer(new Call(request, variables, parts.bodies(), visitor)));
                return;
            }
            Doorkeeper.caller(visitor);
            if (found instanceof RouteTable.Result.OtherMethod(String allowed)) {
                throw otherMethod(response, allowed);
            }
            throw new Refusal(404, "not_found", "the API has no such route; docs/api.md lists all of them");
        });
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
            if (refusal.status() == 401) {
                response.header(HeaderNames.WWW_AUTHENTICATE, "Bearer");
            }
            JsonAnswers.refuse(response, refusal);
        } catch (AuditFailedException e) {
            JsonAnswers.refuse(response, new Refusal(503, "not_durable", String.valueOf(e.getMessage())));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void send(ServerResponse response, Answer answer) throws IOException {
        switch (answer) {
            case Answer.Whole(int status, var body, var headers) -> {
                headers.forEach((name, value) -> response.header(HeaderNames.create(name), value));
                JsonAnswers.send(response, status, body);
            }
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
