package dev.waybill.e2e;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `./waybill sandbox`: the Kargo stand-in.
public final class SandboxProcess extends Started {
    private final String url;

    private SandboxProcess(Path directory, int port, int keep, List<String> origins) {
        super(directory, "sandbox", arguments(port, keep, origins));
        url = "http://127.0.0.1:" + port;
    }

    private static List<String> arguments(int port, int keep, List<String> origins) {
        List<String> arguments = new ArrayList<>(
                List.of("sandbox", "--port", Integer.toString(port), "--keep", Integer.toString(keep)));
        origins.forEach(origin -> arguments.addAll(List.of("--origin", origin)));
        return arguments;
    }

    public static SandboxProcess start(Path directory) {
        return start(directory, 200_000);
    }

    static SandboxProcess start(Path directory, int keep) {
        return start(directory, keep, List.of());
    }

    /// One that shares identifiers with pages of these origins.
    public static SandboxProcess start(Path directory, int keep, List<String> origins) {
        SandboxProcess process = new SandboxProcess(directory, freePort(), keep, origins);
        Eventually.holds(
                "the sandbox answers, or ended",
                WaybillProcess.START,
                () -> Http.answers(process.url + "/received/count") || !process.alive());
        if (!process.alive()) {
            throw new AssertionError("the sandbox ended\n" + process.logs());
        }
        return process;
    }

    public String url() {
        return url;
    }

    public String events() {
        return url + "/events";
    }

    /// An answered request.
    record Received(String at, long status, JsonObject body) {}

    /// Every kept request, newest first.
    List<Received> received() {
        JsonObject answer = Http.get(url + "/received?limit=1000000").ok().json();
        return answer.get("received") instanceof Json.Arr(List<Json> all)
                ? all.stream().map(each -> received((JsonObject) each)).toList()
                : List.of();
    }

    private static Received received(JsonObject row) {
        long status = row.get("status") instanceof Json.Num(String literal) ? Long.parseLong(literal) : 0;
        JsonObject body = row.object("body");
        return new Received(String.valueOf(row.text("at")), status, body == null ? JsonObject.EMPTY : body);
    }

    /// The bodies it accepted, newest first.
    public List<JsonObject> accepted() {
        return received().stream()
                .filter(each -> each.status() == 200)
                .map(Received::body)
                .toList();
    }

    long acceptedCount() {
        JsonObject count = Http.get(url + "/received/count").ok().json();
        return count.get("accepted") instanceof Json.Num(String literal) ? Long.parseLong(literal) : -1;
    }

    public void forget() {
        Http.call("DELETE", url + "/received", "", Map.of()).ok();
    }

    public void fault(String json) {
        Http.call("PUT", url + "/faults", json, Map.of("Content-Type", "application/json"))
                .ok();
    }

    public void heal() {
        fault("{}");
    }
}
