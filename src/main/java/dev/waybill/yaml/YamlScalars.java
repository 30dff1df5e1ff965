package dev.waybill.yaml;

import dev.waybill.json.Json;
import dev.waybill.json.JsonText;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Tag;

/// Single values as YAML writes them, on one line: without quotes where that is read back as the same text.
final class YamlScalars {
    /// No quotes wherever every person and every YAML reader agrees on what is meant.
    private static final Pattern PLAIN =
            Pattern.compile("[\\p{L}\\p{Nd}_/$(.](?:[\\p{L}\\p{Nd}_/$.();=+~@%'!?*<>& -]|:(?=[^ ]))*");

    /// What a reader of another YAML version would take for something else.
    private static final Pattern OTHERWISE_READ = Pattern.compile(
            "(?i)y|n|yes|no|on|off|true|false|null|~|[-+.]?[\\d_.]+(e[-+]?\\d+)?|0[xo]\\p{XDigit}+|[-+]?\\.(inf|nan)"
                    + "|\\d+(:\\d+)+|\\d{4}-\\d{1,2}-\\d{1,2}.*");

    private YamlScalars() {}

    static String write(Json value) {
        return value instanceof Json.Str(String text) ? text(text) : JsonText.write(value);
    }

    static String text(String text) {
        boolean plain = PLAIN.matcher(text).matches()
                && !text.endsWith(" ")
                && !text.endsWith(":")
                && !text.startsWith("...")
                && !OTHERWISE_READ.matcher(text).matches()
                && YamlTreeReader.SETTINGS
                        .getSchema()
                        .getScalarResolver()
                        .resolve(text, true)
                        .equals(Tag.STR);
        return plain ? text : isPrintable(text) ? single(text) : quoted(text);
    }

    static String single(String text) {
        return isPrintable(text) ? "'" + text.replace("'", "''") + "'" : quoted(text);
    }

    /// In double quotes. JSON's escapes are among YAML's.
    static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').appendCodePoint(c);
            } else if (c == '\n') {
                out.append("\\n");
            } else if (c == '\t') {
                out.append("\\t");
            } else if (isPrintable(c)) {
                out.appendCodePoint(c);
            } else if (Character.isSurrogate((char) c) && c <= 0xffff) {
                out.append('\uFFFD');
            } else {
                out.append(c > 0xffff ? "\\U%08x".formatted(c) : "\\u%04x".formatted(c));
            }
        });
        return out.append('"').toString();
    }

    private static boolean isPrintable(String text) {
        return text.codePoints().allMatch(YamlScalars::isPrintable);
    }

    /// Marks that turn the direction of writing would make a file look like another; they are escaped.
    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
