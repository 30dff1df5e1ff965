package dev.waybill.compare;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.util.List;

/// Events that end otherwise by the other revision.
///
/// @param event the event's normalised name, or its type
/// @param from `deliver`, or an outcome with its reason: `filtered: rule`
/// @param to likewise
public record OutcomeRow(String event, String from, String to, long events, List<Example> examples) {
    public OutcomeRow {
        examples = List.copyOf(examples);
    }

    /// One event.
    ///
    /// @param messageId shortened
    /// @param from the detail of its outcome, cut; empty when there is none
    /// @param to likewise
    public record Example(String messageId, String from, String to) {}

    JsonObject json() {
        return JsonObject.builder()
                .put("event", event)
                .put("from", from)
                .put("to", to)
                .put("events", events)
                .put(
                        "examples",
                        new Json.Arr(examples.stream()
                                .<Json>map(example -> JsonObject.builder()
                                        .put("messageId", example.messageId())
                                        .put("from", example.from())
                                        .put("to", example.to())
                                        .build())
                                .toList()))
                .build();
    }
}
