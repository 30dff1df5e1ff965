package dev.waybill.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Writes what one watcher is to see as server-sent events. Belongs to the connection's thread.
///
/// @param allowed whether the one who watches still may; asked before anything is sent
record TailStream(Watcher watcher, TailRows rows, BooleanSupplier allowed, OutputStream out) {
    /// Rows are gathered for so long: many are read in one go.
    static final int BEAT_MILLIS = 200;

    /// Nobody reads faster, and no page should grow faster: of more in one beat only the newest are sent.
    static final int MAX_ROWS = 100;

    private static final long QUIET_NANOS = Duration.ofSeconds(15).toNanos();

    /// Returns when the watcher is ended, or may not watch any more.
    ///
    /// @throws IOException when the client has gone
    void run() throws IOException {
        comment("events follow as they end");
        long wrote = System.nanoTime();
        while (watcher.goesOn(BEAT_MILLIS) && allowed.getAsBoolean()) {
            List<JsonObject> found = rows.of(watcher.take());
            int over = Math.max(0, found.size() - MAX_ROWS);
            long dropped = watcher.dropped() + over;
            if (!found.isEmpty() || dropped > 0) {
                send(found.subList(over, found.size()), dropped);
                wrote = System.nanoTime();
            } else if (System.nanoTime() - wrote > QUIET_NANOS) {
                comment("nothing yet");
                wrote = System.nanoTime();
            }
        }
    }

    private void send(List<JsonObject> found, long dropped) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (JsonObject row : found) {
            write(all, "trace", row);
        }
        if (dropped > 0) {
            write(
                    all,
                    "dropped",
                    JsonObject.builder().put("count", Json.of(dropped)).build());
        }
        out.write(all.toByteArray());
        out.flush();
    }

    /// JSON text has no line breaks of its own.
    private static void write(ByteArrayOutputStream to, String event, JsonObject data) {
        to.writeBytes(("event: " + event + "\ndata: ").getBytes(UTF_8));
        to.writeBytes(JsonText.bytes(data));
        to.writeBytes("\n\n".getBytes(UTF_8));
    }

    private void comment(String text) throws IOException {
        out.write((": " + text + "\n\n").getBytes(UTF_8));
        out.flush();
    }
}
