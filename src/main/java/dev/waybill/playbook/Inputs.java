package dev.waybill.playbook;

import dev.waybill.event.EventPath;
import dev.waybill.json.JsonPath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Gathers which parts of an event plans look at. An expression may look anywhere, so it wants the whole event.
/// Belongs to one thread.
final class Inputs {
    private static final List<JsonPath> TIMES =
            List.of(JsonPath.parse("originalTimestamp"), JsonPath.parse("timestamp"), JsonPath.parse("sentAt"));

    private final Set<JsonPath> paths = new LinkedHashSet<>();
    private boolean whole;

    void add(Plan plan) {
        whole |= !plan.filters().isEmpty();
        add(plan.identity());
        for (Plan.PlannedOutput output : plan.outputs()) {
            switch (output) {
                case Plan.TextOutput text -> add(text.choice());
                case Plan.ValueOutput value -> add(value.choice());
                case Plan.ObjectOutput(String _, ObjectPlan object) -> {
                    add(object.source());
                    object.assigned().forEach(one -> add(one.choice()));
                    object.spreads().forEach(spread -> {
                        whole |= spread.when() != null;
                        add(spread.input());
                    });
                }
            }
        }
    }

    private void add(Choice choice) {
        for (Assignment assignment : choice.assignments()) {
            whole |= assignment.when() != null;
            add(assignment.source());
        }
    }

    private void add(@Nullable Source source) {
        switch (source) {
            case Source.Paths(List<EventPath> inputs) -> inputs.forEach(this::add);
            case Source.Composed(EventTemplate template) -> template.paths().forEach(this::add);
            case Source.Computed _ -> whole = true;
            case Source.Moment _ -> paths.addAll(TIMES);
            case Source.Constant _, Source.Parameters _ -> {}
            case null -> {}
        }
    }

    private void add(EventPath input) {
        JsonPath read = input.read();
        if (read == null) {
            whole = true;
        } else {
            paths.add(read);
        }
    }

    /// All of them; empty when the whole event is wanted.
    Optional<List<JsonPath>> paths() {
        return whole ? Optional.empty() : Optional.of(new ArrayList<>(paths));
    }
}
