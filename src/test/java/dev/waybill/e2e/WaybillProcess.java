package dev.waybill.e2e;

import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// `./waybill serve` on a workspace and a data directory.
public final class WaybillProcess extends Started {
    static final Duration START = Duration.ofSeconds(60);

    private final Path data;
    private String url = "";

    private WaybillProcess(Path directory, Path data, List<String> within, List<String> arguments) {
        super(directory, "serve", within, arguments);
        this.data = data;
    }

    /// Starts it, with logs and data in the given directory, and waits until it is ready.
    public static WaybillProcess start(Path directory, TestWorkspace workspace) {
        WaybillProcess process = launch(directory, workspace);
        process.awaitReady();
        return process;
    }

    /// Starts one that may only read the workspace. Directories that forbid writing forbid it to root too once root may
    /// not override them.
    public static WaybillProcess startReadOnly(Path directory, TestWorkspace workspace) {
        workspace.forbidWriting();
        List<String> within = "root".equals(System.getProperty("user.name"))
                ? List.of("setpriv", "--bounding-set", "-dac_override")
                : List.of();
        WaybillProcess process = launch(directory, workspace, within);
        process.awaitReady();
        return process;
    }

    /// Starts it and doesn't wait. What an earlier server left is kept, except for where it listened.
    static WaybillProcess launch(Path directory, TestWorkspace workspace) {
        return launch(directory, workspace, List.of());
    }

    private static WaybillProcess launch(Path directory, TestWorkspace workspace, List<String> within) {
        Path data = directory.resolve("data");
        try {
            Files.deleteIfExists(data.resolve("server.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> arguments = new ArrayList<>(List.of("serve", "--workspace"));
        arguments.add(workspace.directory().toString());
        arguments.addAll(List.of("--data", data.toString(), "--port", "0"));
        return new WaybillProcess(directory, data, within, arguments);
    }

    void awaitReady() {
        Eventually.holds("serve writes server.json, or ended", START, () -> Files.exists(serverJson()) || !alive());
        if (!alive()) {
            throw new AssertionError("serve ended before it was ready\n" + logs());
        }
        JsonObject server = (JsonObject) JsonText.read(read(serverJson()));
        url = String.valueOf(server.text("url")).replaceAll("/+$", "");
        Eventually.holds("serve is ready", START, () -> Http.answers(url + "/health/ready"));
    }

    private Path serverJson() {
        return data.resolve("server.json");
    }

    public String url() {
        return url;
    }

    public int port() {
        return URI.create(url).getPort();
    }

    public Path data() {
        return data;
    }

    /// Sends one event or batch.
    ///
    /// @param call such as `track` or `batch`
    public Http.Answer send(String pipeline, String call, String json) {
        String user = Base64.getEncoder().encodeToString(("wk_" + pipeline + ":").getBytes(StandardCharsets.UTF_8));
        return Http.call("POST", url + "/v1/" + call, json, Map.of("Authorization", "Basic " + user));
    }

    public Http.Answer api(String method, String path, String json) {
        String token = read(data.resolve("admin-token")).strip();
        return Http.call(method, url + path, json, Map.of("Authorization", "Bearer " + token));
    }

    List<Lane> lanes() {
        return Lane.all(api("GET", "/api/ledger", "").ok().json());
    }

    Lane lane(String pipeline) {
        return lanes().stream()
                .filter(lane -> lane.pipeline().equals(pipeline))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the ledger has no lane of " + pipeline));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
