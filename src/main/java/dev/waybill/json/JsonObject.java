package dev.waybill.json;

import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/// A JSON object: its keys in the order they were first written, each once. Immutable.
///
/// Two arrays and a scan beat a hash map for the ten or twenty keys of a usual event; an object with more keys than
/// [#SCAN_LIMIT] gets an index, so that a hostile one of thousands of keys costs no more per look-up.
public final class JsonObject implements Json, Iterable<Map.Entry<String, Json>> {
    public static final JsonObject EMPTY = new JsonObject(new String[0], new Json[0], 0, null);
    private static final int SCAN_LIMIT = 16;

    private final String[] names;
    private final Json[] values;
    private final int size;
    private final @Nullable Map<String, Integer> index;

    private JsonObject(String[] names, Json[] values, int size, @Nullable Map<String, Integer> index) {
        this.names = names;
        this.values = values;
        this.size = size;
        this.index = index;
    }

    public static Builder builder() {
        return new Builder();
    }

    /// A builder that starts with this object's keys.
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.names = Arrays.copyOf(names, Math.max(size + 4, builder.names.length));
        builder.values = Arrays.copyOf(values, builder.names.length);
        builder.size = size;
        builder.index = index == null ? null : new HashMap<>(index);
        return builder;
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /// The name of key number `i`, from 0 in the order of writing.
    public String name(int i) {
        return names[i];
    }

    public Json value(int i) {
        return values[i];
    }

    /// The value of a key, or null when it is absent. A key whose value is JSON `null` gives [Json.Null].
    public @Nullable Json get(String name) {
        int i = position(name);
        return i < 0 ? null : values[i];
    }

    /// The value of a key, or null when it is absent or JSON `null`: to Waybill both mean "not there".
    public @Nullable Json present(String name) {
        Json value = get(name);
        return value instanceof Json.Null ? null : value;
    }

    /// The string under a key, or null when it is absent or no string.
    public @Nullable String text(String name) {
        Json value = get(name);
        return value == null ? null : value.asText();
    }

    /// The object under a key, or null when it is absent or no object.
    public @Nullable JsonObject object(String name) {
        return get(name) instanceof JsonObject object ? object : null;
    }

    private int position(String name) {
        return find(names, size, index, name);
    }

    private static int find(String[] names, int size, @Nullable Map<String, Integer> index, String name) {
        if (index != null) {
            return index.getOrDefault(name, -1);
        }
        for (int i = 0; i < size; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public Iterator<Map.Entry<String, Json>> iterator() {
        List<Map.Entry<String, Json>> entries = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            entries.add(new AbstractMap.SimpleImmutableEntry<>(names[i], values[i]));
        }
        return entries.iterator();
    }

    /// Equal when both hold the same keys with equal values, whatever their order.
    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof JsonObject that) || that.size != size) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            if (!values[i].equals(that.get(names[i]))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (int i = 0; i < size; i++) {
            hash += names[i].hashCode() ^ values[i].hashCode();
        }
        return hash;
    }

    @Override
    public String toString() {
        return JsonText.write(this);
    }

    /// Collects keys; the last value of a repeated key wins, at the place of the first. Not safe for threads.
    public static final class Builder {
        private String[] names = new String[8];
        private Json[] values = new Json[8];
        private int size;
        private @Nullable Map<String, Integer> index;

        private Builder() {}

        public Builder put(String name, Json value) {
            int i = find(names, size, index, name);
            if (i >= 0) {
                values[i] = value;
                return this;
            }
            if (size == names.length) {
                names = Arrays.copyOf(names, size * 2);
                values = Arrays.copyOf(values, size * 2);
            }
            names[size] = name;
            values[size] = value;
            if (index != null) {
                index.put(name, size);
            }
            size++;
            if (index == null && size > SCAN_LIMIT) {
                index = indexOf(names, size);
            }
            return this;
        }

        public Builder put(String name, @Nullable String value) {
            return put(name, Json.of(value));
        }

        public Builder put(String name, long value) {
            return put(name, Json.of(value));
        }

        public Builder put(String name, boolean value) {
            return put(name, Json.of(value));
        }

        public JsonObject build() {
            return size == 0 ? EMPTY : new JsonObject(names, values, size, index);
        }

        private static Map<String, Integer> indexOf(String[] names, int size) {
            Map<String, Integer> index = new HashMap<>(size * 4);
            ObjIntConsumer<String> add = index::put;
            for (int i = 0; i < size; i++) {
                add.accept(names[i], i);
            }
            return index;
        }
    }
}
