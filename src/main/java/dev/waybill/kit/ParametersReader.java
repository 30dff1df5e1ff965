package dev.waybill.kit;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Problems;
import dev.waybill.config.Section;
import dev.waybill.playbook.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads a kit's `parameters`, and finds defaults that go in circles and parameters that nothing uses.
final class ParametersReader {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");

    private final Problems problems;
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final Map<String, ConfigNode> nodes = new LinkedHashMap<>();

    ParametersReader(Problems problems) {
        this.problems = problems;
    }

    List<Parameter> read(Section kit) {
        List<ConfigNode> items = kit.list("parameters");
        List<String> names =
                items.stream().map(ParametersReader::name).distinct().toList();
        KitValues values = new KitValues(names, problems);
        items.forEach(item -> parameter(Section.of(item, problems), item, values));
        Circles.in(parameters)
                .forEach((name, chain) -> problems.error(
                        node(name),
                        "the defaults go in a circle: " + chain + "; write one of them without the others"));
        return List.copyOf(parameters.values());
    }

    private static String name(ConfigNode item) {
        return item instanceof ConfigNode.Mapping mapping
                        && mapping.entries().get("name") instanceof ConfigNode.Scalar scalar
                ? scalar.text()
                : "";
    }

    private void parameter(Section one, ConfigNode item, KitValues values) {
        Optional<String> name = one.required("name", "such as PARTNER_ID");
        String description =
                one.required("description", "one sentence for people").orElse("");
        Parameter.Kind kind = one.oneOf("kind", Parameter.Kind.TEXT);
        boolean required = one.bool("required", false);
        boolean secret = one.bool("secret", false);
        Pattern pattern = values.parsed(one, "pattern", Pattern::compile).orElse(null);
        Template fallback = values.template(one, "default").orElse(null);
        String example = one.text("example").orElse(null);
        one.done();
        if (name.isEmpty()) {
            return;
        }
        if (!NAME.matcher(name.get()).matches()) {
            problems.error(
                    KitValues.at(one, "name"),
                    "found '" + name.get() + "'; allowed: a letter, then letters, digits and _, at most 64");
        }
        Parameter parameter =
                new Parameter(name.get(), description, kind, required, secret, pattern, fallback, example);
        if (parameters.putIfAbsent(name.get(), parameter) != null) {
            problems.error(KitValues.at(one, "name"), "'" + name.get() + "' stands here twice; keep one");
        } else {
            nodes.put(name.get(), item);
            fallback(parameter, KitValues.at(one, "default"));
        }
    }

    private void fallback(Parameter parameter, ConfigNode at) {
        Template fallback = parameter.fallback();
        if (fallback == null) {
            return;
        }
        String text = String.join("$$", fallback.literals());
        if (text.contains("${")) {
            problems.error(
                    at,
                    "a default can't hold ${…}: values of the environment and secrets stand in an integration's"
                            + " parameters");
        } else if (parameter.secret()) {
            problems.error(at, "a secret has no default: it would stand here for all to read; take it out");
        } else if (fallback.names().isEmpty()) {
            ParameterFault.of(parameter, text).ifPresent(fault -> problems.error(at, fault));
        }
    }

    /// Reports the parameters that are not among the used ones.
    void unused(Set<String> used) {
        parameters.keySet().stream()
                .filter(name -> !used.contains(name))
                .forEach(name -> problems.error(
                        node(name),
                        "nothing uses '" + name + "'; write $$" + name + "$$ where its value belongs (request.url, a"
                                + " header, a default, sync.url, sync.redirect.url, the playbook), name it in request.auth or"
                                + " request.sign, or take it out"));
    }

    /// The parameters that defaults are made of.
    List<String> usedByDefaults() {
        List<String> used = new ArrayList<>();
        parameters.values().forEach(parameter -> {
            if (parameter.fallback() != null) {
                used.addAll(parameter.fallback().names());
            }
        });
        return used;
    }

    private ConfigNode node(String name) {
        return nodes.getOrDefault(name, new ConfigNode.Empty("", "", 0));
    }
}
