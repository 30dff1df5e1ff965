package dev.waybill.yaml;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// JSON as the YAML that a person would write: one key a line, short mappings and lists of texts on one line in
/// braces and brackets, no quotes where none are needed.
public final class YamlText {
    private static final int WIDTH = 110;

    /// People look for these, one a line.
    private static final Set<String> NEVER_ON_ONE_LINE = Set.of("parameters", "playbook");

    private YamlText() {}

    /// A whole file.
    ///
    /// @param order the keys that come first, in this order; the others follow as they are
    public static String document(JsonObject file, List<String> order) {
        Map<String, Json> entries = new LinkedHashMap<>();
        order.forEach(name -> {
            Json value = file.get(name);
            if (value != null) {
                entries.put(name, value);
            }
        });
        file.forEach(entry -> entries.putIfAbsent(entry.getKey(), entry.getValue()));
        return entries.isEmpty()
                ? "{}\n"
                : entries.entrySet().stream()
                        .map(entry -> entry(entry.getKey(), entry.getValue(), 0))
                        .collect(Collectors.joining());
    }

    /// All on one line, to be shown.
    public static String line(JsonObject value) {
        return flow(value);
    }

    /// A key with its value, as whole lines.
    static String entry(String name, Json value, int indent) {
        String key = " ".repeat(indent) + YamlScalars.text(name) + ":";
        if (onOneLine(name, value, key.length())) {
            return key + " " + flow(value) + "\n";
        }
        return key + "\n" + block(value, indent + 2);
    }

    /// An item of a list, as whole lines.
    ///
    /// @param spread whether a mapping gets a line for each key even where one line is enough
    static String item(Json value, int indent, boolean spread) {
        String dash = " ".repeat(indent) + "- ";
        boolean spreads = spread && value instanceof JsonObject object && !object.isEmpty();
        if (!spreads && onOneLine("", value, dash.length())) {
            return dash + flow(value) + "\n";
        }
        return dash + block(value, indent + 2).substring(indent + 2);
    }

    /// Whole lines.
    static String block(Json value, int indent) {
        return switch (value) {
            case JsonObject object -> {
                StringBuilder lines = new StringBuilder();
                object.forEach(entry -> lines.append(entry(entry.getKey(), entry.getValue(), indent)));
                yield lines.toString();
            }
            case Json.Arr(List<Json> items) ->
                items.stream().map(item -> item(item, indent, false)).collect(Collectors.joining());
            default -> " ".repeat(indent) + flow(value) + "\n";
        };
    }

    private static boolean onOneLine(String name, Json value, int used) {
        if (isSimple(value)) {
            return true;
        }
        boolean lines = NEVER_ON_ONE_LINE.contains(name)
                || (value instanceof Json.Arr(List<Json> items)
                        && !items.stream().allMatch(YamlText::isSimple))
                || (value instanceof JsonObject object
                        && values(object).stream().anyMatch(YamlText::isNested));
        return !lines && used + 1 + flow(value).length() <= WIDTH;
    }

    /// A single value, or a collection without any.
    private static boolean isSimple(Json value) {
        return switch (value) {
            case JsonObject object -> object.isEmpty();
            case Json.Arr(List<Json> items) -> items.isEmpty();
            default -> true;
        };
    }

    private static boolean isNested(Json value) {
        return switch (value) {
            case JsonObject object -> values(object).stream().anyMatch(inner -> !isSimple(inner));
            case Json.Arr(List<Json> items) -> items.stream().anyMatch(item -> !isSimple(item));
            default -> false;
        };
    }

    private static List<Json> values(JsonObject object) {
        List<Json> values = new ArrayList<>();
        object.forEach(entry -> values.add(entry.getValue()));
        return values;
    }

    /// On one line.
    static String flow(Json value) {
        return switch (value) {
            case JsonObject object -> {
                List<String> entries = new ArrayList<>();
                object.forEach(entry -> entries.add(flowEntry(entry.getKey(), entry.getValue())));
                yield "{" + String.join(", ", entries) + "}";
            }
            case Json.Arr(List<Json> items) ->
                items.stream().map(YamlText::flow).collect(Collectors.joining(", ", "[", "]"));
            default -> YamlScalars.write(value);
        };
    }

    static String flowEntry(String name, Json value) {
        return YamlScalars.text(name) + ": " + flow(value);
    }
}
