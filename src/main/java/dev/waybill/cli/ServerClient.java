package dev.waybill.cli;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.server.AdminToken;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.core.JacksonException;

/// Talks to the server that works with a data directory: `server.json` there says where it is.
final class ServerClient implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /// A replay is made before it is answered, and choosing among millions of events takes a while.
    private static final Duration ANSWER = Duration.ofMinutes(10);

    private final CommandSpec spec;
    private final String api;
    private final String token;
    private final Path data;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();

    private ServerClient(CommandSpec spec, Path data, String api, String token) {
        this.spec = spec;
        this.data = data;
        this.api = api;
        this.token = token;
    }

    /// Finds the server.
    ///
    /// @param spec the command's, for reporting wrong use
    /// @throws CannotRunException when no server works with that directory
    static ServerClient of(CommandSpec spec, Path data, Map<String, String> environment) {
        try {
            Path file = data.resolve("server.json");
            if (!Files.exists(file)) {
                throw noServer(data, "there is no " + file);
            }
            String token = AdminToken.find(data.resolve("admin-token"), environment)
                    .orElseThrow(() -> new CannotRunException("There is no admin token: set " + AdminToken.VARIABLE
                            + " to that of the server, or run this as the user who can read "
                            + data.resolve("admin-token") + "."));
            String api =
                    JsonText.read(Files.readAllBytes(file)) instanceof JsonObject server ? server.text("api") : null;
            if (api != null) {
                return new ServerClient(spec, data, api, token);
            }
            throw noServer(data, file + " doesn't say where the API is");
        } catch (IOException | JacksonException e) {
            throw noServer(data, String.valueOf(e.getMessage()));
        }
    }

    private static CannotRunException noServer(Path data, String why) {
        return new CannotRunException(
                "No server works with %s (%s); start one with: waybill serve --workspace DIR --data %s"
                        .formatted(data, why, data));
    }

    /// @throws CannotRunException when the server doesn't answer or can't do it
    /// @throws CommandLine.ParameterException when what was asked for is wrong
    JsonObject get(String path) {
        return send(request(path).GET());
    }

    /// As [#get], with a body.
    JsonObject post(String path, JsonObject body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JsonText.bytes(body))));
    }

    /// A segment of a path, encoded.
    static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(api + path))
                .timeout(ANSWER)
                .header("Authorization", "Bearer " + token);
    }

    private JsonObject send(HttpRequest.Builder request) {
        HttpResponse<byte[]> response;
        try {
            response = http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw noServer(data, "nobody answers at " + api);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotRunException("Interrupted while the server worked on it; ask it how far it is.");
        }
        JsonObject answer = object(response.body());
        String told = answer.text("detail");
        String detail = told == null ? "status " + response.statusCode() : told;
        return switch (response.statusCode()) {
            case 200, 202 -> answer;
            case 400, 404, 413 -> throw new CommandLine.ParameterException(spec.commandLine(), detail);
            case 401 ->
                throw new CannotRunException(
                        "The server at %s does not take this admin token: %s".formatted(api, detail));
            default -> throw new CannotRunException("The server at %s can't do it: %s".formatted(api, detail));
        };
    }

    private JsonObject object(byte[] body) {
        try {
            if (JsonText.read(body) instanceof JsonObject object) {
                return object;
            }
        } catch (JacksonException e) {
            // Told below: whatever answers there is no Waybill.
        }
        throw noServer(data, "what answers at " + api + " is no Waybill");
    }

    /// The whole number under a key; 0 when there is none.
    static long number(JsonObject json, String key) {
        return json.get(key) instanceof Json.Num(String literal) && literal.matches("[0-9]{1,18}")
                ? Long.parseLong(literal)
                : 0;
    }

    @Override
    public void close() {
        http.close();
    }
}
