package dev.waybill.kit;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Nearest;
import dev.waybill.config.Problems;
import dev.waybill.config.Section;
import dev.waybill.json.JsonPath;
import dev.waybill.playbook.Output;
import dev.waybill.playbook.Output.Kind;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads what a kit says about its outputs elsewhere than in their list: `identity` and `limits`.
final class ShapeReader {
    private static final int LONGEST = 100_000;

    private final List<Output> outputs;
    private final KitValues values;
    private final Problems problems;

    ShapeReader(List<Output> outputs, KitValues values, Problems problems) {
        this.outputs = outputs;
        this.values = values;
        this.problems = problems;
    }

    KitReader.IdentityReading identity(Section kit) {
        if (kit.value("identity") == null) {
            return new KitReader.IdentityReading(null, null);
        }
        Section section = kit.section("identity");
        section.together("usual", "usualName");
        JsonPath output = identityOutput(section);
        int maxLength = section.integer("maxLength", 300, 1, LONGEST);
        IdentifierShape usual =
                values.parsed(section, "usual", IdentifierShape::new).orElse(null);
        Optional<String> usualName = section.text("usualName");
        JsonPath failure = values.path(section, "failure").orElse(null);
        section.done();
        if (section.value("usual") != null && usualName.isEmpty()) {
            section.missing("usualName", "the shape that 'usual' tells of, in words");
        } else if (section.value("usual") == null && usualName.isPresent()) {
            section.missing("usual", "a regular expression for the shape that 'usualName' tells of");
        }
        return new KitReader.IdentityReading(output, new IdentityRule(maxLength, usual, usualName.orElse(""), failure));
    }

    private @Nullable JsonPath identityOutput(Section section) {
        section.required("output", "the key that holds the person's identifier, such as params.lex_id");
        Optional<JsonPath> output = values.path(section, "output");
        if (output.isEmpty()) {
            return null;
        }
        ConfigNode at = KitValues.at(section, "output");
        int depth = output.get().keys().size();
        if (depth > 2) {
            problems.error(
                    at,
                    "found '" + output.get() + "'; the identifier stands in a text output, such as user_id, or in a key"
                            + " of an object output, such as params.lex_id");
            return null;
        }
        declared(at, output.get().keys().getFirst(), depth == 2 ? Kind.OBJECT : Kind.TEXT);
        return output.get();
    }

    Kit.Limits limits(Section kit) {
        Section section = kit.section("limits");
        String name = null;
        int nameLength = LONGEST;
        if (section.value("eventName") != null) {
            Section eventName = section.section("eventName");
            name = output(eventName, "the key that holds the event's name", Kind.TEXT);
            nameLength = eventName.integer("length", LONGEST, 1, LONGEST);
            eventName.done();
        }
        String output = null;
        int keys = LONGEST;
        int keyLength = LONGEST;
        int valueLength = LONGEST;
        if (section.value("object") != null) {
            Section object = section.section("object");
            output = output(object, "the object whose keys are limited", Kind.OBJECT);
            keys = object.integer("keys", LONGEST, 1, LONGEST);
            keyLength = object.integer("keyLength", LONGEST, 1, LONGEST);
            valueLength = object.integer("valueLength", LONGEST, 1, LONGEST);
            object.done();
        }
        section.done();
        return new Kit.Limits(name, nameLength, output, keys, keyLength, valueLength);
    }

    private @Nullable String output(Section section, String whatItIs, Kind kind) {
        Optional<String> output = section.required("output", whatItIs);
        output.ifPresent(key -> declared(KitValues.at(section, "output"), key, kind));
        return output.orElse(null);
    }

    private void declared(ConfigNode at, String key, Kind kind) {
        Optional<Output> output =
                outputs.stream().filter(one -> one.key().equals(key)).findFirst();
        List<String> fit = outputs.stream()
                .filter(one -> one.kind() == kind)
                .map(Output::key)
                .toList();
        String allowed = fit.isEmpty() ? "none; declare one under request.outputs" : String.join(", ", fit);
        if (output.isEmpty()) {
            problems.error(
                    at, "'" + key + "' is no output of this kit; allowed: " + allowed + "." + Nearest.hint(key, fit));
        } else if (output.get().kind() != kind) {
            problems.error(
                    at,
                    "the output '" + key + "' is " + output.get().kind().words() + ", and " + kind.words()
                            + " belongs here; allowed: " + allowed);
        }
    }
}
