package dev.waybill.kit;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Problems;
import dev.waybill.json.Json;
import dev.waybill.playbook.ObjectPlan;
import dev.waybill.playbook.Plan;
import java.util.Set;
import java.util.TreeSet;

/// Finds what breaks the destination's limits whatever the event, so that `check` says it before any event is lost.
/// All are warnings: at run time each such event is trimmed or rejected, and counted.
final class StaticLimits {
    private final RequestMapper mapper;
    private final ConfigNode at;
    private final Problems problems;

    private StaticLimits(RequestMapper mapper, ConfigNode at, Problems problems) {
        this.mapper = mapper;
        this.at = at;
        this.problems = problems;
    }

    static void check(RequestMapper mapper, ConfigNode at, Problems problems) {
        StaticLimits limits = new StaticLimits(mapper, at, problems);
        mapper.plans().all().flatMap(plan -> plan.outputs().stream()).forEach(output -> {
            switch (output) {
                case Plan.TextOutput text -> limits.eventName(text);
                case Plan.ValueOutput _ -> {}
                case Plan.ObjectOutput object -> limits.object(object);
            }
        });
    }

    private void eventName(Plan.TextOutput output) {
        boolean isName = output.key().equals(mapper.shape().eventName());
        if (isName
                && output.choice().constant() instanceof Json.Str(String name)
                && !mapper.limits().unit().fits(name, mapper.eventNameLength())) {
            problems.warning(
                    at,
                    "the output event name '" + ObjectLimits.shown(name) + "' has "
                            + mapper.limits().unit().length(name) + " "
                            + mapper.limits().unit().plural() + ", " + mapper.eventNameLength()
                            + " allowed; every such event will be rejected");
        }
    }

    private void object(Plan.ObjectOutput output) {
        ObjectLimits limits = mapper.limits();
        if (!output.key().equals(limits.output())) {
            return;
        }
        Set<String> keys = new TreeSet<>(output.plan().assignedKeys());
        String identity = limits.identityKey();
        if (identity != null) {
            keys.add(identity);
        }
        if (keys.size() > limits.keys()) {
            problems.warning(
                    at,
                    output.key() + " has " + keys.size() + " assigned keys, "
                            + (identity == null ? "" : identity + " among them, ") + "and " + limits.keys()
                            + " are allowed; an event with values for all loses the last ones");
        }
        for (String key : keys) {
            if (!limits.unit().fits(key, limits.keyLength())) {
                problems.warning(
                        at,
                        "the key " + output.key() + "." + ObjectLimits.shown(key) + " has "
                                + limits.unit().length(key) + " "
                                + limits.unit().plural() + ", "
                                + limits.keyLength() + " allowed; it is never sent");
            }
        }
        output.plan().assigned().forEach(this::constant);
    }

    private void constant(ObjectPlan.Assigned assigned) {
        ObjectLimits limits = mapper.limits();
        if (assigned.choice().constant() instanceof Json.Str(String text)
                && !limits.unit().fits(text, limits.valueLength())) {
            problems.warning(
                    at,
                    "the value of " + limits.output() + "." + ObjectLimits.shown(String.join(".", assigned.keys()))
                            + " has " + limits.unit().length(text) + " "
                            + limits.unit().plural() + ", " + limits.valueLength() + " allowed");
        }
    }
}
