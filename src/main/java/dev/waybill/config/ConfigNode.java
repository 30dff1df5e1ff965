package dev.waybill.config;

import java.util.List;
import java.util.Map;

/// One value of a YAML file that knows where it stands.
public sealed interface ConfigNode {
    /// The path of the file as the user knows it.
    String file();

    /// Where in the file: `a.b[0].c`; empty for the root.
    String path();

    /// From 1.
    int line();

    /// What a person would call it, for error texts.
    default String kind() {
        return switch (this) {
            case Scalar scalar -> "'" + scalar.text() + "'";
            case Sequence _ -> "a list";
            case Mapping _ -> "a mapping";
            case Empty _ -> "nothing";
        };
    }

    /// A single value.
    ///
    /// @param text as written, quotes taken off
    /// @param tag what YAML 1.2's core schema takes it for; a quoted value is always [Tag#STRING]
    record Scalar(String file, String path, int line, String text, Tag tag) implements ConfigNode {}

    enum Tag {
        STRING,
        NUMBER,
        BOOLEAN
    }

    record Sequence(String file, String path, int line, List<ConfigNode> items) implements ConfigNode {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /// Keys in the order of the file.
    ///
    /// @param keyLines the line of each key
    record Mapping(String file, String path, int line, Map<String, ConfigNode> entries, Map<String, Integer> keyLines)
            implements ConfigNode {}

    /// `null`, or nothing after the colon.
    record Empty(String file, String path, int line) implements ConfigNode {}
}
