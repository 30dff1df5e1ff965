package dev.waybill.playbook;

import dev.waybill.config.ConfigNode;
import java.util.stream.Collectors;

/// A piece of a file on one line, for people.
final class Words {
    private Words() {}

    static String of(ConfigNode node) {
        return switch (node) {
            case ConfigNode.Scalar scalar -> scalar.text();
            case ConfigNode.Empty _ -> "nothing";
            case ConfigNode.Sequence sequence ->
                sequence.items().stream().map(Words::of).collect(Collectors.joining(", "));
            case ConfigNode.Mapping mapping ->
                mapping.entries().entrySet().stream()
                        .map(entry -> entry.getKey() + " " + inner(entry.getValue()))
                        .collect(Collectors.joining(", "));
        };
    }

    private static String inner(ConfigNode node) {
        return node instanceof ConfigNode.Scalar ? of(node) : "(" + of(node) + ")";
    }
}
