package dev.waybill.sandbox;

import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The sockets of the open connections: Helidon shows a socket only where its options are set, and a true reset (RST
/// instead of FIN) needs one. Safe for threads.
final class Connections implements SocketOptions {
    private static final int SWEEP_FROM = 1024;

    private final SocketOptions options = SocketOptions.builder().buildPrototype();
    private final Map<SocketAddress, Socket> open = new ConcurrentHashMap<>();

    @Override
    public void configureSocket(Socket socket) {
        options.configureSocket(socket);
        remember(socket);
    }

    @Override
    public void configureSocket(SocketChannel channel) {
        options.configureSocket(channel);
        remember(channel.socket());
    }

    private void remember(Socket socket) {
        if (open.size() >= SWEEP_FROM) {
            open.values().removeIf(Socket::isClosed);
        }
        open.put(socket.getRemoteSocketAddress(), socket);
    }

    /// Cuts the connection of this request with a reset, or closes it when its socket is not known.
    CloseConnectionException cut(ServerRequest request) {
        Socket socket = open.remove(request.remotePeer().address());
        if (socket != null) {
            try {
                socket.setSoLinger(true, 0);
                socket.close();
            } catch (IOException alreadyGone) {
                return new CloseConnectionException("The connection was gone before the reset.", alreadyGone);
            }
        }
        return new CloseConnectionException("A fault cut the connection.");
    }

    @Override
    public Map<SocketOption<?>, Object> socketOptions() {
        return options.socketOptions();
    }

    @Override
    public Duration connectTimeout() {
        return options.connectTimeout();
    }

    @Override
    public Duration readTimeout() {
        return options.readTimeout();
    }

    @Override
    public Optional<Integer> socketReceiveBufferSize() {
        return options.socketReceiveBufferSize();
    }

    @Override
    public Optional<Integer> socketSendBufferSize() {
        return options.socketSendBufferSize();
    }

    @Override
    public boolean socketReuseAddress() {
        return options.socketReuseAddress();
    }

    @Override
    public boolean socketKeepAlive() {
        return options.socketKeepAlive();
    }

    @Override
    public boolean tcpNoDelay() {
        return options.tcpNoDelay();
    }
}
