package dev.waybill.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/// A connection whose reads are cut when the head of a request takes too long. Belongs to the connection's thread.
///
/// Between an answer and the next head, an unread rest of the last body is read under the same limits. A body that a
/// handler reads has the deadline of its [BodyReader].
final class TimedConnection implements ConnectionContext {
    private final ConnectionContext connection;
    private final HelidonSocket socket;
    private final Listener.Waits waits;
    private final DataReader reader;
    private Duration silence;
    private Stage stage = Stage.SILENT;
    private long headStarted;

    private enum Stage {
        SILENT,
        HEAD,
        HANDLING
    }

    TimedConnection(ConnectionContext connection, Listener.Waits waits) {
        this.connection = connection;
        this.socket = connection.serverSocket();
        this.waits = waits;
        this.silence = waits.first();
        this.reader = DataReader.create(this::read);
    }

    private byte @Nullable [] read() {
        return switch (stage) {
            case SILENT -> {
                byte[] bytes = read(silence, "sent nothing");
                headStarted = System.nanoTime();
                stage = Stage.HEAD;
                yield bytes;
            }
            case HEAD ->
                read(
                        waits.head().minusNanos(System.nanoTime() - headStarted),
                        "sent no whole request line and headers");
            case HANDLING -> socket();
        };
    }

    private byte @Nullable [] read(Duration limit, String fault) {
        try (Deadlines.Watch watch = Deadlines.watch(limit)) {
            try {
                return socket.get();
            } catch (UncheckedIOException gone) {
                throw new CloseConnectionException(
                        watch.wasCut() ? "The client " + fault + " in time" : "The client went away", gone);
            }
        }
    }

    private byte @Nullable [] socket() {
        try {
            return socket.get();
        } catch (UncheckedIOException gone) {
            throw new CloseConnectionException("The client went away", gone);
        }
    }

    /// The request line and all headers were read: from now on it is the handler's time.
    void headArrived() {
        stage = Stage.HANDLING;
    }

    /// The answer's status is on its way: whatever is read now may start the next request.
    void answered() {
        stage = Stage.SILENT;
        silence = waits.idle();
    }

    @Override
    public DataReader dataReader() {
        return reader;
    }

    @Override
    public DataWriter dataWriter() {
        return connection.dataWriter();
    }

    @Override
    public ListenerContext listenerContext() {
        return connection.listenerContext();
    }

    @Override
    public ExecutorService executor() {
        return connection.executor();
    }

    @Override
    public Router router() {
        return connection.router();
    }

    @Override
    public Optional<ProxyProtocolData> proxyProtocolData() {
        return connection.proxyProtocolData();
    }

    @Override
    public HelidonSocket serverSocket() {
        return socket;
    }

    @Override
    public PeerInfo remotePeer() {
        return connection.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
        return connection.localPeer();
    }

    @Override
    public boolean isSecure() {
        return connection.isSecure();
    }

    @Override
    public String socketId() {
        return connection.socketId();
    }

    @Override
    public String childSocketId() {
        return connection.childSocketId();
    }
}
