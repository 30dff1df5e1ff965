package dev.waybill.json;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which parts of a document are wanted, so that the reader skips the others instead of building them. Immutable.
///
/// A node either wants its whole value or names the keys it wants. An array on the way is kept whole.
public final class Projection {
    public static final Projection ALL = new Projection(Map.of(), true);

    private final Map<String, Projection> keys;
    private final boolean whole;

    private Projection(Map<String, Projection> keys, boolean whole) {
        this.keys = keys;
        this.whole = whole;
    }

    /// The smallest projection that holds all the given paths, each whole.
    public static Projection of(Collection<JsonPath> paths) {
        Draft root = new Draft();
        for (JsonPath path : paths) {
            Draft node = root;
            for (String key : path.keys()) {
                node = node.children.computeIfAbsent(key, _ -> new Draft());
            }
            node.whole = true;
        }
        return root.freeze();
    }

    /// What this one or the other wants.
    public Projection or(Projection other) {
        if (whole || other.whole) {
            return ALL;
        }
        Map<String, Projection> both = new HashMap<>(keys);
        other.keys.forEach((key, wanted) -> both.merge(key, wanted, Projection::or));
        return new Projection(Map.copyOf(both), false);
    }

    /// Whether this node's whole value is wanted.
    public boolean whole() {
        return whole;
    }

    /// What is wanted of a key's value, or null when nothing is.
    public @Nullable Projection of(String key) {
        return whole ? ALL : keys.get(key);
    }

    private static final class Draft {
        private final Map<String, Draft> children = new HashMap<>();
        private boolean whole;

        private Projection freeze() {
            if (whole) {
                return ALL;
            }
            Map<String, Projection> keys = new HashMap<>();
            children.forEach((key, child) -> keys.put(key, child.freeze()));
            return new Projection(Map.copyOf(keys), false);
        }
    }
}
