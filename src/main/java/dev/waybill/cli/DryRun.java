package dev.waybill.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.cli.EventLines.Line;
import dev.waybill.collect.EventShape;
import dev.waybill.decide.Decider;
import dev.waybill.decide.Decider.Traffic;
import dev.waybill.decide.Decision;
import dev.waybill.decide.DecisionJson;
import dev.waybill.decide.EventReader;
import dev.waybill.decide.LaneFacts;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.log.LogRecord;
import dev.waybill.log.RecordHeader;
import dev.waybill.outcome.InvalidReason;
import dev.waybill.workspace.Settings;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// Events in, one JSON each line; what would become of them out, one line for each event and lane, in the order of the
/// input. The code that decides is the server's own.
final class DryRun {
    private final List<Lane> lanes;
    private final Settings.Limits limits;
    private final InstantSource clock;

    /// @param lanes asked in this order about each event
    DryRun(List<Lane> lanes, Settings.Limits limits, InstantSource clock) {
        this.lanes = lanes;
        this.limits = limits;
        this.clock = clock;
    }

    /// One decider.
    ///
    /// @param named whether results say which integration and revision: only a workspace has such
    record Lane(Decider decider, EventReader reader, boolean named) {
        Lane(Decider decider, boolean named) {
            this(decider, new EventReader(decider), named);
        }

        private JsonObject decide(LogRecord logged) {
            Decision decision = decider.decide(reader.read(logged), logged.receivedAt(), Traffic.LIVE, LaneFacts.NONE);
            return named ? DecisionJson.of(decision, decider.integration()) : DecisionJson.of(decision);
        }
    }

    void run(InputStream in, OutputStream out) throws IOException {
        EventLines lines = new EventLines(in, limits.eventBytes());
        BufferedOutputStream results = new BufferedOutputStream(out, 64 << 10);
        for (Line line = lines.next(); line != null; line = lines.next()) {
            if (!line.isBlank()) {
                results(line, results);
            }
            if (lines.idle()) {
                results.flush();
            }
        }
        results.flush();
    }

    private void results(Line line, OutputStream results) throws IOException {
        switch (shape(line)) {
            case EventShape.Invalid invalid -> write(invalid(line, invalid), results);
            case EventShape.Valid valid -> {
                LogRecord logged = logged(line, valid);
                for (Lane lane : lanes) {
                    write(lane.decide(logged), results);
                }
            }
        }
    }

    private EventShape shape(Line line) {
        return line.bytes() == null
                ? new EventShape.Invalid(
                        InvalidReason.TOO_LARGE,
                        "the event is %d bytes, %d are allowed".formatted(line.length(), limits.eventBytes()))
                : EventShape.of(line.bytes(), null, limits.eventBytes(), limits.depth());
    }

    private static JsonObject invalid(Line line, EventShape.Invalid invalid) {
        String detail = invalid.detail();
        String firstLine = "line 1, ";
        String where = detail.startsWith(firstLine)
                ? "line " + line.number() + ", " + detail.substring(firstLine.length())
                : "line " + line.number() + ": " + detail;
        return JsonObject.builder()
                .put("outcome", "invalid")
                .put("reason", invalid.reason().code())
                .put("detail", where)
                .build();
    }

    private LogRecord logged(Line line, EventShape.Valid valid) {
        String messageId = valid.messageId() == null ? "line-" + line.number() : valid.messageId();
        RecordHeader header = new RecordHeader(valid.type(), messageId, messageId, false, Map.of(), null, null, null);
        byte[] bytes = line.bytes() == null ? new byte[0] : line.bytes();
        return new LogRecord(clock.millis(), header, bytes);
    }

    private static void write(JsonObject result, OutputStream results) throws IOException {
        results.write(JsonText.bytes(result));
        results.write("\n".getBytes(UTF_8));
    }
}
