package dev.waybill.api;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.mask.Masking;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which fields events really have, as paths that a mapping may take for its input, with masked examples. Bounded in
/// paths, depth and lengths; belongs to one thread.
final class SeenFields {
    static final int MAX_PATHS = 1_000;
    private static final int MAX_HIDDEN = 10_000;
    private static final int MAX_DEPTH = 12;
    private static final int MAX_ITEMS = 20;
    private static final int MAX_KEY = 100;
    private static final int MAX_PATH = 300;
    private static final int MAX_EXAMPLE = 60;

    /// The collector's own, not the sender's: no path of a playbook leads there.
    private static final String RECEIVED_AT = "receivedAt";

    private final Masking masking = new Masking();
    private final Map<String, Field> fields = new LinkedHashMap<>();
    private final Set<String> unlisted = new TreeSet<>();
    /// Paths whose key itself identifies somebody: they are not told.
    private final Set<String> hidden = new HashSet<>();
    private int events;

    private static final class Field {
        private final Set<String> types = new TreeSet<>();
        private int events;
        private int lastEvent;
        private @Nullable String example;
    }

    /// Looks at one event.
    void add(JsonObject event) {
        events++;
        // What stands where in the masked event shows what may be shown of it. Masking takes long, and is needed only
        // where something is seen for the first time.
        object(event, knows(event, "", 0) ? null : masking.mask(event), "", 0);
    }

    private boolean knows(JsonObject object, String path, int depth) {
        for (int i = 0; i < object.size(); i++) {
            String inside = inside(path, object.name(i));
            boolean ours = depth == 0 && object.name(i).equals(RECEIVED_AT);
            if (inside != null && !ours && depth < MAX_DEPTH && !knows(object.value(i), inside, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private boolean knows(Json value, String path, int depth) {
        if (value instanceof Json.Null || hidden.contains(path)) {
            return true;
        }
        if (!fields.containsKey(path) && fields.size() < MAX_PATHS) {
            return false;
        }
        return switch (value) {
            case JsonObject object -> knows(object, path, depth);
            case Json.Arr(List<Json> items) ->
                depth >= MAX_DEPTH
                        || items.stream().limit(MAX_ITEMS).allMatch(item -> knows(item, path + "[*]", depth + 1));
            default -> true;
        };
    }

    int events() {
        return events;
    }

    /// How many fields beyond [#MAX_PATHS] there are, as far as that is counted.
    int unlisted() {
        return unlisted.size();
    }

    /// @param masked null when nothing in it is new
    private void object(JsonObject object, @Nullable JsonObject masked, String path, int depth) {
        for (int i = 0; i < object.size(); i++) {
            String name = object.name(i);
            String inside = inside(path, name);
            if (inside == null || depth >= MAX_DEPTH || (depth == 0 && name.equals(RECEIVED_AT))) {
                continue;
            }
            if (masked != null && (i >= masked.size() || !masked.name(i).equals(name))) {
                if (hidden.size() < MAX_HIDDEN) {
                    hidden.add(inside);
                }
            } else if (!hidden.contains(inside)) {
                value(object.value(i), masked == null ? null : masked.value(i), inside, depth + 1);
            }
        }
    }

    private void value(Json value, @Nullable Json masked, String path, int depth) {
        if (value instanceof Json.Null || !note(path, value, masked)) {
            return;
        }
        if (value instanceof JsonObject object) {
            object(object, masked instanceof JsonObject shown ? shown : null, path, depth);
        } else if (value instanceof Json.Arr(List<Json> items) && depth < MAX_DEPTH) {
            List<Json> shown = masked instanceof Json.Arr(List<Json> all) ? all : List.of();
            for (int i = 0; i < Math.min(MAX_ITEMS, items.size()); i++) {
                value(items.get(i), i < shown.size() ? shown.get(i) : null, path + "[*]", depth + 1);
            }
        }
    }

    private boolean note(String path, Json value, @Nullable Json masked) {
        Field field = fields.get(path);
        if (field == null) {
            if (fields.size() == MAX_PATHS) {
                if (unlisted.size() < MAX_PATHS) {
                    unlisted.add(path);
                }
                return false;
            }
            field = new Field();
            fields.put(path, field);
        }
        if (field.lastEvent != events) {
            field.lastEvent = events;
            field.events++;
        }
        field.types.add(value.kind());
        if (field.example == null
                && masked != null
                && !(masked instanceof JsonObject)
                && !(masked instanceof Json.Arr)) {
            field.example = example(masked);
        }
        return true;
    }

    private static String example(Json value) {
        String text = value instanceof Json.Str(String string) ? string : JsonText.write(value);
        return JsonText.wellFormed(text.length() <= MAX_EXAMPLE ? text : text.substring(0, MAX_EXAMPLE) + "…");
    }

    /// The path of a key, as a playbook writes it; null when it can't, or when it would be too long to be meant.
    private static @Nullable String inside(String path, String name) {
        boolean plain = !name.isEmpty() && name.chars().noneMatch(c -> c == '.' || c == '[' || c == ']');
        if (name.length() > MAX_KEY || path.length() + name.length() > MAX_PATH || (path.isEmpty() && !plain)) {
            return null;
        }
        if (plain) {
            return path.isEmpty() ? name : path + "." + name;
        }
        if (!name.contains("']")) {
            return path + "['" + name + "']";
        }
        return name.contains("\"]") ? null : path + "[\"" + name + "\"]";
    }

    /// The most frequent first.
    Json.Arr json() {
        List<Map.Entry<String, Field>> sorted = new ArrayList<>(fields.entrySet());
        sorted.sort(Comparator.<Map.Entry<String, Field>>comparingInt(entry -> -entry.getValue().events)
                .thenComparing(Map.Entry::getKey));
        return new Json.Arr(sorted.stream()
                .<Json>map(entry -> JsonObject.builder()
                        .put("path", JsonText.wellFormed(entry.getKey()))
                        .put("share", share(entry.getValue()))
                        .put(
                                "types",
                                new Json.Arr(entry.getValue().types.stream()
                                        .<Json>map(Json::of)
                                        .toList()))
                        .put("example", entry.getValue().example)
                        .build())
                .toList());
    }

    private Json share(Field field) {
        BigDecimal share = BigDecimal.valueOf(field.events).divide(BigDecimal.valueOf(events), 2, RoundingMode.HALF_UP);
        return new Json.Num(share.stripTrailingZeros().toPlainString());
    }
}
