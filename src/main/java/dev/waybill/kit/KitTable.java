package dev.waybill.kit;

import dev.waybill.event.EventPath;
import dev.waybill.json.Json;
import dev.waybill.json.JsonPath;
import dev.waybill.playbook.Assignment;
import dev.waybill.playbook.Choice;
import dev.waybill.playbook.Output;
import dev.waybill.playbook.Playbook;
import dev.waybill.playbook.RequestShape;
import dev.waybill.playbook.Rules;
import dev.waybill.playbook.Source;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A kit's own playbook as its docs show it: which output takes its value from where, before a user changes anything.
/// Immutable.
///
/// @param global for every event
/// @param events for one event each, in the kit's order
/// @param defaults for what no other section fills
public record KitTable(List<Row> global, Map<String, List<Row>> events, List<Row> defaults) {
    private static final String IDENTIFIER = "the person's identifier; an event without one is not sent";

    public KitTable {
        global = List.copyOf(global);
        events = Collections.unmodifiableMap(new LinkedHashMap<>(events));
        defaults = List.copyOf(defaults);
    }

    /// One output.
    ///
    /// @param description what it is, or null
    /// @param input the path in the event, or what stands for it, such as `$$PARTNER_ID$$`; null for a constant
    /// @param value the constant; null for a mapping
    /// @param required whether an event without a value can't be sent
    public record Row(
            String output,
            @Nullable String description,
            @Nullable String input,
            @Nullable Json value,
            boolean required) {}

    static KitTable of(RequestShape shape, Playbook playbook) {
        Map<String, List<Row>> events = new LinkedHashMap<>();
        playbook.events().forEach((name, rules) -> events.put(name, rows(shape, rules)));
        return new KitTable(rows(shape, playbook.global()), events, rows(shape, playbook.defaults()));
    }

    private static List<Row> rows(RequestShape shape, Rules rules) {
        List<Row> rows = new ArrayList<>();
        rules.outputs().forEach((output, choice) -> rows.add(row(shape, output, choice)));
        return rows;
    }

    private static Row row(RequestShape shape, JsonPath path, Choice choice) {
        boolean identity = path.equals(shape.identity());
        Output output = shape.outputs().stream()
                .filter(one -> path.keys().equals(List.of(one.key())))
                .findFirst()
                .orElse(null);
        Assignment first = choice.assignments().getFirst();
        String input = switch (first.source()) {
            case Source.Constant _ -> null;
            case Source.Paths(List<EventPath> inputs) ->
                inputs.stream().map(EventPath::toString).collect(Collectors.joining(", else "));
            case Source.Parameters(var template) -> template.toString();
            default -> first.source().words();
        };
        return new Row(
                path.toString(),
                identity ? IDENTIFIER : output == null ? null : output.description(),
                input,
                first.source() instanceof Source.Constant(Json value) ? value : null,
                identity || first.required() || (output != null && output.required()));
    }
}
