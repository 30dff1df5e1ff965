package dev.waybill.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.Headers;
import io.helidon.http.Status;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;

/// Serves HTTP/1.1 on connections that are cut when a request doesn't come. Safe for threads.
///
/// Helidon's own idle timeout never ends a connection that has not yet sent a byte, nor one that drips its headers. It
/// must be the listener's only protocol: with two, Helidon reads the first bytes itself, without any limit of time.
final class TimedConnections implements ServerConnectionSelector {
    private final Http1ConnectionSelector http1;
    private final Listener.Waits waits;

    TimedConnections(Http1Config.Builder config, Listener.Waits waits) {
        this.waits = waits;
        this.http1 = Http1ConnectionSelector.builder()
                .config(config.addReceiveListener(new Received())
                        .addSendListener(new Sent())
                        .build())
                .build();
    }

    @Override
    public int bytesToIdentifyConnection() {
        return http1.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return http1.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http1.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext connection) {
        return http1.connection(new TimedConnection(connection, waits));
    }

    private static final class Received implements Http1ConnectionListener {
        @Override
        public void headers(ConnectionContext connection, Headers headers) {
            if (connection instanceof TimedConnection timed) {
                timed.headArrived();
            }
        }
    }

    private static final class Sent implements Http1ConnectionListener {
        @Override
        public void status(ConnectionContext connection, Status status) {
            if (connection instanceof TimedConnection timed) {
                timed.answered();
            }
        }
    }
}
