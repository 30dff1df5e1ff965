package dev.waybill.schema;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// JSON as people like to read it: two spaces a level, and what is short on one line.
final class IndentedJson {
    private static final int SHORT = 100;

    private IndentedJson() {}

    static String of(Json value) {
        return of(value, "") + "\n";
    }

    private static String of(Json value, String indent) {
        String line = JsonText.write(value);
        if (line.length() + indent.length() <= SHORT && !indent.isEmpty()) {
            return line;
        }
        String deeper = indent + "  ";
        return switch (value) {
            case JsonObject object ->
                StreamSupport.stream(object.spliterator(), false)
                        .map((Map.Entry<String, Json> entry) ->
                                deeper + JsonText.write(Json.of(entry.getKey())) + ": " + of(entry.getValue(), deeper))
                        .collect(Collectors.joining(",\n", "{\n", "\n" + indent + "}"));
            case Json.Arr(List<Json> items) ->
                items.stream()
                        .map(item -> deeper + of(item, deeper))
                        .collect(Collectors.joining(",\n", "[\n", "\n" + indent + "]"));
            default -> line;
        };
    }
}
