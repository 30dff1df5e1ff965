package dev.waybill.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads one mapping key by key. Each key is asked for once; [#done()] reports the keys that nobody asked for, with
/// the nearest known name. A value that can't be used is reported and the default is returned, so that reading goes
/// on and finds the other problems too. Belongs to one thread.
public final class Section {
    private final ConfigNode node;
    private final Map<String, ConfigNode> entries;
    private final Problems problems;
    private final Set<String> known = new LinkedHashSet<>();

    /// Writes down what is asked for; null for every real file.
    private final @Nullable Probe probe;

    private Section(ConfigNode node, Map<String, ConfigNode> entries, Problems problems) {
        this.node = node;
        this.entries = entries;
        this.problems = problems;
        this.probe = entries instanceof Probe found ? found.opened() : null;
    }

    /// Reads a node as a mapping; nothing counts as an empty one, anything else is a problem and counts as empty too.
    public static Section of(ConfigNode node, Problems problems) {
        return switch (node) {
            case ConfigNode.Mapping mapping -> new Section(node, mapping.entries(), problems);
            case ConfigNode.Empty _ -> new Section(node, Map.of(), problems);
            default -> {
                problems.error(node, "found " + node.kind() + "; a mapping of keys and values belongs here");
                yield new Section(node, Map.of(), problems);
            }
        };
    }

    public ConfigNode node() {
        return node;
    }

    /// Where a key stands: its own line, which its value may begin below; the mapping's when there is no such key.
    public ConfigNode place(String key) {
        Integer line =
                node instanceof ConfigNode.Mapping mapping ? mapping.keyLines().get(key) : null;
        return line == null ? entries.getOrDefault(key, node) : new ConfigNode.Empty(node.file(), path(key), line);
    }

    /// The raw value of a key; null when it is absent or `null`.
    public @Nullable ConfigNode value(String key) {
        known.add(key);
        ConfigNode value = entries.get(key);
        return value instanceof ConfigNode.Empty ? null : value;
    }

    /// The value of a key that is to have a form; null when it is absent or `null`.
    private @Nullable ConfigNode value(String key, Form form, @Nullable Object fallback) {
        return probe == null ? value(key) : probe.asked(key, form, fallback);
    }

    /// Whether the file holds the key at all, be it `null`.
    public boolean has(String key) {
        known.add(key);
        return entries.containsKey(key);
    }

    /// Keys that the user chooses, with their values in the order of the file.
    public Map<String, ConfigNode> entries() {
        known.addAll(entries.keySet());
        if (probe != null) {
            probe.anyKey();
        }
        return entries;
    }

    public Section section(String key) {
        known.add(key);
        ConfigNode value = probe == null ? entries.get(key) : probe.mapping(key);
        return value == null
                ? new Section(new ConfigNode.Empty(node.file(), path(key), node.line()), Map.of(), problems)
                : of(value, problems);
    }

    public List<ConfigNode> list(String key) {
        if (probe != null) {
            return probe.items(key);
        }
        ConfigNode value = value(key);
        if (value instanceof ConfigNode.Sequence sequence) {
            return sequence.items();
        }
        if (value != null) {
            problems.error(value, "found " + value.kind() + "; a list belongs here");
        }
        return List.of();
    }

    public Optional<String> text(String key) {
        ConfigNode value = value(key, Form.TEXT, null);
        if (value instanceof ConfigNode.Scalar scalar) {
            return Optional.of(scalar.text());
        }
        if (value != null) {
            problems.error(value, "found " + value.kind() + "; a text belongs here");
        }
        return Optional.empty();
    }

    /// The text of a key that must be there and not blank; reports and returns empty otherwise.
    public Optional<String> required(String key, String whatItIs) {
        ConfigNode value = value(key, Form.Plain.FILLED_TEXT, null);
        Optional<String> text = text(key).filter(found -> !found.isBlank());
        boolean alreadyReported = value != null && !(value instanceof ConfigNode.Scalar);
        if (text.isEmpty() && !alreadyReported) {
            missing(key, whatItIs);
        }
        return text;
    }

    /// Reports that a key is missing.
    public void missing(String key, String whatItIs) {
        if (probe != null) {
            probe.missing(key, whatItIs);
        }
        problems.error(node, "'" + key + "' is missing: " + whatItIs);
    }

    /// Every item of a list that is a text.
    public List<String> texts(String key) {
        itemsTake(key, Form.TEXT);
        return list(key).stream()
                .map(item -> {
                    if (item instanceof ConfigNode.Scalar scalar) {
                        return scalar.text();
                    }
                    problems.error(item, "found " + item.kind() + "; a text belongs here");
                    return "";
                })
                .filter(text -> !text.isEmpty())
                .toList();
    }

    public boolean bool(String key, boolean fallback) {
        ConfigNode value = value(key, Form.Plain.BOOLEAN, fallback);
        if (value == null) {
            return fallback;
        }
        if (value instanceof ConfigNode.Scalar scalar && scalar.tag() == ConfigNode.Tag.BOOLEAN) {
            return Boolean.parseBoolean(scalar.text().toLowerCase(Locale.ROOT));
        }
        problems.error(value, "found " + value.kind() + "; allowed: true, false");
        return fallback;
    }

    public int integer(String key, int fallback, int min, int max) {
        ConfigNode value = value(key, new Form.Whole(min, max), fallback);
        if (value == null) {
            return fallback;
        }
        if (value instanceof ConfigNode.Scalar scalar) {
            try {
                int number = Integer.parseInt(scalar.text());
                if (number >= min && number <= max) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // reported below with the same words
            }
        }
        problems.error(value, "found " + value.kind() + "; allowed: a whole number from " + min + " to " + max);
        return fallback;
    }

    /// One of an enum's constants, written in lower case with `-` for `_`.
    public <E extends Enum<E>> E oneOf(String key, E fallback) {
        List<E> all = Arrays.asList(fallback.getDeclaringClass().getEnumConstants());
        List<String> words = all.stream().map(Section::word).toList();
        ConfigNode value = value(key, new Form.Words(words), fallback);
        if (value == null) {
            return fallback;
        }
        if (value instanceof ConfigNode.Scalar scalar) {
            for (E constant : all) {
                if (word(constant).equals(scalar.text())) {
                    return constant;
                }
            }
        }
        String hint = value instanceof ConfigNode.Scalar scalar ? Nearest.hint(scalar.text(), words) : "";
        problems.error(value, "found " + value.kind() + "; allowed: " + String.join(", ", words) + "." + hint);
        return fallback;
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// A duration such as `250ms`, `10s`, `5m`, `72h`, `30d`.
    public Duration duration(String key, Duration fallback) {
        ConfigNode value = value(key, Form.Plain.DURATION, fallback);
        if (value == null) {
            return fallback;
        }
        Optional<Duration> parsed =
                value instanceof ConfigNode.Scalar scalar ? Quantity.duration(scalar.text()) : Optional.empty();
        if (parsed.isEmpty()) {
            problems.error(value, "found " + value.kind() + "; allowed: a duration such as 250ms, 10s, 5m, 72h or 30d");
        }
        return parsed.orElse(fallback);
    }

    /// A size in bytes such as `512MB`, `32KiB` or `1000`; null when it is absent and the fallback is null.
    public @Nullable Long bytes(String key, @Nullable Long fallback) {
        ConfigNode value = value(key, Form.Plain.SIZE, fallback);
        if (value == null) {
            return fallback;
        }
        Optional<Long> parsed =
                value instanceof ConfigNode.Scalar scalar ? Quantity.bytes(scalar.text()) : Optional.empty();
        if (parsed.isEmpty()) {
            problems.error(
                    value, "found " + value.kind() + "; allowed: a size such as 32KiB, 512MB, 10GB or 1000 (bytes)");
        }
        return parsed.orElse(fallback);
    }

    /// Says what the value of a key may be, where the code that reads it does not show. No effect on reading: it is
    /// for the schemas that editors use. The same holds for the next five.
    public void takes(String key, Form... forms) {
        if (probe != null) {
            probe.takes(key, forms);
        }
    }

    /// Says what the items of a list may be.
    public void itemsTake(String key, Form... forms) {
        if (probe != null) {
            probe.itemsTake(key, forms);
        }
    }

    /// Says what a value may be, where nothing but the value is at hand.
    public static void valueTakes(ConfigNode value, Form... forms) {
        if (value instanceof ConfigNode.Mapping mapping && mapping.entries() instanceof Probe probe) {
            probe.takes(forms);
        }
    }

    /// Says that exactly one of these keys belongs here.
    public void either(String... keys) {
        if (probe != null) {
            probe.either(keys);
        }
    }

    /// Says that either all of these keys belong here or none.
    public void together(String... keys) {
        if (probe != null) {
            probe.together(keys);
        }
    }

    /// Says in words what a key is.
    public void means(String key, String words) {
        if (probe != null) {
            probe.means(key, words);
        }
    }

    /// Reports every key that nobody asked for.
    public void done() {
        if (probe != null) {
            probe.done();
            return;
        }
        entries.keySet().forEach(key -> {
            if (!known.contains(key)) {
                String allowed = known.stream().sorted().collect(Collectors.joining(", "));
                problems.error(
                        place(key),
                        "'" + key + "' is no known key here; allowed: " + allowed + "." + Nearest.hint(key, known));
            }
        });
    }

    private String path(String key) {
        return node.path().isEmpty() ? key : node.path() + "." + key;
    }
}
