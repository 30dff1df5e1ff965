package dev.waybill.playbook;

import dev.waybill.event.EventPath;
import dev.waybill.expression.Expression;
import dev.waybill.json.Json;
import dev.waybill.json.JsonText;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Where an output takes its value from. Immutable.
public sealed interface Source {
    /// The first of these paths of the event that has a value.
    record Paths(List<EventPath> inputs) implements Source {
        public Paths {
            inputs = List.copyOf(inputs);
        }
    }

    /// A text that still waits for the connection parameters.
    record Parameters(Template template) implements Source {}

    /// A value that is the same for every event.
    record Constant(Json value) implements Source {}

    /// What an expression gives.
    record Computed(Expression expression) implements Source {}

    /// A text with values of the event in it.
    record Composed(EventTemplate template) implements Source {}

    /// A time of the event.
    record Moment(TimeForm form, TimeForm.Of of) implements Source {}

    /// The source with the parameters filled in. One that needs a parameter without a value stays as it is: it gives
    /// no event a value.
    default Source filled(Map<String, String> parameters) {
        return switch (this) {
            case Parameters(Template template) -> {
                String text = template.fill(parameters);
                yield text == null ? this : new Constant(new Json.Str(text));
            }
            case Composed(EventTemplate template) -> {
                EventTemplate filled = template.filled(parameters);
                yield filled == null ? this : new Composed(filled);
            }
            default -> this;
        };
    }

    /// The value for an event, or null when the event has none or `null` there.
    ///
    /// @param misfit is told why a value that is there can't be used
    default @Nullable Json value(Application application, Consumer<String> misfit) {
        return switch (this) {
            case Paths(List<EventPath> inputs) -> first(inputs, application);
            case Constant(Json value) -> value;
            case Computed(Expression expression) -> expression.value(application.variables(), misfit);
            case Composed(EventTemplate template) -> template.value(application.event(), misfit);
            case Moment(TimeForm form, TimeForm.Of of) -> form.of(of.millis(application.event()));
            case Parameters _ -> null;
        };
    }

    private static @Nullable Json first(List<EventPath> inputs, Application application) {
        for (EventPath input : inputs) {
            Json value = input.in(application.event());
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /// Where the value for an event comes from, in words: of several paths the one that has a value.
    default String taken(Application application) {
        if (this instanceof Paths(List<EventPath> inputs)) {
            for (EventPath input : inputs) {
                if (input.in(application.event()) != null) {
                    return input.toString();
                }
            }
        }
        return words();
    }

    /// In words of the playbook file, for people who compare two: `properties.total`, `the text 'web'`.
    default String words() {
        return switch (this) {
            case Paths(List<EventPath> inputs) ->
                inputs.stream().map(EventPath::toString).collect(Collectors.joining(", else "));
            case Parameters(Template template) -> "the text '" + template + "'";
            case Constant(Json value) -> "the constant " + JsonText.write(value);
            case Computed(Expression expression) -> "the expression " + expression;
            case Composed(EventTemplate template) -> "the template '" + template + "'";
            case Moment(TimeForm form, TimeForm.Of of) -> "the time it was " + of.words() + " as " + form.words();
        };
    }
}
