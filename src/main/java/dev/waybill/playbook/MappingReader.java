package dev.waybill.playbook;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Form;
import dev.waybill.config.Section;
import dev.waybill.event.EventPath;
import dev.waybill.expression.Expression;
import dev.waybill.json.JsonPath;
import dev.waybill.transform.Transform;
import dev.waybill.transform.TransformReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads one mapping: `{output, input | expression | template, transforms, default, required, when}`. Belongs to one
/// thread.
record MappingReader(Reading reading) {
    private static final String SOURCES = "a mapping has exactly one of 'input', a path into the event such as"
            + " properties.total, 'expression', in CEL, and 'template', such as '{properties.first} {properties.last}'";

    /// An output and how it gets its value.
    record Read(JsonPath output, Assignment assignment) {}

    /// The mapping; empty when anything was reported.
    Optional<Read> read(ConfigNode item) {
        Section mapping = Section.of(item, reading.problems());
        hints(mapping);
        Source source = source(mapping);
        boolean single = source instanceof Source.Parameters || source instanceof Source.Composed;
        Optional<JsonPath> output = reading.output(mapping, single, source instanceof Source.Parameters);
        ConfigNode steps = mapping.value("transforms");
        List<Transform> transforms = steps == null ? List.of() : TransformReader.read(steps, reading.problems());
        ConfigNode other = mapping.value("default");
        Source fallback = other == null ? null : reading.constant(other);
        boolean required = mapping.bool("required", false);
        Expression when =
                Conditions.read(mapping.value("when"), reading.problems()).orElse(null);
        mapping.done();
        if (output.isEmpty() || source == null) {
            return Optional.empty();
        }
        String words = steps == null ? "" : Words.of(steps);
        return Optional.of(new Read(
                output.get(),
                new Assignment(source, transforms, fallback, required, when, words, Explanation.Rule.MAPPING, null)));
    }

    private static void hints(Section mapping) {
        mapping.takes("input", Form.TEXT);
        mapping.itemsTake("input", Form.TEXT);
        mapping.itemsTake("transforms", TransformReader.ITEM);
        mapping.takes("expression", Form.TEXT);
        mapping.takes("template", Form.TEXT);
        mapping.either("input", "expression", "template");
        mapping.takes("default", Form.TEXT);
        mapping.takes("when", Form.TEXT);
        mapping.means("input", "a path into the event, or a list of them: the first with a value wins");
        mapping.means("expression", "a value in CEL over 'event'");
        mapping.means("template", "a text with places such as {properties.name} or {properties.name|fallback}");
        mapping.means("transforms", "steps from the input to the output, in this order; docs/transforms.md");
        mapping.means("default", "the value when there is none otherwise");
        mapping.means("required", "whether an event without a value is rejected");
        mapping.means("when", "a condition in CEL that says for which events this is meant");
    }

    private @Nullable Source source(Section mapping) {
        ConfigNode input = mapping.value("input");
        ConfigNode expression = mapping.value("expression");
        ConfigNode template = mapping.value("template");
        int given = (input == null ? 0 : 1) + (expression == null ? 0 : 1) + (template == null ? 0 : 1);
        if (given != 1) {
            reading.problems().error(mapping.node(), given == 0 ? "'input' is missing: " + SOURCES : SOURCES);
            return null;
        }
        if (input != null) {
            return input(input);
        }
        if (expression != null) {
            return Conditions.readValue(expression, reading.problems())
                    .map(Source.Computed::new)
                    .orElse(null);
        }
        return template == null ? null : template(template);
    }

    private @Nullable Source input(ConfigNode input) {
        return switch (input) {
            case ConfigNode.Scalar scalar -> input(scalar);
            case ConfigNode.Sequence sequence -> inputs(sequence);
            default -> {
                reading.problems().error(input, "found " + input.kind() + "; a path or a list of paths belongs here");
                yield null;
            }
        };
    }

    private @Nullable Source input(ConfigNode.Scalar scalar) {
        Template template = Template.parse(scalar.text());
        if (!template.names().isEmpty()) {
            return reading.known(scalar, template.names()) ? new Source.Parameters(template) : null;
        }
        return reading.eventPath(scalar, scalar.text())
                .map(path -> new Source.Paths(List.of(path)))
                .orElse(null);
    }

    private @Nullable Source inputs(ConfigNode.Sequence sequence) {
        List<EventPath> paths = new ArrayList<>();
        for (ConfigNode item : sequence.items()) {
            if (item instanceof ConfigNode.Scalar scalar) {
                reading.eventPath(item, scalar.text()).ifPresent(paths::add);
            } else {
                reading.problems().error(item, "found " + item.kind() + "; a path belongs here");
            }
        }
        if (sequence.items().isEmpty()) {
            reading.problems()
                    .error(sequence, "the list is empty; write one path or more, the first with a value wins");
        }
        boolean whole = !paths.isEmpty() && paths.size() == sequence.items().size();
        return whole ? new Source.Paths(paths) : null;
    }

    private @Nullable Source template(ConfigNode node) {
        if (!(node instanceof ConfigNode.Scalar scalar)) {
            reading.problems().error(node, "found " + node.kind() + "; a text with places belongs here");
            return null;
        }
        try {
            EventTemplate template = EventTemplate.parse(scalar.text());
            template.paths().forEach(path -> reading.eventPath(scalar, path.toString()));
            return reading.known(scalar, template.parameters()) ? new Source.Composed(template) : null;
        } catch (IllegalArgumentException e) {
            reading.problems().error(node, String.valueOf(e.getMessage()));
            return null;
        }
    }
}
