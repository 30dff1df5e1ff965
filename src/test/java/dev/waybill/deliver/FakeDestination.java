package dev.waybill.deliver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// A destination that misbehaves as it is told: an HTTP/1.1 server on loopback with scripted [Reply] values, one for
/// each request in turn, then the usual one (200 unless set). Safe for threads.
public final class FakeDestination implements AutoCloseable {
    private final ServerSocket server;
    private final Queue<Reply> script = new ConcurrentLinkedQueue<>();
    private final Queue<Received> received = new ConcurrentLinkedQueue<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private volatile Function<Received, Reply> usual = _ -> Reply.status(200);

    /// One request as it came.
    ///
    /// @param headers lower-case names, the last value of each
    public record Received(String method, String target, Map<String, String> headers, String body) {}

    private FakeDestination(ServerSocket server) {
        this.server = server;
    }

    public static FakeDestination start() {
        try {
            ServerSocket server = new ServerSocket();
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
            FakeDestination destination = new FakeDestination(server);
            Thread.startVirtualThread(destination::accept);
            return destination;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    /// The next requests get these, in turn.
    public FakeDestination next(Reply... replies) {
        script.addAll(List.of(replies));
        return this;
    }

    /// Requests beyond the script get this.
    public FakeDestination usually(Reply reply) {
        return usually(_ -> reply);
    }

    /// Requests beyond the script get what this says; it may wait before it does.
    public FakeDestination usually(Function<Received, Reply> replies) {
        usual = replies;
        return this;
    }

    public List<Received> received() {
        return List.copyOf(received);
    }

    /// Connections since the start.
    public int accepted() {
        return accepted.get();
    }

    /// Connections open at the same time, at most.
    public int mostOpen() {
        return mostOpen.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
        open.forEach(FakeDestination::closeQuietly);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                open.add(socket);
                accepted.incrementAndGet();
                mostOpen.accumulateAndGet(open.size(), Math::max);
                Thread.startVirtualThread(() -> serve(socket));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 16 * 1024);
            while (true) {
                Received request = read(in);
                received.add(request);
                Reply scripted = script.poll();
                (scripted == null ? usual.apply(request) : scripted).write(socket, out);
                out.flush();
            }
        } catch (IOException _) {
            // The other side went away, or the reply was to do so.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
        }
    }

    private static Received read(InputStream in) throws IOException {
        String[] first = line(in).split(" ", 3);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        String body = new String(in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0"))), UTF_8);
        return new Received(first[0], first[1], headers, body);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // It is as good as closed.
        }
    }

    /// What a request is answered with. Throwing ends the connection.
    @FunctionalInterface
    public interface Reply {
        void write(Socket socket, OutputStream out) throws IOException, InterruptedException;

        static Reply status(int status, String... headers) {
            return answer(status, "{}", headers);
        }

        /// A whole answer.
        ///
        /// @param headers whole lines such as `Retry-After: 3`
        static Reply answer(int status, String body, String... headers) {
            return raw("HTTP/1.1 " + status + " Scripted\r\nContent-Length: " + body.length() + "\r\n"
                    + String.join(
                            "", List.of(headers).stream().map(h -> h + "\r\n").toList()) + "\r\n" + body);
        }

        /// These characters, whatever they mean. The connection stays open.
        static Reply raw(String text) {
            byte[] bytes = text.getBytes(ISO_8859_1);
            return (_, out) -> out.write(bytes);
        }

        /// Never answers, and never closes.
        static Reply hang() {
            return (_, _) -> Thread.sleep(Long.MAX_VALUE);
        }

        static Reply reset() {
            return (socket, _) -> {
                socket.setSoLinger(true, 0);
                throw new IOException("reset");
            };
        }

        static Reply closeWithoutAnswer() {
            return (_, _) -> {
                throw new IOException("close");
            };
        }

        /// Answers in full, then closes without having said so.
        static Reply thenClose() {
            return (socket, out) -> {
                status(200).write(socket, out);
                out.flush();
                throw new IOException("close");
            };
        }

        /// One byte of the body at a time, for ever.
        static Reply slowDrip(long pauseMillis) {
            return (_, out) -> {
                out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n".getBytes(ISO_8859_1));
                while (true) {
                    out.write('.');
                    out.flush();
                    Thread.sleep(pauseMillis);
                }
            };
        }

        /// One byte of the head at a time, for ever.
        static Reply slowHead(long pauseMillis) {
            return (_, out) -> {
                out.write("HTTP/1.1 200 OK\r\nX-Slow: ".getBytes(ISO_8859_1));
                while (true) {
                    out.write('.');
                    out.flush();
                    Thread.sleep(pauseMillis);
                }
            };
        }

        static Reply hugeBody(long bytes) {
            return (_, out) -> {
                out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + bytes + "\r\n\r\n").getBytes(ISO_8859_1));
                byte[] block = "x".repeat(8192).getBytes(ISO_8859_1);
                for (long left = bytes; left > 0; left -= block.length) {
                    out.write(block, 0, (int) Math.min(left, block.length));
                }
            };
        }

        /// A head that goes on for ever.
        static Reply endlessHead(String line) {
            return (_, out) -> {
                out.write("HTTP/1.1 200 OK\r\n".getBytes(ISO_8859_1));
                while (true) {
                    out.write(line.getBytes(ISO_8859_1));
                }
            };
        }

        /// Half of the promised body, then the end.
        static Reply half() {
            return (_, out) -> {
                out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"half".getBytes(ISO_8859_1));
                out.flush();
                throw new IOException("close");
            };
        }
    }
}
