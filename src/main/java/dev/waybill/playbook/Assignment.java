package dev.waybill.playbook;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonPath;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where an output key takes its value from.
public sealed interface Assignment {
    /// A mapping: the value at a path of the event.
    record FromEvent(JsonPath input) implements Assignment {}

    /// An enrichment, or a mapping whose input is a connection parameter: a text that still waits for the parameters.
    record Text(Template template) implements Assignment {}

    /// A value that is the same for every event.
    record Constant(Json value) implements Assignment {}

    /// The assignment with the parameters filled in; null when a parameter it needs has no value.
    default @Nullable Assignment filled(Map<String, String> parameters) {
        if (!(this instanceof Text(Template template))) {
            return this;
        }
        String text = template.fill(parameters);
        return text == null ? null : new Constant(new Json.Str(text));
    }

    /// The value for an event, or null when the event has none or `null` there.
    ///
    /// @throws IllegalStateException when the parameters were never filled in
    default @Nullable Json value(JsonObject event) {
        return switch (this) {
            case FromEvent(JsonPath input) -> input.in(event);
            case Constant(Json value) -> value;
            case Text _ -> throw new IllegalStateException("a template is filled before it is applied");
        };
    }
}
