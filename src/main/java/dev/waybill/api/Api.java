package dev.waybill.api;

import dev.waybill.access.Accounts;
import dev.waybill.access.AuditFailedException;
import dev.waybill.access.AuditLog;
import dev.waybill.access.Visitor;
import dev.waybill.alert.Alerts;
import dev.waybill.attention.Attention;
import dev.waybill.author.Author;
import dev.waybill.author.DiskView;
import dev.waybill.author.FileDisk;
import dev.waybill.deadletter.DeadLetters;
import dev.waybill.dedup.DedupIndex;
import dev.waybill.deliver.AddressGuard;
import dev.waybill.http.BodyReader;
import dev.waybill.http.ClientAddress;
import dev.waybill.http.JsonAnswers;
import dev.waybill.http.Refusal;
import dev.waybill.identity.Reports;
import dev.waybill.lane.LaneBoard;
import dev.waybill.lane.TrimmedKeys;
import dev.waybill.metrics.Metrics;
import dev.waybill.onboard.Confirmations;
import dev.waybill.onboard.ConnectionTest;
import dev.waybill.suppress.Suppressor;
import dev.waybill.workspace.RunningWorkspace;
import dev.waybill.workspace.Workspace;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
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
    /// On every answer: no cache keeps it, and no page can frame, embed or run it.
    private static final List<Header> HEADERS = List.of(
            HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store"),
            HeaderValues.createCached("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
            HeaderValues.createCached("Cross-Origin-Resource-Policy", "same-origin"),
            HeaderValues.createCached("Referrer-Policy", "no-referrer"),
            HeaderValues.createCached("X-Content-Type-Options", "nosniff"),
            HeaderValues.createCached("X-Frame-Options", "DENY"));

    private final Parts parts;
    private final Doorkeeper doorkeeper;
    private final RouteTable routes;

    /// What the API looks at and tells what to do.
    ///
    /// @param tail told of each outcome by the lanes
    /// @param reports what browsers reported, by pipeline
    /// @param workspace the one in force
    /// @param trimmed told of each outcome by the lanes
    /// @param accounts who may sign in, and who is
    /// @param audit every change that a route makes is written there, with [Call#caller()] as who
    /// @param guard which addresses a test event or a question may go to
    /// @param confirmations which integrations their destinations' people confirmed
    /// @param running the one that follows the files
    /// @param author writes the files
    /// @param bodies reads the requests' bodies, bounded
    /// @param metricsOpen whether `/metrics` answers without the token
    public record Parts(
            LaneBoard lanes,
            DeadLetters deadLetters,
            Suppressor suppressor,
            DedupIndex duplicates,
            Metrics metrics,
            TrimmedKeys trimmed,
            LiveTail tail,
            Function<String, Reports> reports,
            Attention attention,
            Alerts alerts,
            Supplier<Workspace> workspace,
            RunningWorkspace running,
            Author author,
            BodyReader bodies,
            AuditLog audit,
            Accounts accounts,
            AddressGuard guard,
            Confirmations confirmations,
            InstantSource clock,
            boolean metricsOpen) {}

    public Api(Parts parts) {
        this.parts = parts;
        this.doorkeeper = new Doorkeeper(
                parts.accounts(),
                () -> new ClientAddress(parts.workspace().get().settings().trustedProxies()));
        LaneNames names = new LaneNames(parts.lanes());
        Replaying replaying = new Replaying(parts.lanes(), parts.audit());
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
        // Before the routes of events: the first that fits is taken, and `names`, `stream` or `fields` could be a
        // messageId.
        all.addAll(new NameRoutes(names, parts.trimmed(), parts.workspace(), parts.clock()).routes());
        all.addAll(new StreamRoutes(names, parts.tail(), parts.accounts().sessions(), parts.audit()).routes());
        all.addAll(new FieldRoutes(names).routes());
        all.addAll(new EventRoutes(
                        names,
                        parts.duplicates(),
                        () -> new MappedTrace(parts.workspace().get(), parts.reports(), parts.clock()),
                        parts.audit(),
                        parts.clock())
                .routes());
        all.addAll(
                new EvidenceRoutes(names, parts.workspace(), parts.reports(), parts.audit(), parts.clock()).routes());
        all.addAll(
                new FirstEventRoutes(names, parts.workspace(), parts.metrics(), parts.audit(), parts.clock()).routes());
        all.addAll(new DeadLetterRoutes(parts.deadLetters(), names, replaying, parts.audit()).routes());
        all.addAll(new ReplayRoutes(parts.lanes(), names, replaying).routes());
        all.addAll(new LaneRoutes(names, rows, parts.audit()).routes());
        all.addAll(new KitRoutes(parts.workspace()).routes());
        DiskView disk = new DiskView(parts.running(), new FileDisk());
        // Before the revisions of integrations: `confirmation` stands where a number may.
        all.addAll(new ConfirmationRoutes(parts.workspace(), parts.confirmations(), parts.audit(), parts.clock())
                .routes());
        all.addAll(new IntegrationRoutes(parts.running(), disk, parts.author(), parts.confirmations()).routes());
        all.addAll(new PipelineRoutes(parts.running(), disk, parts.author(), parts.lanes()).routes());
        all.addAll(new MapRoutes(parts.workspace(), parts.clock()).routes());
        all.addAll(new CompareRoutes(names, parts.workspace(), parts.audit()).routes());
        all.addAll(new SuppressRoutes(parts.suppressor(), parts.audit()).routes());
        all.addAll(new SessionRoutes(parts.accounts(), parts.audit(), parts.workspace()).routes());
        all.addAll(new AccessRoutes(parts.accounts().people(), parts.audit()).routes());
        ConnectionTest test = new ConnectionTest(parts.guard(), parts.clock());
        all.addAll(new ConnectRoutes(parts.workspace(), test, parts.audit()).routes());
        all.addAll(new SyncRoutes(parts.workspace(), parts.guard()).routes());
        all.addAll(new OpenApiRoutes().routes());
        this.routes = new RouteTable(all);
    }

    /// All routes, in the order in which they are tried.
    List<Route> routes() {
        return routes.routes();
    }

    /// Adds the routes. Every path under `/api` is the API's, also those that it doesn't know.
    public void addTo(HttpRouting.Builder routing) {
        routing.any("/metrics", this::metrics);
        routing.any("/api", this::api);
        routing.any("/api/*", this::api);
    }

    private void metrics(ServerRequest request, ServerResponse response) {
        answering(response, () -> {
            if (!parts.metricsOpen() && !(doorkeeper.visitor(request) instanceof Visitor.Token)) {
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
                doorkeeper.admit(request, visitor, route);
                send(response, answer(route, new Call(request, variables, parts.bodies(), visitor)));
                return;
            }
            Doorkeeper.caller(visitor);
            if (found instanceof RouteTable.Result.OtherMethod(String allowed)) {
                throw otherMethod(response, allowed);
            }
            throw new Refusal(404, "not_found", "the API has no such route; docs/api.md lists all of them");
        });
    }

    private static Answer answer(Route route, Call call) {
        try {
            return route.handler().answer(call);
        } catch (IOException e) {
            throw new Refusal(
                    503,
                    "not_durable",
                    "the server can't read or write its data directory (%s), and what was asked for was not done; mend that and ask again"
                            .formatted(e.getMessage()));
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
        HEADERS.forEach(response::header);
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
        return response;
    }
}
