package dev.waybill.workspace;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.ConfigNode.Tag;
import dev.waybill.config.Problems;
import dev.waybill.config.Variables;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Puts the environment's values where a file says `${ENV_NAME}`.
final class EnvironmentValues {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Variables variables;
    private final Problems problems;

    EnvironmentValues(Variables variables, Problems problems) {
        this.variables = variables;
        this.problems = problems;
    }

    /// The same tree with every value filled in; keys stay as they are.
    ConfigNode fill(ConfigNode node) {
        return switch (node) {
            case ConfigNode.Scalar scalar -> scalar(scalar);
            case ConfigNode.Sequence sequence ->
                new ConfigNode.Sequence(
                        sequence.file(),
                        sequence.path(),
                        sequence.line(),
                        sequence.items().stream().map(this::fill).toList());
            case ConfigNode.Mapping mapping -> {
                Map<String, ConfigNode> entries = new LinkedHashMap<>();
                mapping.entries().forEach((key, value) -> entries.put(key, fill(value)));
                yield new ConfigNode.Mapping(
                        mapping.file(), mapping.path(), mapping.line(), entries, mapping.keyLines());
            }
            case ConfigNode.Empty empty -> empty;
        };
    }

    private ConfigNode scalar(ConfigNode.Scalar scalar) {
        if (!scalar.text().contains("${")) {
            return scalar;
        }
        Matcher matcher = VARIABLE.matcher(scalar.text());
        String text = matcher.replaceAll(found -> Matcher.quoteReplacement(value(scalar, found.group(1))));
        return new ConfigNode.Scalar(scalar.file(), scalar.path(), scalar.line(), text, tag(text));
    }

    private String value(ConfigNode.Scalar at, String name) {
        if (name.startsWith("secret:")) {
            problems.error(at, "found '${" + name + "}'; secrets stand only in an integration's parameters");
            return "";
        }
        if (!NAME.matcher(name).matches()) {
            problems.error(
                    at, "found '${" + name + "}'; allowed: ${ENV_NAME} with letters, digits and _, not a digit first");
            return "";
        }
        Optional<String> value = variables.environment(name);
        if (value.isEmpty()) {
            problems.error(at, "the environment variable " + name + " is not set; set it before the start");
        }
        return value.orElse("");
    }

    private static Tag tag(String text) {
        return text.equals("true") || text.equals("false") ? Tag.BOOLEAN : Tag.STRING;
    }
}
