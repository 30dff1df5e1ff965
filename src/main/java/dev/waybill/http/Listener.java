package dev.waybill.http;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One address on which Waybill answers HTTP/1.1, on virtual threads. Safe for threads.
public final class Listener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final int SEND_QUEUE = 0;

    private final WebServer server;
    private final String host;

    private Listener(WebServer server, String host) {
        this.server = server;
        this.host = host;
    }

    /// What one sender, and all senders together, may take.
    ///
    /// @param headerBytes the request line and, apart from it, all headers
    /// @param bodyBytes the largest body that is read at all; a [BodyReader] holds the smaller limit of a route
    /// @param connections at once; more wait unanswered
    /// @param grace how long [#close()] waits for requests in hand
    public record Limits(int headerBytes, long bodyBytes, int connections, Waits waits, Duration grace) {
        public static final Limits USUAL = new Limits(16 << 10, 4L << 20, 8192, Waits.USUAL, Duration.ofSeconds(5));
    }

    /// How long a connection may stay without a whole request, to within 100 ms; then it is closed unanswered.
    ///
    /// @param first from connecting to the first byte
    /// @param head from the first byte of a request to the end of its headers
    /// @param idle from an answer to the first byte of the next request
    public record Waits(Duration first, Duration head, Duration idle) {
        public static final Waits USUAL =
                new Waits(Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(75));
    }

    /// Starts to listen.
    ///
    /// @param host a name or an address of this machine
    /// @param port 0 for any free one
    /// @throws IOException when it can't listen there: one line that says where and why
    public static Listener start(String host, int port, Limits limits, Consumer<HttpRouting.Builder> routes)
            throws IOException {
        HttpRouting.Builder routing = HttpRouting.builder();
        routes.accept(routing);
        Failures.handle(routing);
        Http1Config.Builder http1 = Http1Config.builder()
                .maxHeadersSize(limits.headerBytes())
                .maxPrologueLength(limits.headerBytes())
                .sendKeepAliveHeader(false);
        WebServerConfig.Builder config = WebServer.builder()
                .address(InetAddress.getByName(host))
                .port(port)
                .shutdownHook(false)
                .featuresDiscoverServices(false)
                .protocolsDiscoverServices(false)
                .addConnectionSelector(new TimedConnections(http1, limits.waits()))
                .maxPayloadSize(limits.bodyBytes())
                .maxTcpConnections(limits.connections())
                .shutdownGracePeriod(limits.grace())
                .writeQueueLength(SEND_QUEUE)
                .connectionOptions(options -> options.tcpNoDelay(true))
                .contentEncoding(new RawBodies())
                .directHandlers(Failures.beforeRouting())
                .routing(routing);
        WebServer server = config.build();
        try {
            server.start();
            if (server.isRunning()) {
                return new Listener(server, host);
            }
        } catch (RuntimeException failure) {
            LOG.debug("Failed to start a listener.", failure);
        }
        server.stop();
        // Helidon logs why it can't listen, but doesn't tell; so the same is tried once more.
        probe(host, port);
        throw new IOException("can't listen on %s:%d; the log says why".formatted(host, port));
    }

    /// Tells early whether it could listen there, before much else is started.
    ///
    /// @throws IOException when it could not: one line that says where, why and what to do
    public static void probe(String host, int port) throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (IOException failure) {
            throw new IOException(
                    "can't listen on %s:%d (%s); stop what holds it or choose another with --port"
                            .formatted(host, port, failure.getMessage()),
                    failure);
        }
    }

    /// The port really listened on.
    public int port() {
        return server.port();
    }

    /// The address of the root, for people: `http://127.0.0.1:8080`.
    public String url() {
        String literal = host.contains(":") ? "[" + host + "]" : host;
        return "http://%s:%d".formatted(literal, port());
    }

    /// Takes no new connection or request, lets those in hand finish within the grace period, and stops.
    @Override
    public void close() {
        server.stop();
        LOG.debug("Stopped listening on {}.", host);
    }
}
