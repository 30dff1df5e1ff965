package dev.waybill.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;

/// A request with headers that Java's client keeps for itself.
final class RawRequest {
    private RawRequest() {}

    /// @param head the request line and the headers, each with its end of line, but for the length
    static String send(String url, String head, String body) throws IOException {
        URI address = URI.create(url);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
            socket.getOutputStream()
                    .write((head + "Content-Length: " + body.length() + "\r\n\r\n" + body).getBytes(UTF_8));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
