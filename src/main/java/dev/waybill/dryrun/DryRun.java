package dev.waybill.dryrun;

import dev.waybill.collect.EventShape;
import dev.waybill.decide.Decider;
import dev.waybill.decide.Decider.Traffic;
import dev.waybill.decide.Decision;
import dev.waybill.decide.DecisionJson;
import dev.waybill.decide.EventReader;
import dev.waybill.decide.LaneFacts;
import dev.waybill.event.Event;
import dev.waybill.json.JsonObject;
import dev.waybill.log.LogRecord;
import dev.waybill.log.RecordHeader;
import dev.waybill.outcome.InvalidReason;
import dev.waybill.outcome.Notice;
import dev.waybill.playbook.Explanation;
import dev.waybill.workspace.Settings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Events in, one at a time; what would become of each in every lane out, as the lines that `map` prints.
///
/// @param lanes asked in this order about each event
/// @param limits what the collector would refuse
public record DryRun(List<Lane> lanes, Settings.Limits limits) {
    public DryRun {
        lanes = List.copyOf(lanes);
    }

    /// One decider.
    ///
    /// @param named whether results say which integration and revision: only a workspace has such
    public record Lane(Decider decider, EventReader reader, boolean named) {
        public Lane(Decider decider, boolean named) {
            this(decider, new EventReader(decider), named);
        }

        public String pipeline() {
            return decider.pipeline().name();
        }

        public String integration() {
            return decider.integration().name();
        }

        private Decision decide(Event event, @Nullable Explanation explanation) {
            return decider.decide(event, event.receivedAt(), Traffic.LIVE, LaneFacts.NONE, explanation);
        }

        private JsonObject line(Decision decision) {
            return named ? DecisionJson.of(decision, decider.integration()) : DecisionJson.of(decision);
        }
    }

    /// What would become of one event in one lane.
    ///
    /// @param lane null when the event is invalid: then it has no other result
    /// @param line as `map` prints it
    public record Result(@Nullable Lane lane, JsonObject line) {}

    /// What would become of an event, and why.
    ///
    /// @param event as the lane reads it; null when it is invalid
    /// @param notices what was changed to make it fit
    public record Explained(JsonObject line, @Nullable Event event, Explanation explanation, List<Notice> notices) {
        public Explained {
            notices = List.copyOf(notices);
        }
    }

    /// Decides about one event in the first lane, by the same code, which writes down what made what.
    ///
    /// @param receivedAt milliseconds of the epoch; the time of the decision, too
    public Explained explain(byte[] event, long receivedAt) {
        Explanation explanation = new Explanation();
        EventShape shape = EventShape.of(event, null, limits.eventBytes(), limits.depth());
        return switch (shape) {
            case EventShape.Invalid invalid -> new Explained(invalid(1, invalid), null, explanation, List.of());
            case EventShape.Valid valid -> {
                Lane lane = lanes.getFirst();
                Event read = lane.reader().read(logged(1, valid, event, receivedAt));
                Decision decision = lane.decide(read, explanation);
                yield new Explained(lane.line(decision), read, explanation, decision.notices());
            }
        };
    }

    /// Decides about one event.
    ///
    /// @param number which event it is, from 1, for the texts of errors
    /// @param receivedAt milliseconds of the epoch; the time of the decision, too
    public List<Result> decide(int number, byte[] event, long receivedAt) {
        EventShape shape = EventShape.of(event, null, limits.eventBytes(), limits.depth());
        return switch (shape) {
            case EventShape.Invalid invalid -> List.of(new Result(null, invalid(number, invalid)));
            case EventShape.Valid valid -> {
                LogRecord logged = logged(number, valid, event, receivedAt);
                yield lanes.stream()
                        .map(lane -> new Result(
                                lane, lane.line(lane.decide(lane.reader().read(logged), null))))
                        .toList();
            }
        };
    }

    /// What is told of an event that is longer than the limit, without its bytes.
    public Result tooLarge(int number, long bytes) {
        EventShape.Invalid invalid = new EventShape.Invalid(
                InvalidReason.TOO_LARGE, "the event is %d bytes, %d are allowed".formatted(bytes, limits.eventBytes()));
        return new Result(null, invalid(number, invalid));
    }

    private static JsonObject invalid(int number, EventShape.Invalid invalid) {
        String detail = invalid.detail();
        String firstLine = "line 1, ";
        String where = detail.startsWith(firstLine)
                ? "line " + number + ", " + detail.substring(firstLine.length())
                : "line " + number + ": " + detail;
        return JsonObject.builder()
                .put("outcome", "invalid")
                .put("reason", invalid.reason().code())
                .put("detail", where)
                .build();
    }

    private static LogRecord logged(int number, EventShape.Valid valid, byte[] event, long receivedAt) {
        String messageId = valid.messageId() == null ? "line-" + number : valid.messageId();
        RecordHeader header = new RecordHeader(valid.type(), messageId, messageId, false, Map.of(), null, null, null);
        return new LogRecord(receivedAt, header, event);
    }
}
