package dev.waybill.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Somebody's endpoint for alerts, on this machine.
final class Receiver implements AutoCloseable {
    final List<Got> got = new CopyOnWriteArrayList<>();
    volatile int status = 200;
    volatile String answer = "ok";
    private final HttpServer server;

    @SuppressWarnings("ArrayRecordComponent") // only read
    record Got(String path, String signature, String id, String contentType, byte[] body) {
        JsonObject json() {
            return (JsonObject) JsonText.read(body);
        }

        String text() {
            return String.valueOf(json().text("text"));
        }

        List<JsonObject> alerts() {
            return json().get("alerts") instanceof Json.Arr(List<Json> all)
                    ? all.stream().map(JsonObject.class::cast).toList()
                    : List.of();
        }
    }

    Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            got.add(new Got(
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders().getFirst("Waybill-Signature"),
                    exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                    exchange.getRequestHeaders().getFirst("Content-Type"),
                    exchange.getRequestBody().readAllBytes()));
            byte[] bytes = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/services/T0/B0/hush";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
