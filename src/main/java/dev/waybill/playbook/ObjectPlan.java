package dev.waybill.playbook;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonPath;
import dev.waybill.json.JsonText;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How an object output is built: one object of the event copied, others spread over it, keys left out, keys assigned.
/// Explicit over copied: an assigned key is never copied. Immutable.
///
/// @param key the output's key
/// @param source the object to copy; [Choice#NONE] for none
/// @param spreads objects whose keys are copied too, a later one over an earlier
/// @param exclude what of the copied is left out
/// @param assigned the keys inside it that are assigned, parents before children
/// @param assignedKeys the top-level keys of `assigned`
public record ObjectPlan(
        String key,
        Choice source,
        List<Spread> spreads,
        Set<JsonPath> exclude,
        List<Assigned> assigned,
        Set<String> assignedKeys) {
    /// One assigned key.
    ///
    /// @param keys its path below the object, at least one
    /// @param output its whole path, for notices
    public record Assigned(List<String> keys, Choice choice, String output) {}

    ObjectPlan(String key, Choice source, List<Spread> spreads, Set<JsonPath> exclude, List<Assigned> assigned) {
        this(key, source, List.copyOf(spreads), Set.copyOf(exclude), List.copyOf(assigned), owned(assigned));
    }

    private static Set<String> owned(List<Assigned> assigned) {
        Set<String> keys = new LinkedHashSet<>();
        assigned.forEach(one -> keys.add(one.keys().getFirst()));
        return Set.copyOf(keys);
    }

    /// The top-level keys that are assigned for this event: an assignment whose `when` doesn't hold isn't there.
    public Set<String> assignedKeys(Application application) {
        return assigned.stream()
                .filter(one -> one.choice().of(application) != null)
                .map(one -> one.keys().getFirst())
                .collect(Collectors.toSet());
    }

    /// What is to be copied for an event: an object, null for nothing, or a value of another kind, which can't be.
    public @Nullable Json copied(Application application) {
        return source.value(application, key);
    }

    /// The object for an event: copied keys in their order, then the assigned ones. Keys whose value is `null` are
    /// left out.
    public JsonObject build(JsonObject copied, Application application) {
        return new Building(application).build(copied);
    }

    /// One object on its way.
    private final class Building {
        private final Application application;
        /// Which assignment counts for this event, in the order of `assigned`; null where none is meant for it.
        private final @Nullable Assignment[] chosen = new @Nullable Assignment[assigned.size()];

        private Building(Application application) {
            this.application = application;
            for (int i = 0; i < chosen.length; i++) {
                chosen[i] = assigned.get(i).choice().of(application);
            }
        }

        private JsonObject build(JsonObject copied) {
            JsonObject.Builder built = JsonObject.builder();
            Explanation explanation = application.explanation();
            Assignment by = explanation == null ? null : source.of(application);
            if (explanation != null && !copied.isEmpty()) {
                explanation.opened(key);
            }
            for (int i = 0; i < copied.size(); i++) {
                String name = JsonText.wellFormed(copied.name(i));
                Json value = copied.value(i);
                if (!(value instanceof Json.Null) && !replaced(name)) {
                    built.put(name, value);
                    if (explanation != null) {
                        explanation.copied(key, name, by, application, value);
                    }
                }
            }
            JsonObject object = spreads.isEmpty() ? null : withSpreads(built);
            if (object != null) {
                built = object.toBuilder();
            }
            boolean nested = false;
            for (int i = 0; i < chosen.length; i++) {
                Assigned one = assigned.get(i);
                if (one.keys().size() > 1) {
                    nested = true;
                    continue;
                }
                Json value = value(i);
                if (value != null) {
                    built.put(one.keys().getFirst(), value);
                }
            }
            JsonObject whole = exclude.isEmpty() ? built.build() : without(built.build());
            return nested ? withNested(whole) : whole;
        }

        private JsonObject withSpreads(JsonObject.Builder built) {
            for (Spread spread : spreads) {
                spread.into(built, application);
            }
            JsonObject all = built.build();
            JsonObject.Builder left = JsonObject.builder();
            for (int i = 0; i < all.size(); i++) {
                if (!replaced(all.name(i))) {
                    left.put(all.name(i), all.value(i));
                }
            }
            return left.build();
        }

        private @Nullable Json value(int i) {
            Assignment assignment = chosen[i];
            return assignment == null
                    ? null
                    : assignment.value(application, assigned.get(i).output());
        }

        /// Whether an assignment of the whole key stands in place of a copied one. It does so even when it has no
        /// value: the person said that the copied one is not what to send.
        private boolean replaced(String name) {
            if (!assignedKeys.contains(name)) {
                return false;
            }
            for (int i = 0; i < chosen.length; i++) {
                List<String> keys = assigned.get(i).keys();
                if (chosen[i] != null && keys.size() == 1 && keys.getFirst().equals(name)) {
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
                    explainExcluded(left, path);
                    left = ObjectPlan.without(left, path.keys());
                }
            }
            return left;
        }

        private void explainExcluded(JsonObject from, JsonPath path) {
            Explanation explanation = application.explanation();
            if (explanation != null && path.in(from) != null) {
                explanation.excluded(key + "." + path);
            }
        }

        private JsonObject withNested(JsonObject object) {
            JsonObject all = object;
            for (int i = 0; i < chosen.length; i++) {
                List<String> keys = assigned.get(i).keys();
                Json value = keys.size() > 1 ? value(i) : null;
                if (value != null) {
                    all = with(all, keys, value);
                }
            }
            return all;
        }
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
