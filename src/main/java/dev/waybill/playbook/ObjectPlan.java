package dev.waybill.playbook;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonPath;
import dev.waybill.json.JsonText;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How an object output is built: one object of the event copied, keys left out, keys assigned. Immutable.
///
/// @param source the object to copy, or null
/// @param exclude what of it is left out
/// @param assigned the keys inside it that are assigned, parents before children; an assigned key is never copied
/// @param assignedKeys the top-level keys of `assigned`
public record ObjectPlan(
        @Nullable Assignment source, Set<JsonPath> exclude, List<Assigned> assigned, Set<String> assignedKeys) {
    /// One assigned key.
    ///
    /// @param keys its path below the object, at least one
    public record Assigned(List<String> keys, Assignment source) {}

    ObjectPlan(@Nullable Assignment source, Set<JsonPath> exclude, List<Assigned> assigned) {
        this(source, Set.copyOf(exclude), List.copyOf(assigned), owned(assigned));
    }

    private static Set<String> owned(List<Assigned> assigned) {
        Set<String> keys = new LinkedHashSet<>();
        assigned.forEach(one -> keys.add(one.keys().getFirst()));
        return Set.copyOf(keys);
    }

    /// What is to be copied for an event: an object, null for nothing, or a value of another kind, which can't be.
    public @Nullable Json copied(JsonObject event) {
        return source == null ? null : source.value(event);
    }

    /// The object for an event: copied keys in their order, then the assigned ones. Keys whose value is `null` are left
    /// out.
    public JsonObject build(JsonObject copied, JsonObject event) {
        JsonObject.Builder built = JsonObject.builder();
        for (int i = 0; i < copied.size(); i++) {
            String key = JsonText.wellFormed(copied.name(i));
            Json value = copied.value(i);
            if (!(value instanceof Json.Null) && !replaced(key)) {
                built.put(key, value);
            }
        }
        boolean nested = false;
        for (Assigned one : assigned) {
            if (one.keys().size() > 1) {
                nested = true;
                continue;
            }
            Json value = one.source().value(event);
            if (value != null) {
                built.put(one.keys().getFirst(), value);
            }
        }
        JsonObject object = exclude.isEmpty() ? built.build() : without(built.build());
        return nested ? withNested(object, event) : object;
    }

    /// Whether an assignment of the whole key stands in place of a copied one. It does so even when it has no value:
    /// the person said that the copied one is not what to send.
    private boolean replaced(String key) {
        if (!assignedKeys.contains(key)) {
            return false;
        }
        for (Assigned one : assigned) {
            if (one.keys().size() == 1 && one.keys().getFirst().equals(key)) {
                return true;
            }
        }
        return false;
    }

    private JsonObject without(JsonObject object) {
        JsonObject left = object;
        for (JsonPath path : exclude) {
            boolean assignedWhole =
                    path.keys().size() == 1 && replaced(path.keys().getFirst());
            if (!assignedWhole) {
                left = without(left, path.keys());
            }
        }
        return left;
    }

    private static JsonObject without(JsonObject object, List<String> keys) {
        String first = keys.getFirst();
        Json found = object.get(first);
        if (found == null) {
            return object;
        }
        JsonObject.Builder left = JsonObject.builder();
        for (int i = 0; i < object.size(); i++) {
            if (!object.name(i).equals(first)) {
                left.put(object.name(i), object.value(i));
            } else if (keys.size() > 1) {
                Json value = object.value(i);
                left.put(
                        first,
                        value instanceof JsonObject inner ? without(inner, keys.subList(1, keys.size())) : value);
            }
        }
        return left.build();
    }

    private JsonObject withNested(JsonObject object, JsonObject event) {
        JsonObject all = object;
        for (Assigned one : assigned) {
            Json value = one.keys().size() > 1 ? one.source().value(event) : null;
            if (value != null) {
                all = with(all, one.keys(), value);
            }
        }
        return all;
    }

    private static JsonObject with(JsonObject object, List<String> keys, Json value) {
        String first = keys.getFirst();
        if (keys.size() == 1) {
            return object.toBuilder().put(first, value).build();
        }
        JsonObject inner = object.get(first) instanceof JsonObject there ? there : JsonObject.EMPTY;
        return object.toBuilder()
                .put(first, with(inner, keys.subList(1, keys.size()), value))
                .build();
    }
}
