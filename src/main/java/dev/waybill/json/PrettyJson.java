package dev.waybill.json;

/// JSON as people keep it in files: two spaces of indent, one key or item a line, keys in the value's own order.
/// Empty containers stay on one line. Numbers keep their literal.
public final class PrettyJson {
    private static final String INDENT = "  ";

    private final StringBuilder out = new StringBuilder();

    private PrettyJson() {}

    /// The text, without a line's end after it; lone surrogates become U+FFFD.
    public static String write(Json value) {
        PrettyJson pretty = new PrettyJson();
        pretty.value(value, 0);
        return pretty.out.toString();
    }

    private void value(Json value, int depth) {
        switch (value) {
            case JsonObject object
            when !object.isEmpty() -> {
                char separator = '{';
                for (var entry : object) {
                    line(separator, depth + 1);
                    out.append(JsonText.write(Json.of(entry.getKey()))).append(": ");
                    value(entry.getValue(), depth + 1);
                    separator = ',';
                }
                line('\n', depth);
                out.append('}');
            }
            case Json.Arr(var items)
            when !items.isEmpty() -> {
                char separator = '[';
                for (Json item : items) {
                    line(separator, depth + 1);
                    value(item, depth + 1);
                    separator = ',';
                }
                line('\n', depth);
                out.append(']');
            }
            default -> out.append(JsonText.write(value));
        }
    }

    /// Ends a line with the separator, unless that is the line's end itself, and begins the next.
    private void line(char separator, int depth) {
        if (separator != '\n') {
            out.append(separator);
        }
        out.append('\n').append(INDENT.repeat(depth));
    }
}
