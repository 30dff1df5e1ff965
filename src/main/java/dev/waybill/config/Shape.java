package dev.waybill.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What one value of a file may be, as its reader asked for it: a single value of some forms, a mapping, a list, or
/// several of these. When it is none of them, the reader did not say, and anything may stand there. Belongs to one
/// thread.
public final class Shape {
    private final Set<Form> forms = new LinkedHashSet<>();
    private @Nullable Keys keys;
    private @Nullable Shape items;
    private @Nullable Object fallback;
    private @Nullable String meaning;

    Shape() {}

    /// The forms of a single value, in the order in which they were asked for.
    public Set<Form> forms() {
        return new LinkedHashSet<>(forms);
    }

    public Optional<Keys> keys() {
        return Optional.ofNullable(keys);
    }

    public Optional<Shape> items() {
        return Optional.ofNullable(items);
    }

    /// What the reader takes when nothing is there: a Boolean, an Integer or a text.
    public Optional<Object> fallback() {
        return Optional.ofNullable(fallback);
    }

    /// The reader's own words for the value.
    public Optional<String> meaning() {
        return Optional.ofNullable(meaning);
    }

    void takes(Form form) {
        forms.add(form);
    }

    void fallsBackTo(Object value) {
        fallback = value;
    }

    void means(String words) {
        meaning = words;
    }

    Keys asMapping(boolean whenAbsent) {
        if (keys == null) {
            keys = new Keys(whenAbsent);
        }
        return keys;
    }

    Shape asList() {
        if (items == null) {
            items = new Shape();
        }
        return items;
    }

    /// The keys of a mapping.
    public static final class Keys {
        private final boolean seenWhenAbsent;
        private final SortedMap<String, Shape> named = new TreeMap<>();
        private final Set<String> required = new LinkedHashSet<>();
        private final List<List<String>> choices = new ArrayList<>();
        private final List<List<String>> companions = new ArrayList<>();
        private @Nullable Shape others;
        private boolean closed;

        private Keys(boolean seenWhenAbsent) {
            this.seenWhenAbsent = seenWhenAbsent;
        }

        public SortedMap<String, Shape> named() {
            return new TreeMap<>(named);
        }

        /// The values of keys that the user chooses; empty when there are none.
        public Optional<Shape> others() {
            return Optional.ofNullable(others);
        }

        /// Whether the reader refuses what it does not know.
        public boolean closed() {
            return closed;
        }

        /// Whether the reader looks for these keys also when the mapping itself is absent.
        public boolean seenWhenAbsent() {
            return seenWhenAbsent;
        }

        public Set<String> required() {
            Set<String> all = new LinkedHashSet<>(required);
            choices.forEach(all::removeAll);
            companions.forEach(all::removeAll);
            return all;
        }

        /// Groups of keys of which exactly one must be there.
        public List<List<String>> choices() {
            return List.copyOf(choices);
        }

        /// Groups of keys of which all must be there or none.
        public List<List<String>> companions() {
            return List.copyOf(companions);
        }

        Shape key(String name) {
            return name.equals(Probe.ANY_KEY) ? other() : named.computeIfAbsent(name, _ -> new Shape());
        }

        Shape other() {
            if (others == null) {
                others = new Shape();
            }
            return others;
        }

        void require(String name) {
            required.add(name);
        }

        void choose(List<String> names) {
            if (!choices.contains(names)) {
                choices.add(names);
            }
        }

        void join(List<String> names) {
            if (!companions.contains(names)) {
                companions.add(names);
            }
        }

        void close() {
            closed = true;
        }
    }
}
