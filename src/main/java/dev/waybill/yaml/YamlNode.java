package dev.waybill.yaml;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/// One value of a YAML text that knows where it stands. Offsets count `char`s from the text's start.
sealed interface YamlNode {
    /// Where its anchor, its tag or else its content begins.
    int start();

    /// Behind its last character; of a block collection behind that of its last value, so that comments and blank
    /// lines after it don't belong to it.
    int end();

    /// A single value.
    ///
    /// @param tag what it is said to be, or what an unquoted value resolves to
    record Scalar(int start, int end, String text, ScalarStyle style, String tag) implements YamlNode {
        /// Nothing after the colon or the dash.
        boolean isAbsent() {
            return start == end;
        }
    }

    record Sequence(int start, int end, boolean flow, List<Item> items) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /// One item of a list.
    ///
    /// @param dash where its dash stands; its value's start in a flow sequence
    record Item(int dash, YamlNode value) {}

    record Mapping(int start, int end, boolean flow, List<Entry> entries) implements YamlNode {
        public Mapping {
            entries = List.copyOf(entries);
        }

        @Nullable
        Entry entry(String name) {
            return entries.stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElse(null);
        }
    }

    /// A key with its value.
    ///
    /// @param start where the key begins
    /// @param colon behind the key's colon
    record Entry(String name, int start, int colon, YamlNode value) {
        int end() {
            return Math.max(colon, value.end());
        }
    }

    /// `*name`.
    record Alias(int start, int end, YamlNode target) implements YamlNode {}
}
