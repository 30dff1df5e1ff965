package dev.waybill.bench;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A `waybill serve` process on a workspace made for it, in a directory of its own.
final class Server implements AutoCloseable {
    static final String WRITE_KEY = "wk_bench";
    static final String PIPELINE = "bench";
    /// The site whose pages report identifiers.
    static final String ORIGIN = "https://shop.example";

    private static final Duration START = Duration.ofSeconds(30);

    private final Child child;
    private final Path data;
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI url;

    private Server(Child child, Path data, URI url) {
        this.child = child;
        this.data = data;
        this.url = url;
    }

    /// Starts it and waits until it is ready.
    ///
    /// @param directory empty; it holds workspace and data
    /// @param endpoints of the integrations, by their names; none: the events are only collected
    static Server start(Path directory, Map<String, String> endpoints) throws IOException, InterruptedException {
        Path workspace = directory.resolve("workspace");
        Path data = directory.resolve("data");
        writeWorkspace(workspace, endpoints);
        List<String> arguments =
                List.of("serve", "--workspace", workspace.toString(), "--data", data.toString(), "--port", "0");
        Child child = Child.start(directory.resolve("server.log"), "dev.waybill.Main", arguments);
        Path address = data.resolve("server.json");
        child.await(() -> Files.exists(address), START);
        URI url = URI.create(String.valueOf(object(Files.readString(address)).text("url")));
        Server server = new Server(child, data, url);
        child.await(server::ready, START);
        return server;
    }

    private static void writeWorkspace(Path workspace, Map<String, String> endpoints) throws IOException {
        Files.createDirectories(workspace.resolve("pipelines"));
        Files.writeString(workspace.resolve("waybill.yaml"), "allowPrivateEndpoints: true\n");
        List<String> pins = new ArrayList<>();
        for (Map.Entry<String, String> endpoint : endpoints.entrySet()) {
            Path integration = workspace.resolve("integrations").resolve(endpoint.getKey());
            Files.createDirectories(integration);
            Files.writeString(integration.resolve("1.yaml"), """
                    kit: kargo
                    parameters: {PARTNER_ID: bench, ENDPOINT: '%s'}
                    """.formatted(endpoint.getValue()));
            pins.add("{integration: %s, revision: 1}".formatted(endpoint.getKey()));
        }
        Files.writeString(workspace.resolve("pipelines").resolve(PIPELINE + ".yaml"), """
                writeKey: %s
                origins: ["%s"]
                integrations: [%s]
                """.formatted(
                        WRITE_KEY, ORIGIN, String.join(", ", pins)));
    }

    private boolean ready() {
        try {
            HttpRequest request = HttpRequest.newBuilder(url.resolve("/health/ready"))
                    .timeout(START)
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    int port() {
        return url.getPort();
    }

    Child child() {
        return child;
    }

    /// Pauses or resumes the lane of an integration.
    void lane(String integration, String action) throws IOException, InterruptedException {
        call("POST", "/api/lanes/" + PIPELINE + "/" + integration + "/" + action);
    }

    /// What the ledger says is pending in the lane of an integration.
    long pending(String integration) throws IOException, InterruptedException {
        if (object(call("GET", "/api/ledger")).get("lanes") instanceof Json.Arr(List<Json> lanes)) {
            for (Json lane : lanes) {
                if (lane instanceof JsonObject row
                        && integration.equals(row.text("integration"))
                        && row.get("pending") instanceof Json.Num(String pending)) {
                    return Long.parseLong(pending);
                }
            }
        }
        throw new IOException("the ledger has no lane of " + integration);
    }

    /// Asks and reads the whole answer, be it that there is no such thing. Returns how long that took, in
    /// nanoseconds.
    long asked(String path) throws IOException, InterruptedException {
        long started = System.nanoTime();
        call("GET", path, Set.of(200, 404));
        return System.nanoTime() - started;
    }

    private String call(String method, String path) throws IOException, InterruptedException {
        return call(method, path, Set.of(200, 202, 204));
    }

    private String call(String method, String path, Set<Integer> expected) throws IOException, InterruptedException {
        String token = Files.readString(data.resolve("admin-token")).strip();
        HttpRequest request = HttpRequest.newBuilder(url.resolve(path))
                .timeout(START)
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        var response = http.send(request, BodyHandlers.ofString());
        if (!expected.contains(response.statusCode())) {
            throw new IOException(
                    method + " " + path + " was answered " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    private static JsonObject object(String json) throws IOException {
        if (JsonText.read(json) instanceof JsonObject object) {
            return object;
        }
        throw new IOException("no JSON object: " + json);
    }

    @Override
    public void close() {
        http.close();
        child.close();
    }
}
