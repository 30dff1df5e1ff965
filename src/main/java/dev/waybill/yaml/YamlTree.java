package dev.waybill.yaml;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// What a YAML text holds, as JSON.
public final class YamlTree {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

    /// It bounds what a few lines of nested aliases can grow to, as for files that are read.
    private static final int MAX_VALUES = 200_000;

    private int values;

    private YamlTree() {}

    /// The text's value; `null` when there is nothing in it.
    ///
    /// @return empty when the text is no YAML, or not of the kind that files of a workspace are
    public static Optional<Json> json(String text) {
        try {
            Optional<YamlNode> root = YamlTreeReader.read(text);
            return Optional.of(root.isEmpty() ? Json.Null.INSTANCE : of(root.get()));
        } catch (YamlEngineException e) {
            return Optional.empty();
        }
    }

    static Json of(YamlNode node) {
        return new YamlTree().value(node, 0);
    }

    private Json value(YamlNode node, int depth) {
        if (++values > MAX_VALUES || depth > 100) {
            throw new YamlEngineException("more than " + MAX_VALUES + " values");
        }
        return switch (node) {
            case YamlNode.Scalar scalar -> scalar(scalar);
            case YamlNode.Alias alias -> value(alias.target(), depth + 1);
            case YamlNode.Sequence sequence -> {
                List<Json> items = new ArrayList<>();
                for (YamlNode.Item item : sequence.items()) {
                    items.add(value(item.value(), depth + 1));
                }
                yield new Json.Arr(items);
            }
            case YamlNode.Mapping mapping -> {
                JsonObject.Builder entries = JsonObject.builder();
                for (YamlNode.Entry entry : mapping.entries()) {
                    entries.put(entry.name(), value(entry.value(), depth + 1));
                }
                yield entries.build();
            }
        };
    }

    private static Json scalar(YamlNode.Scalar scalar) {
        String tag = scalar.tag();
        String text = scalar.text();
        return switch (tag.substring(tag.lastIndexOf(':') + 1)) {
            case "null" -> Json.Null.INSTANCE;
            case "bool" ->
                text.equals("true") ? Json.Bool.TRUE : text.equals("false") ? Json.Bool.FALSE : Json.of(text);
            case "int", "float" -> NUMBER.matcher(text).matches() ? new Json.Num(text) : Json.of(text);
            default -> Json.of(text);
        };
    }
}
