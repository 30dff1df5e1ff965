package dev.waybill.author;

import dev.waybill.config.Problem;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Tells where in the JSON that was sent a problem lies which the readers found in the file made of it. Their paths
/// (`a.b[0].c`) can't be taken apart, for a key may hold dots; so they are looked up.
final class Pointers {
    private final Map<String, String> pointers = new HashMap<>();

    Pointers(Json sent) {
        add(sent, "", "");
    }

    private void add(Json value, String path, String pointer) {
        pointers.putIfAbsent(path, pointer);
        switch (value) {
            case JsonObject object -> {
                for (Map.Entry<String, Json> entry : object) {
                    String key = entry.getKey();
                    add(entry.getValue(), path.isEmpty() ? key : path + "." + key, pointer + "/" + escaped(key));
                }
            }
            case Json.Arr(List<Json> items) -> {
                for (int i = 0; i < items.size(); i++) {
                    add(items.get(i), path + "[" + i + "]", pointer + "/" + i);
                }
            }
            default -> {}
        }
    }

    static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    Finding finding(Problem problem) {
        return new Finding(of(problem.path()), problem.message(), problem.severity());
    }

    private String of(String path) {
        for (String known = path; ; known = known.substring(0, cut(known))) {
            String pointer = pointers.get(known);
            if (pointer != null) {
                return pointer;
            }
            if (known.isEmpty()) {
                return "";
            }
        }
    }

    private static int cut(String path) {
        return Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('[')));
    }
}
