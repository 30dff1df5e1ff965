package dev.waybill.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/// A destination on a bare socket, so that its answers can be anything, even no HTTP. A thread for each
/// connection.
final class TestDestination implements AutoCloseable {
    /// What it does with a request.
    sealed interface Conduct {
        Conduct ACCEPT = new Answer(200, "{\"ok\":true}");

        record Answer(int status, String body) implements Conduct {}

        /// Bytes that are no HTTP, and an end.
        record Garbage() implements Conduct {}

        /// An end without a word, with a reset.
        record Reset() implements Conduct {}

        /// Not a word and no end.
        record Hang() implements Conduct {}
    }

    private final ServerSocket listener;
    private final Queue<JsonObject> accepted = new ConcurrentLinkedQueue<>();
    private volatile Function<JsonObject, Conduct> conduct = _ -> Conduct.ACCEPT;

    private TestDestination() throws IOException {
        listener = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::listen);
    }

    static TestDestination start() {
        try {
            return new TestDestination();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + listener.getLocalPort() + "/events";
    }

    void does(Conduct always) {
        conduct = _ -> always;
    }

    void decides(Function<JsonObject, Conduct> byBody) {
        conduct = byBody;
    }

    /// The bodies answered with 200, oldest first.
    List<JsonObject> accepted() {
        return List.copyOf(accepted);
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException _) {
                // Closed: the loop ends.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                int length = contentLength(in);
                if (length < 0) {
                    return;
                }
                JsonObject body = (JsonObject) JsonText.read(in.readNBytes(length));
                Conduct what = conduct.apply(body);
                if (!(what instanceof Conduct.Answer(int status, String text))) {
                    refuse(socket, in, what);
                    return;
                }
                if (status == 200) {
                    accepted.add(body);
                }
                socket.getOutputStream().write(answer(status, text));
            }
        } catch (IOException _) {
            // The client went away, as clients do.
        }
    }

    private static void refuse(Socket socket, InputStream in, Conduct how) throws IOException {
        switch (how) {
            case Conduct.Garbage _ -> socket.getOutputStream().write("%%% no HTTP at all\r\n\r\n".getBytes(US_ASCII));
            case Conduct.Reset _ -> socket.setSoLinger(true, 0);
            // It waits until the client gives up.
            case Conduct.Hang _ -> in.readAllBytes();
            case Conduct.Answer _ -> throw new IllegalStateException("an answer is no refusal");
        }
    }

    private static byte[] answer(int status, String body) {
        return "HTTP/1.1 %d Whatever\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(status, body.getBytes(UTF_8).length, body)
                .getBytes(UTF_8);
    }

    /// Reads a head and says how long the body is; -1 at the end of the stream.
    private static int contentLength(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                return -1;
            }
            head.append((char) c);
        }
        return head.toString()
                .lines()
                .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
