package dev.waybill.playbook;

import dev.waybill.expression.Expression;
import dev.waybill.json.Json;
import dev.waybill.transform.Transform;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One mapping or enrichment: how an output key gets its value. Immutable.
///
/// @param transforms steps from the source's value to the output's, in this order
/// @param fallback the value when there is none otherwise, or null
/// @param required whether an event without a value can't be sent
/// @param when for which events it is meant; null for all
/// @param words the file's own words for the transforms, for people who compare two playbooks
/// @param rule what it is, for people who ask what made a key
/// @param layer where it stands; null before playbooks are laid over each other, and for what is built in
public record Assignment(
        Source source,
        List<Transform> transforms,
        @Nullable Source fallback,
        boolean required,
        @Nullable Expression when,
        String words,
        Explanation.Rule rule,
        @Nullable Layer layer) {
    public Assignment {
        transforms = List.copyOf(transforms);
    }

    static Assignment of(Source source) {
        return new Assignment(source, List.of(), null, false, null, "", Explanation.Rule.MAPPING, null);
    }

    /// With the parameters filled in.
    Assignment filled(Map<String, String> parameters) {
        Source filledFallback = fallback == null ? null : fallback.filled(parameters);
        return new Assignment(
                source.filled(parameters), transforms, filledFallback, required, when, words, rule, layer);
    }

    /// The same, known to stand there.
    Assignment in(Layer place) {
        return new Assignment(source, transforms, fallback, required, when, words, rule, place);
    }

    boolean appliesTo(Application application) {
        return when == null || application.holds(when);
    }

    /// The value for an event, or null when there is none.
    ///
    /// @param output its key, for notices
    public @Nullable Json value(Application application, String output) {
        Json value = source.value(application, why -> application.leftOut(output, why));
        for (int i = 0; i < transforms.size() && value != null; i++) {
            value = transforms.get(i).apply(value, why -> application.leftOut(output, why));
            value = value instanceof Json.Null ? null : value;
        }
        boolean fell = value == null && fallback != null;
        if (fell && fallback != null) {
            value = fallback.value(application, why -> application.leftOut(output, why));
        }
        if (value == null && required) {
            application.missing(output);
        }
        Explanation explanation = application.explanation();
        if (explanation != null) {
            explanation.assigned(output, this, application, fell, value);
        }
        return value;
    }

    /// In words of the playbook file, for people who compare two.
    public String description() {
        StringBuilder text = new StringBuilder(source.words());
        if (!words.isEmpty()) {
            text.append(", then ").append(words);
        }
        if (fallback != null) {
            text.append(", by default ").append(fallback.words());
        }
        if (required) {
            text.append(", required");
        }
        return when == null
                ? text.toString()
                : text.append(", when ").append(when).toString();
    }
}
