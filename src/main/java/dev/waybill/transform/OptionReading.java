package dev.waybill.transform;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Form;
import dev.waybill.config.Nearest;
import dev.waybill.config.Problems;
import dev.waybill.config.Section;
import dev.waybill.json.JsonText;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads the options of one transform. What can't be used is reported, and null is returned. Belongs to one thread.
///
/// @param node what stands behind the transform's name; [ConfigNode.Empty] for nothing
record OptionReading(ConfigNode node, Problems problems) {
    boolean isBare() {
        return node instanceof ConfigNode.Empty;
    }

    /// The value as a text of at least so many characters.
    @Nullable
    String text(int min) {
        return text(node, min);
    }

    private @Nullable String text(ConfigNode at, int min) {
        Section.valueTakes(at, min == 0 ? Form.TEXT : Form.Plain.FILLED_TEXT);
        if (!(at instanceof ConfigNode.Scalar scalar)) {
            problems.error(at, "found " + at.kind() + "; a text belongs here");
            return null;
        }
        String text = scalar.text();
        if (text.length() < min) {
            problems.error(at, "found an empty text; at least one character belongs here");
            return null;
        }
        if (text.length() > TransformOption.MAX_TEXT) {
            problems.error(at, "found " + text.length() + " characters; at most 1,000 are allowed");
            return null;
        }
        if (!JsonText.wellFormed(text).equals(text)) {
            problems.error(at, "found half a character (a lone surrogate); write the whole character");
            return null;
        }
        return text;
    }

    /// The value as one of some words.
    @Nullable
    String word(List<String> words) {
        Section.valueTakes(node, new Form.Words(words));
        if (node instanceof ConfigNode.Scalar scalar && words.contains(scalar.text())) {
            return scalar.text();
        }
        String hint = node instanceof ConfigNode.Scalar scalar ? Nearest.hint(scalar.text(), words) : "";
        problems.error(node, "found " + node.kind() + "; allowed: " + String.join(", ", words) + "." + hint);
        return null;
    }

    /// The value as a whole number.
    @Nullable
    Integer integer(int min, int max) {
        Section.valueTakes(node, new Form.Whole(min, max));
        if (node instanceof ConfigNode.Scalar scalar) {
            try {
                int number = Integer.parseInt(scalar.text());
                if (number >= min && number <= max) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // reported below with the same words
            }
        }
        problems.error(node, "found " + node.kind() + "; allowed: a whole number from " + min + " to " + max);
        return null;
    }

    /// The text of a key that must be there.
    private @Nullable String required(Section section, String key, String whatItIs, int min) {
        ConfigNode value = section.value(key);
        if (value == null) {
            section.missing(key, whatItIs);
            return null;
        }
        return text(value, min);
    }

    @Nullable
    Transform replace() {
        Section section = Section.of(node, problems);
        String find = required(section, "find", "the text to look for", 1);
        String with = required(section, "with", "what takes its place; '' for nothing", 0);
        section.done();
        return find == null || with == null ? null : EachValue.text(new Replace(find, with));
    }

    Transform substring() {
        Section section = Section.of(node, problems);
        int start = section.integer("start", 0, -1_000_000, 1_000_000);
        int length = section.value("length") == null ? Integer.MAX_VALUE : section.integer("length", 1, 1, 1_000_000);
        if (!section.has("start") && !section.has("length")) {
            // Not required: the other will do.
            problems.error(
                    section.node(),
                    "'start' is missing: where the part starts, from 0; or 'length', the most characters it has");
        }
        section.done();
        return EachValue.text(new Substring(start, length));
    }

    @Nullable
    Transform regexReplace() {
        Section section = Section.of(node, problems);
        BoundedPattern pattern = pattern(section);
        String with = required(section, "with", "what takes a match's place; '' for nothing", 0);
        ConfigNode at = section.value("with");
        section.done();
        if (pattern == null || with == null || at == null) {
            return null;
        }
        Replacement replacement = told(at, () -> Replacement.of(with, pattern.groups()));
        return replacement == null ? null : EachValue.text(new RegexReplace(pattern, replacement));
    }

    @Nullable
    Transform regexExtract() {
        Section section = Section.of(node, problems);
        BoundedPattern pattern = pattern(section);
        int groups = pattern == null ? 1_000 : pattern.groups();
        int group = section.value("group") == null ? Math.min(groups, 1) : section.integer("group", 0, 0, groups);
        section.done();
        return pattern == null ? null : EachValue.text(new RegexExtract(pattern, group));
    }

    private @Nullable BoundedPattern pattern(Section section) {
        String text = required(section, "pattern", "the regular expression", 1);
        ConfigNode at = section.value("pattern");
        return text == null || at == null ? null : told(at, () -> BoundedPattern.compile(text));
    }

    private <T> @Nullable T told(ConfigNode at, Supplier<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException e) {
            problems.error(at, String.valueOf(e.getMessage()));
            return null;
        }
    }

    @Nullable
    Transform normalizePhone() {
        Section.valueTakes(node, new Form.Matching("[A-Z]{2}"));
        if (node instanceof ConfigNode.Scalar scalar) {
            String region = scalar.text();
            if (PhoneNumber.regions().contains(region)) {
                return EachValue.text(new PhoneNumber(region));
            }
            String upper = region.toUpperCase(Locale.ROOT);
            String meant = region.equals("UK") ? "GB" : upper;
            String hint = PhoneNumber.regions().contains(meant) ? " Did you mean '" + meant + "'?" : "";
            problems.error(
                    node,
                    "found '" + region + "'; allowed: a country's two capital letters (ISO 3166) such as US, GB or DE."
                            + hint);
            return null;
        }
        problems.error(
                node,
                "found " + node.kind() + "; allowed: a country's two capital letters (ISO 3166) such as US, GB or DE.");
        return null;
    }

    @Nullable
    Transform urlPart() {
        Section.valueTakes(node, new Form.Words(UrlPart.WORDS));
        if (!(node instanceof ConfigNode.Mapping)) {
            String part = word(UrlPart.WORDS);
            return part == null ? null : EachValue.text(new UrlPart(part));
        }
        Section section = Section.of(node, problems);
        String name = required(section, "query", "the name of the query parameter", 1);
        section.done();
        return name == null ? null : EachValue.text(new QueryParameter(name));
    }

    @Nullable
    Transform lookup() {
        return LookupReading.read(Section.of(node, problems), problems);
    }
}
