package dev.waybill.playbook;

import dev.waybill.event.EventPath;
import dev.waybill.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Every assignment of one output, the strongest first. The first that is meant for an event counts, be its value
/// absent: the person said what to send. Immutable.
public record Choice(List<Assignment> assignments) {
    public static final Choice NONE = new Choice(List.of());

    public Choice {
        assignments = List.copyOf(assignments);
    }

    /// This choice, and where it leaves an event open a weaker one.
    Choice over(@Nullable Choice weaker) {
        if (weaker == null || isSettled()) {
            return this;
        }
        List<Assignment> all = new ArrayList<>(assignments);
        all.addAll(weaker.assignments);
        return new Choice(all);
    }

    Choice and(Assignment next) {
        return over(new Choice(List.of(next)));
    }

    /// Whether the last assignment is meant for every event, so that nothing after it could count.
    boolean isSettled() {
        return !assignments.isEmpty() && assignments.getLast().when() == null;
    }

    /// With the parameters filled in.
    Choice filled(Map<String, String> parameters) {
        return new Choice(
                assignments.stream().map(one -> one.filled(parameters)).toList());
    }

    /// The same, known to stand there.
    Choice in(Layer place) {
        return new Choice(assignments.stream().map(one -> one.in(place)).toList());
    }

    /// The assignment that counts for this event, or null when none is meant for it.
    public @Nullable Assignment of(Application application) {
        for (Assignment assignment : assignments) {
            if (assignment.appliesTo(application)) {
                return assignment;
            }
        }
        return null;
    }

    /// The value for this event, or null when there is none.
    ///
    /// @param output its key, for notices
    public @Nullable Json value(Application application, String output) {
        Assignment assignment = of(application);
        return assignment == null ? null : assignment.value(application, output);
    }

    /// In words of the playbook file, for people who compare two.
    public String description() {
        return assignments.stream().map(Assignment::description).collect(Collectors.joining("; otherwise "));
    }

    /// Whether some event gets the event itself, whole.
    boolean takesWholeEvent() {
        return assignments.stream()
                .anyMatch(one -> one.source() instanceof Source.Paths(List<EventPath> inputs)
                        && inputs.stream().anyMatch(EventPath::whole));
    }

    /// The constant that every event gets, or null when it isn't the same for all.
    public @Nullable Json constant() {
        return assignments.size() == 1
                        && assignments.getFirst().when() == null
                        && assignments.getFirst().transforms().isEmpty()
                        && assignments.getFirst().source() instanceof Source.Constant(Json value)
                ? value
                : null;
    }
}
