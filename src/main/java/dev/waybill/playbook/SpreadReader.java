package dev.waybill.playbook;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Form;
import dev.waybill.config.Nearest;
import dev.waybill.config.Section;
import dev.waybill.event.EventPath;
import dev.waybill.expression.Expression;
import java.util.List;
import java.util.Optional;

/// Reads one spread: `{output, input, prefix, when}`. Belongs to one thread.
record SpreadReader(Reading reading) {
    /// The spread; empty when anything was reported.
    Optional<Spread> read(ConfigNode item) {
        Section section = Section.of(item, reading.problems());
        section.takes("when", Form.TEXT);
        section.means("prefix", "put before each key");
        section.means("when", "a condition in CEL that says for which events this is meant");
        Optional<String> output = section.required("output", "the object output to copy into, such as params")
                .filter(text -> isObject(section, text));
        Optional<EventPath> input = section.required(
                        "input", "a path into the event at which an object stands, such as properties.address")
                .flatMap(text -> reading.eventPath(Reading.at(section, "input"), text));
        String prefix = section.text("prefix").orElse("");
        Expression when =
                Conditions.read(section.value("when"), reading.problems()).orElse(null);
        section.done();
        return output.isEmpty() || input.isEmpty()
                ? Optional.empty()
                : Optional.of(new Spread(output.get(), input.get(), prefix, when, null));
    }

    private boolean isObject(Section section, String output) {
        List<String> objects = reading.shape().outputs().stream()
                .filter(one -> one.kind() == Output.Kind.OBJECT)
                .map(Output::key)
                .toList();
        if (!objects.contains(output)) {
            reading.problems()
                    .error(
                            Reading.at(section, "output"),
                            "'" + output + "' is no object of this kit's request; allowed: "
                                    + (objects.isEmpty() ? "none" : String.join(", ", objects)) + "."
                                    + Nearest.hint(output, objects));
        }
        return objects.contains(output);
    }
}
