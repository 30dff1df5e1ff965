package dev.waybill.config;

import java.time.Duration;
import java.util.AbstractMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Finds out what a reader knows, by giving it a file that writes down what is asked of it. To a [Section] it is the
/// entries of a mapping that holds nothing, and still one item of every list and one key of every mapping whose keys
/// the user chooses.
///
/// A reader looks at some keys only when others are there, or when they are lists. So it reads three times; what it
/// asks adds up.
public final class Probe extends AbstractMap<String, ConfigNode> {
    /// The key that stands for those that the user chooses.
    static final String ANY_KEY = "*";

    /// So that a reader that goes down as deep as the file does comes to an end.
    private static final int DEEPEST = 30;

    /// What the reader sees of a key whose value it takes as it is.
    private enum Sees {
        NOTHING,
        MAPPINGS,
        LISTS
    }

    private final Sees sees;
    private final Map<String, String> given;
    private final int depth;
    private final Supplier<Shape> at;
    private Shape.@Nullable Keys keys;

    private Probe(Sees sees, Map<String, String> given, int depth, Supplier<Shape> at) {
        this.sees = sees;
        this.given = given;
        this.depth = depth;
        this.at = at;
    }

    /// What a reader asks of a file.
    ///
    /// @param reader called several times, each with the root of a file; what it finds wrong is of no interest
    /// @param given texts of top-level keys, for a reader that looks no further without
    public static Shape of(Consumer<ConfigNode> reader, Map<String, String> given) {
        Shape root = new Shape();
        for (Sees sees : Sees.values()) {
            reader.accept(new Probe(sees, given, 0, () -> root).node());
        }
        return root;
    }

    private ConfigNode node() {
        return new ConfigNode.Mapping("", "", 0, this, Map.of());
    }

    /// Called when the reader takes the value for a mapping.
    Probe opened() {
        keys = at.get().asMapping(sees == Sees.NOTHING);
        return this;
    }

    private Shape.Keys keys() {
        return keys == null ? new Shape().asMapping(false) : keys;
    }

    private ConfigNode below(Supplier<Shape> shape) {
        return new Probe(sees, Map.of(), depth + 1, shape).node();
    }

    /// A key read as a single value.
    ///
    /// @return the given value, or null
    @Nullable
    ConfigNode asked(String key, Form form, @Nullable Object fallback) {
        Shape shape = keys().key(key);
        shape.takes(form);
        if (fallback != null && sees == Sees.NOTHING) {
            shape.fallsBackTo(plain(fallback));
        }
        return scalar(key);
    }

    private static Object plain(Object value) {
        return switch (value) {
            case Duration duration -> Quantity.words(duration);
            case Long bytes -> Quantity.words(bytes);
            case Enum<?> constant -> Section.word(constant);
            default -> value;
        };
    }

    private @Nullable ConfigNode scalar(String key) {
        String text = given.get(key);
        return text == null ? null : new ConfigNode.Scalar("", key, 0, text, ConfigNode.Tag.STRING);
    }

    ConfigNode mapping(String key) {
        Shape shape = keys().key(key);
        return below(() -> shape);
    }

    /// The items of a key read as a list.
    List<ConfigNode> items(String key) {
        Shape items = keys().key(key).asList();
        return List.of(below(() -> items));
    }

    void anyKey() {
        keys().other();
    }

    /// A required key. One that is asked for only when another is there counts when the whole mapping is.
    void missing(String key, String whatItIs) {
        keys().key(key).means(whatItIs);
        if (sees == Sees.NOTHING || !keys().seenWhenAbsent()) {
            keys().require(key);
        }
    }

    void means(String key, String words) {
        keys().key(key).means(words);
    }

    void takes(String key, Form... forms) {
        for (Form form : forms) {
            keys().key(key).takes(form);
        }
    }

    /// What the value may be that this stands for.
    void takes(Form... forms) {
        for (Form form : forms) {
            at.get().takes(form);
        }
    }

    void itemsTake(String key, Form... forms) {
        for (Form form : forms) {
            keys().key(key).asList().takes(form);
        }
    }

    void either(String... names) {
        keys().choose(List.of(names));
    }

    void together(String... names) {
        keys().join(List.of(names));
    }

    void done() {
        keys().close();
    }

    @Override
    public @Nullable ConfigNode get(@Nullable Object key) {
        if (!(key instanceof String name)) {
            return null;
        }
        Shape shape = keys().key(name);
        ConfigNode scalar = scalar(name);
        if (scalar != null || (sees == Sees.NOTHING && !name.equals(ANY_KEY))) {
            return scalar;
        }
        return sees == Sees.LISTS
                ? new ConfigNode.Sequence("", name, 0, List.of(below(shape::asList)))
                : below(() -> shape);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return get(key) != null;
    }

    @Override
    public Set<Entry<String, ConfigNode>> entrySet() {
        Shape other = keys().others().orElseGet(Shape::new);
        return depth > DEEPEST ? Set.of() : Set.of(Map.entry(ANY_KEY, below(() -> other)));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return "{*}";
    }
}
