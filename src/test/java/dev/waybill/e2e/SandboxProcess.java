package dev.waybill.e2e;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// `./waybill sandbox`: the Kargo stand-in.
final class SandboxProcess extends Started {
    private final String url;

    private SandboxProcess(Path directory, int port, int keep) {
        super(
                directory,
                "sandbox",
                List.of("sandbox", "--port", Integer.toString(port), "--keep", Integer.toString(keep)));
        url = "http://127.0.0.1:" + port;
    }

    static SandboxProcess start(Path directory) {
        return start(directory, 200_000);
    }

    static SandboxProcess start(Path directory, int keep) {
        SandboxProcess process = new SandboxProcess(directory, freePort(), keep);
        Eventually.holds(
                "the sandbox answers, or ended",
                WaybillProcess.START,
                () -> Http.answers(process.url + "/received/count") || !process.alive());
        if (!process.alive()) {
            throw new AssertionError("the sandbox ended\n" + process.logs());
        }
        return process;
    }

    String url() {
        return url;
    }

    String events() {
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
    List<JsonObject> accepted() {
        return received().stream()
                .filter(each -> each.status() == 200)
                .map(Received::body)
                .toList();
    }

    long acceptedCount() {
        JsonObject count = Http.get(url + "/received/count").ok().json();
        return count.get("accepted") instanceof Json.Num(String literal) ? Long.parseLong(literal) : -1;
    }

    void forget() {
        Http.call("DELETE", url + "/received", "", Map.of()).ok();
    }

    void fault(String json) {
        Http.call("PUT", url + "/faults", json, Map.of("Content-Type", "application/json"))
                .ok();
    }

    void heal() {
        fault("{}");
    }
}
