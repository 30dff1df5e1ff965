package dev.waybill.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;

/// A destination that costs next to nothing: it answers every request with 200 `{"ok":true}` without looking at
/// it, or takes it and never answers. One thread of its own. Listens on 127.0.0.1.
public final class Sink implements AutoCloseable {
    /// Told by the sink's thread of each request's `Idempotency-Key`: the number in its last 16 hexadecimal
    /// digits, or -1 when it doesn't end so.
    public interface Arrivals {
        void arrived(long number);
    }

    private final Selector selector;
    private final ServerSocketChannel listener;
    private final boolean answers;
    private final Arrivals arrivals;
    private final AtomicLong requests = new AtomicLong();
    private final Thread thread;
    private volatile boolean closed;

    private Sink(boolean answers, Arrivals arrivals) throws IOException {
        this.answers = answers;
        this.arrivals = arrivals;
        selector = Selector.open();
        listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        thread = Thread.ofPlatform().daemon().name("bench-sink").unstarted(this::run);
    }

    public static Sink answering(Arrivals arrivals) throws IOException {
        return started(new Sink(true, arrivals));
    }

    /// A sink that takes requests and never answers.
    public static Sink hanging() throws IOException {
        return started(new Sink(false, _ -> {}));
    }

    private static Sink started(Sink sink) {
        sink.thread.start();
        return sink;
    }

    public int port() {
        return listener.socket().getLocalPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port() + "/events";
    }

    /// Whole requests taken so far.
    public long requests() {
        return requests.get();
    }

    private void run() {
        try (selector;
                listener) {
            while (!closed) {
                selector.select(this::ready);
            }
            for (SelectionKey key : selector.keys()) {
                if (key.attachment() instanceof SinkConnection connection) {
                    connection.close();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ready(SelectionKey key) {
        if (key.isAcceptable()) {
            accept();
            return;
        }
        SinkConnection connection = (SinkConnection) key.attachment();
        try {
            connection.serve(answers, this::take);
        } catch (IOException e) {
            connection.close();
        }
    }

    private void accept() {
        try {
            SocketChannel channel = listener.accept();
            if (channel != null) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ, new SinkConnection(channel));
            }
        } catch (IOException _) {
            // The client has gone again; the next one is served all the same.
        }
    }

    private void take(long number) {
        requests.incrementAndGet();
        arrivals.arrived(number);
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
