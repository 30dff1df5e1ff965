package dev.waybill.playbook;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.ConfigNode.Tag;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A piece of a file on one line, for people.
final class Words {
    private static final Pattern AMBIGUOUS = Pattern.compile("(?i)\\s*|[-+.]?\\d.*|true|false|nothing");

    private Words() {}

    static String of(ConfigNode node) {
        return switch (node) {
            case ConfigNode.Scalar scalar -> scalar.tag() == Tag.STRING ? text(scalar.text()) : scalar.text();
            case ConfigNode.Empty _ -> "nothing";
            case ConfigNode.Sequence sequence ->
                sequence.items().stream().map(Words::of).collect(Collectors.joining(", "));
            case ConfigNode.Mapping mapping ->
                mapping.entries().entrySet().stream()
                        .map(entry -> entry.getKey() + " " + inner(entry.getValue()))
                        .collect(Collectors.joining(", "));
        };
    }

    /// A text, in quotes where it could be taken for a number, a boolean or nothing.
    private static String text(String text) {
        return AMBIGUOUS.matcher(text).matches() ? "'" + text + "'" : text;
    }

    private static String inner(ConfigNode node) {
        return node instanceof ConfigNode.Scalar ? of(node) : "(" + of(node) + ")";
    }
}
