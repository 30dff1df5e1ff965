package dev.waybill.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonPath;
import dev.waybill.json.JsonText;
import dev.waybill.lane.LaneTap;
import dev.waybill.server.Waybill;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A whole server with one lane, and a destination that refuses what carries the word `refuse` until it is healed; with
/// `echo` in it, it repeats it.
final class TestServer implements AutoCloseable {
    static final String PUID = "11111111-2222-3333-4444-555555555555";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final Path data;
    final List<String> delivered = new CopyOnWriteArrayList<>();
    final AtomicInteger refused = new AtomicInteger();
    volatile boolean healed;
    private final HttpServer destination;
    private final Waybill waybill;
    private final HttpClient http = HttpClient.newHttpClient();

    record Answer(int status, java.net.http.HttpHeaders headers, String body) {
        JsonObject json() {
            return (JsonObject) JsonText.read(body);
        }

        long number(String key) {
            return json().get(key) instanceof Json.Num(String literal) ? Long.parseLong(literal) : -1;
        }

        List<JsonObject> list(String key) {
            return TestServer.list(json(), key);
        }
    }

    TestServer(Path directory) throws Exception {
        this(directory, Map.of());
    }

    /// @param more files of the workspace, by their paths
    TestServer(Path directory, Map<String, String> more) throws Exception {
        destination = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        destination.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            boolean refused = !healed && body.contains("refuse");
            if (refused) {
                this.refused.incrementAndGet();
            } else {
                delivered.add(body);
            }
            byte[] answer = (refused
                            ? body.contains("echo") ? "not " + body : "{\"error\":\"not today\"}"
                            : "{\"ok\":true}")
                    .getBytes(UTF_8);
            exchange.sendResponseHeaders(refused ? 400 : 200, answer.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(answer);
            }
        });
        destination.start();
        Path workspace = directory.resolve("workspace");
        write(workspace.resolve("waybill.yaml"), "allowPrivateEndpoints: true\n");
        write(
                workspace.resolve("pipelines/web.yaml"),
                "writeKey: wk_web\nintegrations: [{integration: kargo-main, revision: 1}]\n");
        write(
                workspace.resolve("integrations/kargo-main/1.yaml"),
                "kit: kargo\nparameters: {PARTNER_ID: p-1, ENDPOINT: 'http://127.0.0.1:%d/events', SYNC_URL: 'http://127.0.0.1:%d/id'}\n"
                        .formatted(
                                destination.getAddress().getPort(),
                                destination.getAddress().getPort()));
        for (Map.Entry<String, String> file : more.entrySet()) {
            write(workspace.resolve(file.getKey()), file.getValue());
        }
        data = directory.resolve("data");
        waybill = Waybill.start(
                new Waybill.Options(workspace, data, "127.0.0.1", 0),
                InstantSource.system(),
                LaneTap.NONE,
                routing -> {});
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    List<Route> routes() {
        return waybill.api().routes();
    }

    String url() {
        return waybill.url();
    }

    String token() {
        return waybill.adminToken();
    }

    /// Sends a track call; with an identity unless the person is null.
    void track(String messageId, String event, String person, String properties) throws Exception {
        String body = """
                {"messageId":"%s","event":"%s","userId":"%s","properties":%s,
                 "context":{"providers":{"kargo":{"puid":"%s"}}},"writeKey":"wk_web"}""".formatted(messageId, event, person, properties, PUID);
        post("/v1/track", body, "").mustBe(200);
    }

    void send(String body) throws Exception {
        post("/v1/track", body, "").mustBe(200);
    }

    void batch(String body) throws Exception {
        post("/v1/batch", body, "").mustBe(200);
    }

    Sent get(String path) throws Exception {
        return call("GET", path, "", token(), "application/json");
    }

    Sent getCsv(String path) throws Exception {
        return call("GET", path, "", token(), "text/csv");
    }

    Sent post(String path, String body) throws Exception {
        return call("POST", path, body, token(), "application/json");
    }

    private Sent post(String path, String body, String token) throws Exception {
        return call("POST", path, body, token, "application/json");
    }

    /// A request with one header more.
    Sent send(String method, String path, String body, String header, String value) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(waybill.url() + path))
                .header("Authorization", "Bearer " + token())
                .header(header, value)
                .method(method, BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        return new Sent(new Answer(response.statusCode(), response.headers(), response.body()));
    }

    Sent call(String method, String path, String body, String token, String accept) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(waybill.url() + path))
                .header("Accept", accept)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        return new Sent(new Answer(response.statusCode(), response.headers(), response.body()));
    }

    /// A request with these headers and no others.
    Sent call(String method, String path, String body, Map<String, String> headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(waybill.url() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        return new Sent(new Answer(response.statusCode(), response.headers(), response.body()));
    }

    /// Opens a stream of server-sent events.
    TestStream stream(String path) throws Exception {
        return stream(path, "Authorization", "Bearer " + token());
    }

    TestStream stream(String path, String header, String value) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(waybill.url() + path))
                .header("Accept", "text/event-stream")
                .header(header, value)
                .build();
        return new TestStream(http.send(request, BodyHandlers.ofInputStream()));
    }

    /// Where it listens.
    URI uri() {
        return URI.create(waybill.url());
    }

    record Sent(Answer answer) {
        Answer mustBe(int status) {
            if (answer.status() != status) {
                throw new AssertionError("expected %d, got %s".formatted(status, answer));
            }
            return answer;
        }
    }

    /// Waits until no event is pending.
    void awaitDrained(long accepted) throws Exception {
        await(() -> {
            JsonObject lane = lane();
            return number(lane, "accepted") == accepted && number(lane, "pending") == 0;
        });
    }

    JsonObject lane() {
        try {
            return get("/api/ledger").mustBe(200).list("lanes").getFirst();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static long number(JsonObject json, String key) {
        return json.get(key) instanceof Json.Num(String literal) ? Long.parseLong(literal) : -1;
    }

    static List<JsonObject> list(JsonObject json, String key) {
        return json.get(key) instanceof Json.Arr(List<Json> items)
                ? items.stream().map(JsonObject.class::cast).toList()
                : List.of();
    }

    static @Nullable Json in(JsonObject json, String path) {
        return JsonPath.parse(path).in(json);
    }

    static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + PATIENCE);
            }
            Thread.sleep(20);
        }
    }

    @Override
    public void close() throws IOException {
        waybill.close();
        http.shutdownNow();
        destination.stop(0);
    }
}
