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
import org.jspecify.annotations.Nullable;

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
            this(decider, new EventReader(decider.integration()), named);
        }

        String pipeline() {
            return decider.pipeline().name();
        }

        String integration() {
            return decider.integration().name();
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
        for (Result result : decide(line, clock.millis())) {
            results.write(JsonText.bytes(result.line()));
            results.write("\n".getBytes(UTF_8));
        }
    }

    /// What would become of one event in one lane.
    ///
    /// @param lane null when the event is invalid: then it has no other result
    /// @param line as `map` prints it
    record Result(@Nullable Lane lane, JsonObject line) {}

    /// One event alone.
    ///
    /// @param number which event it is, from 1, for the texts of errors
    /// @param receivedAt milliseconds of the epoch; the time of the decision, too
    List<Result> decide(int number, byte[] event, long receivedAt) {
        return decide(new Line(number, event.length, event.length > limits.eventBytes() ? null : event), receivedAt);
    }

    private List<Result> decide(Line line, long receivedAt) {
        return switch (shape(line)) {
            case EventShape.Invalid invalid -> List.of(new Result(null, invalid(line, invalid)));
            case EventShape.Valid valid -> {
                LogRecord logged = logged(line, valid, receivedAt);
                yield lanes.stream()
                        .map(lane -> new Result(lane, lane.decide(logged)))
                        .toList();
            }
        };
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

    private static LogRecord logged(Line line, EventShape.Valid valid, long receivedAt) {
        String messageId = valid.messageId() == null ? "line-" + line.number() : valid.messageId();
        RecordHeader header = new RecordHeader(valid.type(), messageId, messageId, false, Map.of(), null, null, null);
        byte[] bytes = line.bytes() == null ? new byte[0] : line.bytes();
        return new LogRecord(receivedAt, header, bytes);
    }
}
