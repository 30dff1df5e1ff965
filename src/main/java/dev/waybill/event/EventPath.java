package dev.waybill.event;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where in an event a playbook takes a value from: `properties.total`, `products[0].sku`, `products[-1].sku` (from
/// the end), `products[*].sku` (of every item, an array), `properties['odd.key']`, or `$`, the whole event. `type`
/// and `messageId` are what the collector made of them. Immutable.
public final class EventPath {
    private static final String WHOLE = "$";
    private static final int MAX_STEPS = 50;

    /// One step down.
    private sealed interface Step {
        record Key(String name) implements Step {}

        /// @param at from 0; negative from the end
        record Index(int at) implements Step {}

        record Each() implements Step {}
    }

    private final String text;
    private final List<Step> steps;
    private final @Nullable JsonPath keys;

    private EventPath(String text, List<Step> steps) {
        this.text = text;
        this.steps = List.copyOf(steps);
        boolean plain = !steps.isEmpty() && steps.stream().allMatch(Step.Key.class::isInstance);
        this.keys = plain ? new JsonPath(leadingKeys(steps)) : null;
    }

    /// Reads a path.
    ///
    /// @throws IllegalArgumentException when the text is none; the message says what one looks like
    public static EventPath parse(String text) {
        List<Step> steps = text.equals(WHOLE) ? List.of() : new Parsing(text).steps();
        if (steps.size() > MAX_STEPS) {
            throw new IllegalArgumentException("the path has " + steps.size() + " steps; allowed: " + MAX_STEPS);
        }
        return new EventPath(text, steps);
    }

    /// The value at this path, or null when it or anything on the way is absent or `null`.
    public @Nullable Json in(Event event) {
        if (keys == null) {
            return steps.isEmpty() ? event.whole() : in(event.json(), 0);
        }
        if (steps.size() == 1) {
            return event.field(keys.keys().getFirst());
        }
        return keys.in(event.json());
    }

    private @Nullable Json in(@Nullable Json value, int from) {
        Json at = value;
        for (int i = from; i < steps.size() && at != null; i++) {
            switch (steps.get(i)) {
                case Step.Key(String name) -> at = at instanceof JsonObject object ? object.present(name) : null;
                case Step.Index(int index) -> at = at instanceof Json.Arr(List<Json> items) ? item(items, index) : null;
                case Step.Each _ -> {
                    return at instanceof Json.Arr(List<Json> items) ? each(items, i + 1) : null;
                }
            }
        }
        return at instanceof Json.Null ? null : at;
    }

    private static @Nullable Json item(List<Json> items, int index) {
        int at = index < 0 ? items.size() + index : index;
        return at < 0 || at >= items.size() ? null : items.get(at);
    }

    private @Nullable Json each(List<Json> items, int from) {
        boolean flat = steps.subList(from, steps.size()).stream().anyMatch(Step.Each.class::isInstance);
        List<Json> found = new ArrayList<>(items.size());
        for (Json item : items) {
            Json value = in(item, from);
            if (flat && value instanceof Json.Arr(List<Json> inner)) {
                found.addAll(inner);
            } else if (value != null) {
                found.add(value);
            }
        }
        return found.isEmpty() ? null : new Json.Arr(found);
    }

    /// Whether it means the whole event.
    public boolean whole() {
        return steps.isEmpty();
    }

    /// The part of an event that has to be read for it: the path down to the first array; null for the whole event.
    public @Nullable JsonPath read() {
        return steps.isEmpty() ? null : new JsonPath(leadingKeys(steps));
    }

    /// The same path when it has only keys, else null.
    public @Nullable JsonPath keysOnly() {
        return keys;
    }

    private static List<String> leadingKeys(List<Step> steps) {
        List<String> names = new ArrayList<>();
        for (Step step : steps) {
            if (!(step instanceof Step.Key(String name))) {
                break;
            }
            names.add(name);
        }
        return names;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EventPath path && path.steps.equals(steps);
    }

    @Override
    public int hashCode() {
        return steps.hashCode();
    }

    /// As it was written.
    @Override
    public String toString() {
        return text;
    }

    /// Reads a path from left to right.
    private static final class Parsing {
        private final String text;
        private int at;

        private Parsing(String text) {
            this.text = text;
        }

        private List<Step> steps() {
            List<Step> steps = new ArrayList<>();
            steps.add(key());
            while (at < text.length()) {
                char next = text.charAt(at++);
                if (next == '.') {
                    steps.add(key());
                } else if (next == '[') {
                    steps.add(bracket());
                } else {
                    throw fault();
                }
            }
            return steps;
        }

        private Step key() {
            int start = at;
            while (at < text.length() && ".[]".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            if (at == start) {
                throw fault();
            }
            return new Step.Key(text.substring(start, at));
        }

        private Step bracket() {
            char quote = at < text.length() ? text.charAt(at) : ' ';
            int end = quote == '\'' || quote == '"' ? text.indexOf(quote + "]", at + 1) : text.indexOf(']', at);
            if (end < 0) {
                throw fault();
            }
            String inside = text.substring(at, end);
            at = end + 1;
            if (quote == '\'' || quote == '"') {
                at++;
                return new Step.Key(inside.substring(1));
            }
            if (inside.equals("*")) {
                return new Step.Each();
            }
            if (!inside.matches("-?\\d{1,6}")) {
                throw fault();
            }
            return new Step.Index(Integer.parseInt(inside));
        }

        private IllegalArgumentException fault() {
            return new IllegalArgumentException("'" + text + "' is no path: write keys joined by dots, such as"
                    + " context.page.url, products[0].sku, products[*].sku or properties['odd.key']");
        }
    }
}
