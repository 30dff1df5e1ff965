package dev.waybill.cli;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Starts replays: says how many events first, and how far they are when somebody watches. They go on in the server
/// when this process ends.
record ReplayWatch(ServerClient server, PrintWriter out, PrintWriter err, boolean watched) {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    /// @param path where replays of that kind are asked for
    /// @param request what is asked for
    /// @param dryRun whether to count only
    void run(String path, JsonObject request, boolean dryRun) throws InterruptedException {
        JsonObject counted =
                server.post(path, request.toBuilder().put("dryRun", true).build());
        long selected = ServerClient.number(counted, "selected");
        out.println(selected == 1 ? "1 event is selected." : selected + " events are selected.");
        String warning = counted.text("warning");
        if (warning != null) {
            err.println("waybill: note: " + warning + ".");
        }
        out.flush();
        err.flush();
        if (dryRun || selected == 0) {
            return;
        }
        List<String> ids = begun(server.post(path, request));
        out.flush();
        for (String id : watched ? ids : List.<String>of()) {
            watch(id);
        }
    }

    private List<String> begun(JsonObject answer) {
        List<String> ids = new ArrayList<>();
        if (answer.get("replays") instanceof Json.Arr(List<Json> replays)) {
            for (Json replay : replays) {
                String id = replay instanceof JsonObject one ? one.text("id") : null;
                if (id != null && replay instanceof JsonObject one) {
                    ids.add(id);
                    out.println("Replay %s of %d events on lane %s/%s has begun."
                            .formatted(
                                    id,
                                    ServerClient.number(one, "selected"),
                                    one.text("pipeline"),
                                    one.text("integration")));
                }
            }
        }
        return ids;
    }

    private void watch(String id) throws InterruptedException {
        while (true) {
            JsonObject row = server.get("/api/replays/" + ServerClient.segment(id));
            long pending = ServerClient.number(row, "pending");
            err.print("\r%s: %d delivered, %d filtered, %d rejected, %d pending   "
                    .formatted(
                            id,
                            ServerClient.number(row, "delivered"),
                            ServerClient.number(row, "filtered"),
                            ServerClient.number(row, "rejected"),
                            pending));
            err.flush();
            if (pending == 0) {
                err.println();
                err.flush();
                return;
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }
}
