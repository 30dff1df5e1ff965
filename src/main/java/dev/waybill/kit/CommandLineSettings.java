package dev.waybill.kit;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.ConfigNode.Tag;
import dev.waybill.config.Problems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// An integration file made of what a command line says: `--kit`, `--param`, `--set`.
final class CommandLineSettings {
    private static final String FILE = "command line";

    private CommandLineSettings() {}

    static ConfigNode toFile(
            String kit, Map<String, String> parameters, Map<String, String> settings, Problems problems) {
        Map<String, ConfigNode> root = new LinkedHashMap<>();
        root.put("kit", new ConfigNode.Scalar(FILE, "kit", 0, kit, Tag.STRING));
        Map<String, ConfigNode> values = new LinkedHashMap<>();
        parameters.forEach((name, value) ->
                values.put(name, new ConfigNode.Scalar(FILE, "parameters." + name, 0, value, Tag.STRING)));
        root.put("parameters", mapping("parameters", values));
        // Sorted, so that of `a` and `a.b` the shorter comes first and the clash is found.
        new TreeMap<>(settings)
                .forEach((path, value) -> put(root, "", List.of(path.split("\\.", -1)), value, problems));
        return mapping("", root);
    }

    private static void put(
            Map<String, ConfigNode> into, String path, List<String> keys, String value, Problems problems) {
        String key = keys.getFirst();
        String keyPath = path.isEmpty() ? key : path + "." + key;
        ConfigNode there = into.get(key);
        boolean last = keys.size() == 1;
        if (last && there == null) {
            into.put(key, new ConfigNode.Scalar(FILE, keyPath, 0, value, tag(value)));
        } else if (!last && (there == null || there instanceof ConfigNode.Mapping)) {
            Map<String, ConfigNode> inner = new LinkedHashMap<>();
            if (there instanceof ConfigNode.Mapping mapping) {
                inner.putAll(mapping.entries());
            }
            put(inner, keyPath, keys.subList(1, keys.size()), value, problems);
            into.put(key, mapping(keyPath, inner));
        } else {
            problems.error(mapping(keyPath, Map.of()), "set twice on the command line; keep one");
        }
    }

    private static ConfigNode mapping(String path, Map<String, ConfigNode> entries) {
        return new ConfigNode.Mapping(FILE, path, 0, entries, Map.of());
    }

    private static Tag tag(String value) {
        if (value.equals("true") || value.equals("false")) {
            return Tag.BOOLEAN;
        }
        return value.matches("-?\\d+(\\.\\d+)?") ? Tag.NUMBER : Tag.STRING;
    }
}
