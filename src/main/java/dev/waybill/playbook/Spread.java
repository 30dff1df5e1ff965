package dev.waybill.playbook;

import dev.waybill.event.EventPath;
import dev.waybill.expression.Expression;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import org.jspecify.annotations.Nullable;

/// All keys of an object of the event, copied into an object output under a prefix. Immutable.
///
/// @param output the object output
/// @param prefix put before each key; may be empty
/// @param when for which events it is meant; null for all
/// @param layer where it stands; null before playbooks are laid over each other
public record Spread(
        String output,
        EventPath input,
        String prefix,
        @Nullable Expression when,
        @Nullable Layer layer) {
    /// The same, known to stand there.
    Spread in(Layer place) {
        return new Spread(output, input, prefix, when, place);
    }

    void into(JsonObject.Builder built, Application application) {
        if (when != null && !application.holds(when)) {
            return;
        }
        Json value = input.in(application.event());
        if (!(value instanceof JsonObject object)) {
            if (value != null) {
                application.leftOut(
                        output,
                        "spread: found a" + (value instanceof Json.Arr ? "n " : " ") + value.kind() + " at " + input
                                + "; an object belongs here");
            }
            return;
        }
        Explanation explanation = application.explanation();
        for (int i = 0; i < object.size(); i++) {
            if (!(object.value(i) instanceof Json.Null)) {
                String name = JsonText.wellFormed(object.name(i));
                built.put(prefix + name, object.value(i));
                if (explanation != null) {
                    explanation.spread(this, name, object.value(i));
                }
            }
        }
    }

    /// In words of the playbook file, for people who compare two.
    public String description() {
        String text = "all keys of " + input + (prefix.isEmpty() ? "" : " with the prefix " + prefix);
        return when == null ? text : text + ", when " + when;
    }
}
