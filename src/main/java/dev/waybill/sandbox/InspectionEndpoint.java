package dev.waybill.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;

/// What a tester looks at and sets: `/received`, `/received/count` and `/faults`.
final class InspectionEndpoint {
    private static final int DEFAULT_LIMIT = 100;

    private final FaultPoint faults;
    private final ReceivedLog received;

    InspectionEndpoint(FaultPoint faults, ReceivedLog received) {
        this.faults = faults;
        this.received = received;
    }

    void list(ServerRequest request, ServerResponse response) throws IOException {
        String asked = request.query().first("limit").orElse(Integer.toString(DEFAULT_LIMIT));
        int limit;
        try {
            limit = Integer.parseUnsignedInt(asked);
        } catch (NumberFormatException odd) {
            limit = -1;
        }
        if (limit < 0) {
            Answers.refuse(response, 400, List.of("limit is '" + asked + "'; send a whole number from 0 up"));
            return;
        }
        write(received.newest(limit, request.query().first("event").orElse(null)), response);
    }

    /// Entry by entry: all that is kept may be hundreds of megabytes.
    private static void write(List<Received> entries, ServerResponse response) throws IOException {
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        try (OutputStream out = new BufferedOutputStream(response.outputStream(), 1 << 16)) {
            out.write("{\"received\":[".getBytes(UTF_8));
            boolean first = true;
            for (Received entry : entries) {
                if (!first) {
                    out.write(',');
                }
                first = false;
                out.write(JsonText.bytes(entry.toJson()));
            }
            out.write("]}".getBytes(UTF_8));
        }
    }

    void count(ServerRequest request, ServerResponse response) {
        ReceivedLog.Counts counts = received.counts();
        Answers.send(
                response,
                200,
                JsonObject.builder()
                        .put("accepted", counts.accepted())
                        .put("refused", counts.refused())
                        .build());
    }

    void forget(ServerRequest request, ServerResponse response) {
        received.clear();
        Answers.send(response, 200, JsonObject.builder().put("ok", true).build());
    }

    void setFault(ServerRequest request, ServerResponse response) throws IOException {
        byte[] body = Answers.body(request, response);
        if (body == null) {
            return;
        }
        List<String> problems = new ArrayList<>();
        Fault fault = Fault.NONE;
        try {
            Json json = JsonText.read(body);
            fault = FaultReader.read(json, problems);
        } catch (JacksonException notJson) {
            problems.add("the body is not JSON: " + JsonText.problem(notJson));
        }
        if (!problems.isEmpty()) {
            Answers.refuse(response, 400, problems);
            return;
        }
        faults.set(fault);
        Answers.send(response, 200, fault.toJson());
    }
}
