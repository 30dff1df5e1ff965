package dev.waybill.playbook;

import dev.waybill.event.Event;
import dev.waybill.event.EventName;
import dev.waybill.event.EventPath;
import dev.waybill.event.EventType;
import dev.waybill.json.Json;
import dev.waybill.json.JsonPath;
import dev.waybill.playbook.Playbook.Unmapped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A playbook compiled with its connection parameters: one [Plan] for each event it knows and one for all others.
/// Immutable and safe for threads.
public final class Plans {
    private static final Set<String> COPIED = Set.of("properties", "traits");

    private final RequestShape shape;
    private final Map<String, String> parameters;
    private final Map<String, Plan> byName = new LinkedHashMap<>();
    private final Map<EventType, Plan> byType = new EnumMap<>(EventType.class);
    private final Plan unmapped;

    private Plans(LayeredPlaybook playbook, RequestShape shape, Map<String, String> parameters) {
        this.shape = shape;
        this.parameters = parameters;
        for (String name : playbook.events()) {
            Rules rules = playbook.of(name);
            Plan.Fate fate = Boolean.FALSE.equals(rules.send()) ? Plan.Fate.DISABLED : Plan.Fate.SEND;
            Plan plan = plan(rules, fate, name);
            byType(name).ifPresentOrElse(type -> byType.put(type, plan), () -> byName.put(name, plan));
        }
        boolean passes = playbook.unmapped() == Unmapped.PASS;
        this.unmapped = plan(playbook.ofUnmapped(), passes ? Plan.Fate.SEND : Plan.Fate.UNMAPPED, null);
    }

    public static Plans compile(LayeredPlaybook playbook, RequestShape shape, Map<String, String> parameters) {
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

    /// The plan of each event that has a section, by normalised name or by type. The map is the caller's.
    public SortedMap<String, Plan> named() {
        SortedMap<String, Plan> named = new TreeMap<>(byName);
        byType.forEach((type, plan) -> named.put(type.text(), plan));
        return named;
    }

    /// The plan for every event that the playbook doesn't know.
    public Plan unmapped() {
        return unmapped;
    }

    /// Which parts of an event the playbook looks at; empty when it needs the whole event.
    public Optional<List<JsonPath>> inputs() {
        Inputs inputs = new Inputs();
        all().forEach(inputs::add);
        return inputs.paths();
    }

    private Plan plan(Rules rules, Plan.Fate fate, @Nullable String name) {
        Map<JsonPath, Choice> outputs = new HashMap<>();
        rules.outputs().forEach((output, choice) -> outputs.put(output, choice.filled(parameters)));
        String eventName = shape.eventName();
        if (name != null && eventName != null) {
            Choice named = new Choice(List.of(Assignment.of(new Source.Constant(new Json.Str(name)))));
            outputs.merge(new JsonPath(List.of(eventName)), named, Choice::over);
        }
        List<Plan.PlannedOutput> planned = new ArrayList<>();
        for (Output output : shape.outputs()) {
            Choice whole = outputs.getOrDefault(new JsonPath(List.of(output.key())), Choice.NONE);
            planned.add(
                    switch (output.kind()) {
                        case TEXT -> new Plan.TextOutput(output.key(), output.required(), whole);
                        case OBJECT -> new Plan.ObjectOutput(output.key(), object(output.key(), whole, rules, outputs));
                        default -> new Plan.ValueOutput(output.key(), output.kind(), output.required(), whole);
                    });
        }
        return new Plan(rules.filters(), fate, planned, identity(outputs));
    }

    private ObjectPlan object(String key, Choice whole, Rules rules, Map<JsonPath, Choice> outputs) {
        List<ObjectPlan.Assigned> assigned = new ArrayList<>();
        for (JsonPath output : rules.outputs().keySet()) {
            Choice choice = outputs.get(output);
            boolean inside =
                    output.keys().getFirst().equals(key) && output.keys().size() > 1;
            // The identifier has rules of its own, and is written after all else.
            if (inside && choice != null && !output.equals(shape.identity())) {
                List<String> below = output.keys().subList(1, output.keys().size());
                assigned.add(new ObjectPlan.Assigned(below, choice, output.toString()));
            }
        }
        assigned.sort(Comparator.comparingInt(one -> one.keys().size()));
        List<Spread> spreads = rules.spreads().stream()
                .filter(spread -> spread.output().equals(key))
                .toList();
        Set<JsonPath> exclude = rules.exclude().stream()
                .map(path -> inCopiedObject(path, whole))
                .collect(Collectors.toSet());
        return new ObjectPlan(key, whole, spreads, exclude, assigned);
    }

    /// People write the key as it arrives (`traits.email`), as it leaves (`params.email`) or bare: all mean one,
    /// unless the whole event is copied.
    private JsonPath inCopiedObject(JsonPath path, Choice copied) {
        String root = path.keys().getFirst();
        boolean output = shape.outputs().stream()
                .anyMatch(one -> one.kind() == Output.Kind.OBJECT && one.key().equals(root));
        boolean prefixed = path.keys().size() > 1 && (output || (!copied.takesWholeEvent() && COPIED.contains(root)));
        return prefixed ? new JsonPath(path.keys().subList(1, path.keys().size())) : path;
    }

    private Choice identity(Map<JsonPath, Choice> outputs) {
        JsonPath identity = shape.identity();
        if (identity == null) {
            return Choice.NONE;
        }
        Choice mapped = outputs.get(identity);
        return mapped != null
                ? mapped
                : new Choice(List.of(Assignment.of(new Source.Paths(List.of(EventPath.parse(identity.toString()))))));
    }
}
