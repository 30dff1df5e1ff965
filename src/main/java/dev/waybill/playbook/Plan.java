package dev.waybill.playbook;

import java.util.List;
import java.util.Optional;

/// Everything that applies to one event of a playbook, ready to be applied. Immutable.
///
/// @param filters in the order in which they are asked
/// @param fate whether such an event is to be sent
/// @param outputs the request's body, key by key
/// @param identity where the person's identifier comes from
public record Plan(List<Filter> filters, Fate fate, List<PlannedOutput> outputs, Choice identity) {
    public enum Fate {
        SEND,
        /// The playbook says `send: false`.
        DISABLED,
        /// No section of the playbook is for it, and such events don't pass.
        UNMAPPED
    }

    public Plan {
        filters = List.copyOf(filters);
        outputs = List.copyOf(outputs);
    }

    /// The first filter that keeps the event back.
    public Optional<Filter> stoppedBy(Application application) {
        for (Filter filter : filters) {
            if (!filter.lets(application)) {
                return Optional.of(filter);
            }
        }
        return Optional.empty();
    }

    /// One key of the body.
    public sealed interface PlannedOutput {
        String key();
    }

    /// A single value.
    ///
    /// @param choice [Choice#NONE] when nothing assigns it
    public record TextOutput(String key, boolean required, Choice choice) implements PlannedOutput {}

    /// A number, a boolean, a list or anything.
    ///
    /// @param choice [Choice#NONE] when nothing assigns it
    public record ValueOutput(String key, Output.Kind kind, boolean required, Choice choice) implements PlannedOutput {}

    /// An object.
    public record ObjectOutput(String key, ObjectPlan plan) implements PlannedOutput {}
}
