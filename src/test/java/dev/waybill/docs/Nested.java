package dev.waybill.docs;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Values by path, such as `log.retention` or `integrations[].mode`, as YAML; a list has one item.
final class Nested {
    private final Map<String, Nested> children = new TreeMap<>();
    private String value = "";

    static String yaml(String path, String value) {
        return yaml(Map.of(path, value));
    }

    static String yaml(Map<String, String> values) {
        Nested root = new Nested();
        values.forEach(root::put);
        return root.children.entrySet().stream().map(Nested::entry).collect(Collectors.joining("\n", "", "\n"));
    }

    private void put(String path, String text) {
        Nested at = this;
        for (String key : path.split("\\.", -1)) {
            at = at.children.computeIfAbsent(key, _ -> new Nested());
        }
        at.value = text;
    }

    private String flow() {
        return children.isEmpty()
                ? value
                : children.entrySet().stream().map(Nested::entry).collect(Collectors.joining(", ", "{", "}"));
    }

    private static String entry(Map.Entry<String, Nested> child) {
        String key = child.getKey();
        String inside = child.getValue().flow();
        return key.endsWith("[]") ? key.substring(0, key.length() - 2) + ": [" + inside + "]" : key + ": " + inside;
    }
}
