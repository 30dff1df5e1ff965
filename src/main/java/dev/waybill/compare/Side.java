package dev.waybill.compare;

import dev.waybill.decide.Decider;
import dev.waybill.decide.Decider.Traffic;
import dev.waybill.decide.Decision;
import dev.waybill.decide.DecisionJson;
import dev.waybill.decide.EventReader;
import dev.waybill.decide.LaneFacts;
import dev.waybill.event.Event;
import dev.waybill.json.JsonObject;
import dev.waybill.kit.Integration;
import dev.waybill.log.LogRecord;
import dev.waybill.workspace.Pipeline;
import dev.waybill.workspace.Pipeline.Mode;
import dev.waybill.workspace.Pipeline.Pin;
import dev.waybill.workspace.Pipeline.StartFrom;

/// One of the two revisions, as if the pipeline pinned it to send: a lane that is disabled or in mode shadow would
/// hide every difference.
record Side(Decider decider, EventReader reader) {
    /// @param name what the event is counted by
    /// @param line as `map` prints it
    record Decided(String name, JsonObject line) {}

    static Side of(Pipeline pipeline, Integration integration) {
        Pin pin = new Pin(integration.name(), integration.revision(), true, Mode.LIVE, new StartFrom.Now());
        Decider decider = new Decider(pipeline, pin, integration);
        return new Side(decider, new EventReader(decider));
    }

    /// @throws IllegalArgumentException when the record holds no JSON object
    Decided decide(LogRecord record) {
        Event event = reader.read(record);
        Decision decision = decider.decide(event, record.receivedAt(), Traffic.LIVE, LaneFacts.NONE);
        return new Decided(event.countedName(), DecisionJson.of(decision));
    }
}
