package dev.waybill.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A stream of server-sent events being read.
final class TestStream implements AutoCloseable {
    final int status;
    final String contentType;
    final List<JsonObject> traces = new CopyOnWriteArrayList<>();
    final List<JsonObject> dropped = new CopyOnWriteArrayList<>();
    final List<String> comments = new CopyOnWriteArrayList<>();
    private final InputStream body;
    private final Thread reading;

    TestStream(HttpResponse<InputStream> response) {
        this.status = response.statusCode();
        this.contentType = response.headers().firstValue("Content-Type").orElse("");
        this.body = response.body();
        this.reading = Thread.ofVirtual().start(this::read);
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, UTF_8))) {
            String event = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event: ")) {
                    event = line.substring("event: ".length());
                } else if (line.startsWith("data: ")) {
                    JsonObject data = (JsonObject) JsonText.read(line.substring("data: ".length()));
                    (event.equals("dropped") ? dropped : traces).add(data);
                } else if (line.startsWith(": ")) {
                    comments.add(line.substring(2));
                } else if (!line.isEmpty()) {
                    comments.add(line);
                }
            }
        } catch (IOException closed) {
            // The server ended it, or we did.
        }
    }

    List<String> ids() {
        return traces.stream()
                .map(trace -> String.valueOf(trace.text("messageId")))
                .toList();
    }

    boolean ended() {
        return !reading.isAlive();
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
