package dev.waybill.bench;

import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// The yardstick of collecting: a bare HTTP server of the same make that sends every body back, and does
/// nothing else. Its one argument is the file that it writes its port to.
final class EchoServer {
    private EchoServer() {}

    public static void main(String[] args) throws IOException {
        WebServer server = WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .routing(routing -> routing.post("/v1/track", (request, response) -> {
                    byte[] body = request.content().as(byte[].class);
                    response.header("Content-Type", "application/json");
                    response.send(body);
                }))
                .build()
                .start();
        Path file = Path.of(args[0]);
        Path written = Files.writeString(file.resolveSibling("port.tmp"), Integer.toString(server.port()));
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
