package dev.waybill.transform;

/// One option of a transform.
///
/// @param name its key; empty for the value that stands right behind the transform's name
/// @param required whether the transform can't do without
/// @param meaning what is allowed and what it does, for people; Markdown
public record TransformOption(String name, boolean required, String meaning) {
    /// The most characters of an option that is a text.
    static final int MAX_TEXT = 1_000;

    static TransformOption value(String meaning) {
        return new TransformOption("", true, meaning);
    }

    static TransformOption required(String name, String meaning) {
        return new TransformOption(name, true, meaning);
    }

    static TransformOption optional(String name, String meaning) {
        return new TransformOption(name, false, meaning);
    }
}
