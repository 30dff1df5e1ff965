package dev.waybill.sandbox;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/// A running sandbox. Safe for threads.
public final class Sandbox implements AutoCloseable {
    private final WebServer server;
    private final String host;
    private final FaultPoint faults;
    private final IdEndpoint id;
    private final ReceivedLog received;

    private Sandbox(WebServer server, String host, FaultPoint faults, IdEndpoint id, ReceivedLog received) {
        this.server = server;
        this.host = host;
        this.faults = faults;
        this.id = id;
        this.received = received;
    }

    /// Starts one and returns when it listens.
    ///
    /// @param port 0 takes any free one
    /// @throws IllegalStateException when it can't listen there
    public static Sandbox start(String host, int port, SandboxOptions options) {
        FaultPoint faults = new FaultPoint(options.chance());
        ReceivedLog received = new ReceivedLog(options.keep(), options.keepBytes());
        Connections connections = new Connections();
        EventEndpoint events = new EventEndpoint(faults, connections, received, options.clock());
        IdEndpoint id = new IdEndpoint(faults, connections, options.origins());
        InspectionEndpoint inspection = new InspectionEndpoint(faults, received);
        WebServer server = WebServer.builder()
                .host(host)
                .port(port)
                .connectionOptions(connections)
                .shutdownGracePeriod(Duration.ofMillis(200))
                .shutdownHook(false)
                .routing(routing -> route(routing, events, id, inspection))
                .build()
                .start();
        // Helidon logs a port that is taken and returns as if it had started.
        if (server.port() < 0) {
            server.stop();
            throw new IllegalStateException("the port is taken, or the address is not of this machine");
        }
        return new Sandbox(server, host, faults, id, received);
    }

    private static void route(
            HttpRouting.Builder routing, EventEndpoint events, IdEndpoint id, InspectionEndpoint inspection) {
        routing.post("/events", events::handle)
                .get("/id", id::handle)
                .options("/id", id::preflight)
                .get("/dsync", id::redirect)
                .get("/received", inspection::list)
                .get("/received/count", inspection::count)
                .delete("/received", inspection::forget)
                .put("/faults", inspection::setFault)
                .any((request, response) -> Answers.refuse(
                        response,
                        404,
                        List.of("nothing here; there is POST /events, GET /id, GET /dsync, GET and DELETE"
                                + " /received, GET /received/count and PUT /faults")));
    }

    /// Where it listens, such as `http://127.0.0.1:9090`, without a slash at the end.
    public URI url() {
        String shown = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        return URI.create("http://" + shown + ":" + server.port());
    }

    /// Puts a fault in force, as `PUT /faults` does; [Fault#NONE] heals.
    public void misbehave(Fault fault) {
        faults.set(fault);
    }

    /// From now on pages of these sites, and of no others, may read the ID endpoint's answer with cookies.
    public void shareIdsWith(AllowedOrigins origins) {
        id.shareWith(origins);
    }

    /// The answered requests to the event endpoint, newest first.
    public List<Received> newest(int limit) {
        return received.newest(limit, null);
    }

    /// Stops it; requests that hang are cut.
    @Override
    public void close() {
        faults.set(Fault.NONE);
        server.stop();
    }
}
