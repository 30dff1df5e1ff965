package dev.waybill.playbook;

import dev.waybill.event.Event;
import dev.waybill.event.EventName;
import dev.waybill.event.EventType;
import dev.waybill.json.Json;
import dev.waybill.json.JsonPath;
import dev.waybill.playbook.Playbook.Unmapped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A playbook compiled with its connection parameters: one [Plan] for each event it knows and one for all others.
/// Immutable and safe for threads.
public final class Plans {
    private final RequestShape shape;
    private final Map<String, String> parameters;
    private final Map<String, Plan> byName = new HashMap<>();
    private final Map<EventType, Plan> byType = new EnumMap<>(EventType.class);
    private final Plan unmapped;
    private final boolean conditions;

    private Plans(Playbook playbook, RequestShape shape, Map<String, String> parameters) {
        this.shape = shape;
        this.parameters = parameters;
        playbook.events().forEach((name, own) -> {
            Rules rules = playbook.forMapped(own);
            Plan.Fate fate = Boolean.FALSE.equals(rules.send()) ? Plan.Fate.DISABLED : Plan.Fate.SEND;
            Plan plan = plan(rules, fate, name);
            byType(name).ifPresentOrElse(type -> byType.put(type, plan), () -> byName.put(name, plan));
        });
        boolean passes = playbook.unmapped() == Unmapped.PASS;
        this.unmapped = plan(playbook.forUnmapped(), passes ? Plan.Fate.SEND : Plan.Fate.UNMAPPED, null);
        this.conditions = all().anyMatch(plan -> !plan.filters().isEmpty());
    }

    public static Plans compile(Playbook playbook, RequestShape shape, Map<String, String> parameters) {
        return new Plans(playbook, shape, parameters);
    }

    /// The type that an event's key in a playbook stands for; empty for the names of track events.
    private static Optional<EventType> byType(String name) {
        return EventType.of(name).filter(type -> type != EventType.TRACK);
    }

    public Plan of(Event event) {
        Plan plan = event.type() == EventType.TRACK ? byName.get(trackName(event)) : byType.get(event.type());
        return plan == null ? unmapped : plan;
    }

    private static String trackName(Event event) {
        String name = event.name();
        return name == null ? "" : EventName.normalise(name);
    }

    /// Every plan, that for unmapped events last.
    public Stream<Plan> all() {
        return Stream.concat(Stream.concat(byName.values().stream(), byType.values().stream()), Stream.of(unmapped));
    }

    /// Whether any filter looks at events, so that the whole event is needed.
    public boolean hasFilters() {
        return conditions;
    }

    /// Every path of an event that a mapping reads.
    public Set<JsonPath> inputs() {
        Set<JsonPath> inputs = new LinkedHashSet<>();
        all().forEach(plan -> {
            if (plan.identity() != null) {
                inputs.add(plan.identity());
            }
            plan.outputs()
                    .forEach(output -> sources(output).forEach(source -> {
                        if (source instanceof Assignment.FromEvent(JsonPath input)) {
                            inputs.add(input);
                        }
                    }));
        });
        return inputs;
    }

    private static List<Assignment> sources(Plan.PlannedOutput output) {
        List<Assignment> sources = new ArrayList<>();
        switch (output) {
            case Plan.TextOutput text when text.source() != null -> sources.add(text.source());
            case Plan.TextOutput _ -> {}
            case Plan.ValueOutput value when value.source() != null -> sources.add(value.source());
            case Plan.ValueOutput _ -> {}
            case Plan.ObjectOutput object -> {
                if (object.plan().source() != null) {
                    sources.add(object.plan().source());
                }
                object.plan().assigned().forEach(one -> sources.add(one.source()));
            }
        }
        return sources;
    }

    private Plan plan(Rules rules, Plan.Fate fate, @Nullable String name) {
        Map<JsonPath, Assignment> outputs = new HashMap<>();
        rules.outputs().forEach((output, assignment) -> {
            Assignment filled = assignment.filled(parameters);
            if (filled != null) {
                outputs.put(output, filled);
            }
        });
        if (name != null && shape.eventName() != null) {
            JsonPath eventName = new JsonPath(List.of(shape.eventName()));
            outputs.putIfAbsent(eventName, new Assignment.Constant(new Json.Str(name)));
        }
        List<Plan.PlannedOutput> planned = new ArrayList<>();
        for (Output output : shape.outputs()) {
            Assignment whole = outputs.get(new JsonPath(List.of(output.key())));
            planned.add(
                    switch (output.kind()) {
                        case TEXT -> new Plan.TextOutput(output.key(), output.required(), whole);
                        case OBJECT -> new Plan.ObjectOutput(output.key(), object(output.key(), whole, rules, outputs));
                        default -> new Plan.ValueOutput(output.key(), output.kind(), output.required(), whole);
                    });
        }
        return new Plan(rules.filters(), fate, planned, identity(outputs));
    }

    private ObjectPlan object(String key, @Nullable Assignment whole, Rules rules, Map<JsonPath, Assignment> outputs) {
        List<ObjectPlan.Assigned> assigned = new ArrayList<>();
        for (JsonPath output : rules.outputs().keySet()) {
            Assignment source = outputs.get(output);
            boolean inside =
                    output.keys().getFirst().equals(key) && output.keys().size() > 1;
            // The identifier has rules of its own, and is written after all else.
            if (inside && source != null && !output.equals(shape.identity())) {
                List<String> below = output.keys().subList(1, output.keys().size());
                assigned.add(new ObjectPlan.Assigned(below, source));
            }
        }
        assigned.sort(Comparator.comparingInt(one -> one.keys().size()));
        return new ObjectPlan(whole, rules.exclude(), assigned);
    }

    private @Nullable JsonPath identity(Map<JsonPath, Assignment> outputs) {
        if (shape.identity() == null) {
            return null;
        }
        return outputs.get(shape.identity()) instanceof Assignment.FromEvent(JsonPath input) ? input : shape.identity();
    }
}
