package dev.waybill.playbook;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Form;
import dev.waybill.config.Nearest;
import dev.waybill.config.Problems;
import dev.waybill.config.Section;
import dev.waybill.json.Json;
import dev.waybill.json.JsonPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads one section of a playbook: `mappings`, `enrichments`, `exclude`, `filters` and, of an event, `send`.
final class RulesReader {
    private static final Pattern JSON_NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");
    private static final Set<String> COPIED = Set.of("properties", "traits");

    private final RequestShape shape;
    private final Collection<String> parameters;
    private final Problems problems;

    RulesReader(RequestShape shape, Collection<String> parameters, Problems problems) {
        this.shape = shape;
        this.parameters = parameters;
        this.problems = problems;
    }

    Rules readEvent(Section section) {
        section.means("send", "whether the event is sent at all");
        boolean says = section.value("send") != null;
        boolean send = section.bool("send", true);
        Rules rules = read(section);
        return new Rules(rules.outputs(), rules.exclude(), rules.filters(), says ? send : null);
    }

    Rules read(Section section) {
        section.means("mappings", "keys of the request that take their value from the event");
        section.means("enrichments", "keys of the request that have a constant value");
        section.means("exclude", "keys that are left out when an object is copied");
        section.means("filters", "conditions that say which events are kept back");
        Map<JsonPath, Assignment> outputs = new LinkedHashMap<>();
        for (ConfigNode item : section.list("mappings")) {
            Section mapping = Section.of(item, problems);
            Optional<JsonPath> output = output(mapping, false);
            Assignment assignment = input(mapping, output.orElse(null));
            mapping.done();
            add(outputs, output, assignment, item);
        }
        for (ConfigNode item : section.list("enrichments")) {
            Section enrichment = Section.of(item, problems);
            Optional<JsonPath> output = output(enrichment, true);
            Assignment assignment = value(enrichment);
            enrichment.done();
            add(outputs, output, assignment, item);
        }
        Set<JsonPath> exclude = exclude(section);
        List<Filter> filters = filters(section);
        section.done();
        return new Rules(outputs, exclude, filters, null);
    }

    private Optional<JsonPath> output(Section section, boolean enrichment) {
        Optional<JsonPath> output = section.required("output", "the key of the request to fill, such as params.total")
                .flatMap(text -> path(section, "output", text));
        Optional<String> objection = output.flatMap(path -> shape.objection(path, enrichment));
        objection.ifPresent(message -> problems.error(at(section, "output"), message));
        return objection.isPresent() ? Optional.empty() : output;
    }

    private @Nullable Assignment input(Section section, @Nullable JsonPath output) {
        Optional<String> text =
                section.required("input", "a path into the event, such as properties.total, or $$PARAMETER$$");
        if (text.isEmpty()) {
            return null;
        }
        Template template = Template.parse(text.get());
        if (template.names().isEmpty()) {
            return path(section, "input", text.get())
                    .<Assignment>map(Assignment.FromEvent::new)
                    .orElse(null);
        }
        if (output != null) {
            shape.objection(output, true).ifPresent(message -> problems.error(at(section, "input"), message));
        }
        return known(section, "input", template) ? new Assignment.Text(template) : null;
    }

    private @Nullable Assignment value(Section section) {
        section.takes("value", Form.TEXT);
        ConfigNode value = section.value("value");
        if (value == null) {
            section.missing("value", "the constant to send: a text, a number, true or false");
            return null;
        }
        if (!(value instanceof ConfigNode.Scalar scalar)) {
            problems.error(value, "found " + value.kind() + "; a text, a number, true or false belongs here");
            return null;
        }
        return switch (scalar.tag()) {
            case BOOLEAN -> new Assignment.Constant(Json.of("true".equalsIgnoreCase(scalar.text())));
            case NUMBER -> number(scalar);
            case STRING -> {
                Template template = Template.parse(scalar.text());
                yield known(section, "value", template) ? new Assignment.Text(template) : null;
            }
        };
    }

    private @Nullable Assignment number(ConfigNode.Scalar scalar) {
        if (JSON_NUMBER.matcher(scalar.text()).matches()) {
            return new Assignment.Constant(new Json.Num(scalar.text()));
        }
        problems.error(
                scalar, "found '" + scalar.text() + "', no number of JSON; write it as one, or quote it as text");
        return null;
    }

    private Set<JsonPath> exclude(Section section) {
        Set<JsonPath> exclude = new LinkedHashSet<>();
        for (String text : section.texts("exclude")) {
            path(section, "exclude", text).ifPresent(path -> exclude.add(inCopiedObject(path)));
        }
        return exclude;
    }

    /// People write the key as it arrives (`traits.email`), as it leaves (`params.email`) or bare: all mean one.
    private JsonPath inCopiedObject(JsonPath path) {
        String root = path.keys().getFirst();
        boolean object = shape.outputs().stream()
                .anyMatch(output ->
                        output.kind() == Output.Kind.OBJECT && output.key().equals(root));
        boolean prefixed = path.keys().size() > 1 && (object || COPIED.contains(root));
        return prefixed ? new JsonPath(path.keys().subList(1, path.keys().size())) : path;
    }

    private List<Filter> filters(Section section) {
        List<Filter> filters = new ArrayList<>();
        for (ConfigNode item : section.list("filters")) {
            FilterReader.read(Section.of(item, problems), problems).ifPresent(filters::add);
        }
        return filters;
    }

    private boolean known(Section section, String key, Template template) {
        boolean all = true;
        for (String name : template.names()) {
            if (!parameters.contains(name)) {
                all = false;
                problems.error(
                        at(section, key),
                        "$$" + name + "$$ is no parameter of this kit; allowed: " + String.join(", ", parameters) + "."
                                + Nearest.hint(name, parameters));
            }
        }
        return all;
    }

    private Optional<JsonPath> path(Section section, String key, String text) {
        try {
            return Optional.of(JsonPath.parse(text));
        } catch (IllegalArgumentException e) {
            problems.error(at(section, key), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private void add(
            Map<JsonPath, Assignment> outputs,
            Optional<JsonPath> output,
            @Nullable Assignment assignment,
            ConfigNode at) {
        if (output.isEmpty() || assignment == null) {
            return;
        }
        if (outputs.putIfAbsent(output.get(), assignment) != null) {
            problems.error(at, "'" + output.get() + "' is assigned twice in this section; keep one");
        }
    }

    private static ConfigNode at(Section section, String key) {
        ConfigNode value = section.value(key);
        return value == null ? section.node() : value;
    }
}
