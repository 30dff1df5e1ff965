package dev.waybill.schema;

import dev.waybill.config.Form;
import dev.waybill.config.Quantity;
import dev.waybill.config.Shape;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The JSON Schema (draft-07) of what a reader asks for.
final class SchemaOf {
    private static final String ENVIRONMENT = "environment";
    private static final JsonObject ENVIRONMENT_VALUE = JsonObject.builder()
            .put("type", Json.of("string"))
            .put("pattern", Json.of("\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}"))
            .build();

    private final KeyDocs docs;
    private final boolean environment;

    /// What the definitions hold, and the schema refers to.
    private final SortedMap<String, JsonObject> described = new TreeMap<>();

    /// A writer of schemas.
    ///
    /// @param environment whether `${ENV_NAME}` may stand for a number or a word
    SchemaOf(KeyDocs docs, boolean environment) {
        this.docs = docs;
        this.environment = environment;
    }

    /// The schema of a whole file.
    JsonObject file(Shape shape) {
        JsonObject whole = value(shape, "", true);
        if (environment) {
            described.put(ENVIRONMENT, ENVIRONMENT_VALUE);
        }
        if (described.isEmpty()) {
            return whole;
        }
        JsonObject.Builder definitions = JsonObject.builder();
        described.forEach(definitions::put);
        return whole.toBuilder().put("definitions", definitions.build()).build();
    }

    /// The schema of one value.
    ///
    /// @param required whether it must not be null
    JsonObject value(Shape shape, boolean required) {
        return value(shape, "", required);
    }

    /// The schema of the value at a path such as `integrations[].mode`; the root's is empty.
    private JsonObject value(Shape shape, String path, boolean required) {
        List<JsonObject> choices = new ArrayList<>();
        shape.keys().ifPresent(keys -> choices.add(mapping(keys, path)));
        shape.items()
                .ifPresent(items -> choices.add(JsonObject.builder()
                        .put("type", Json.of("array"))
                        .put("items", value(items, path + "[]", true))
                        .build()));
        choices.addAll(singles(shape.forms()));
        if (!required && !choices.isEmpty()) {
            choices.set(0, orNull(choices.getFirst()));
        }
        JsonObject.Builder schema = JsonObject.builder();
        description(shape, path).ifPresent(text -> schema.put("description", Json.of(text)));
        shape.fallback().filter(_ -> !required).ifPresent(value -> schema.put("default", json(value)));
        if (choices.size() == 1) {
            choices.getFirst().forEach(entry -> schema.put(entry.getKey(), entry.getValue()));
        } else if (!choices.isEmpty()) {
            schema.put("anyOf", new Json.Arr(List.copyOf(choices)));
        }
        return schema.build();
    }

    private List<JsonObject> singles(Set<Form> forms) {
        // A reader asks for a text and then looks at it more closely: the closest look counts.
        Set<Form> closest = new LinkedHashSet<>(forms);
        if (closest.stream().anyMatch(form -> form instanceof Form.Matching || form instanceof Form.Words)) {
            closest.remove(Form.Plain.FILLED_TEXT);
            closest.remove(Form.TEXT);
        } else if (closest.contains(Form.Plain.FILLED_TEXT)) {
            closest.remove(Form.TEXT);
        }
        List<JsonObject> singles = new ArrayList<>();
        closest.forEach(form -> singles.add(single(form)));
        boolean anyText = closest.contains(Form.TEXT) || closest.contains(Form.Plain.FILLED_TEXT);
        if (environment && !singles.isEmpty() && !anyText) {
            singles.add(reference(ENVIRONMENT));
        }
        return singles;
    }

    private static JsonObject reference(String name) {
        return object("$ref", Json.of("#/definitions/" + name));
    }

    private JsonObject single(Form form) {
        JsonObject.Builder schema = JsonObject.builder();
        switch (form) {
            case Form.Plain plain -> {
                switch (plain) {
                    case TEXT -> schema.put("type", texts("string", "number", "boolean"));
                    case FILLED_TEXT ->
                        schema.put("type", texts("string", "number", "boolean")).put("minLength", Json.of(1));
                    case BOOLEAN -> schema.put("type", Json.of("boolean"));
                    case DURATION -> matching(schema.put("type", Json.of("string")), Quantity.durationPattern());
                    case SIZE ->
                        matching(schema.put("type", texts("string", "number")), Quantity.sizePattern())
                                .put("minimum", Json.of(0));
                }
            }
            case Form.Matching(String pattern) -> matching(schema.put("type", texts("string", "number")), pattern);
            case Form.Whole(int min, int max) ->
                schema.put("type", Json.of("integer"))
                        .put("minimum", Json.of(min))
                        .put("maximum", Json.of(max));
            case Form.Decimal(double min, double max) ->
                schema.put("type", Json.of("number"))
                        .put("minimum", number(min))
                        .put("maximum", number(max));
            case Form.Described(String name) -> {
                described.put(name, Definitions.of(name));
                return reference(name);
            }
            case Form.Words(List<String> words) -> schema.put("enum", texts(words.toArray(String[]::new)));
        }
        return schema.build();
    }

    private static JsonObject.Builder matching(JsonObject.Builder schema, String pattern) {
        return schema.put("pattern", Json.of("^(?:" + pattern + ")$"));
    }

    private JsonObject mapping(Shape.Keys keys, String path) {
        JsonObject.Builder schema = JsonObject.builder().put("type", Json.of("object"));
        Set<String> required = required(keys);
        JsonObject.Builder properties = JsonObject.builder();
        keys.named().forEach((key, shape) -> {
            String below = path.isEmpty() ? key : path + "." + key;
            properties.put(key, value(shape, below, required.contains(key)));
        });
        if (!keys.named().isEmpty()) {
            schema.put("properties", properties.build());
        }
        if (!required.isEmpty()) {
            schema.put("required", texts(required.toArray(String[]::new)));
        }
        List<Json> choices = keys.choices().stream().map(SchemaOf::exactlyOne).toList();
        if (choices.size() == 1) {
            schema.put("oneOf", choices.getFirst());
        } else if (!choices.isEmpty()) {
            schema.put(
                    "allOf",
                    new Json.Arr(choices.stream()
                            .<Json>map(choice -> object("oneOf", choice))
                            .toList()));
        }
        if (!keys.companions().isEmpty()) {
            schema.put("dependencies", dependencies(keys.companions()));
        }
        Optional<Shape> others = keys.others();
        if (others.isPresent()) {
            schema.put("additionalProperties", value(others.get(), path + ".*", false));
        } else if (keys.closed()) {
            schema.put("additionalProperties", Json.of(false));
        }
        return schema.build();
    }

    private static Json exactlyOne(List<String> names) {
        return new Json.Arr(names.stream()
                .<Json>map(name -> object("required", texts(name)))
                .toList());
    }

    private static JsonObject dependencies(List<List<String>> groups) {
        JsonObject.Builder dependencies = JsonObject.builder();
        for (List<String> group : groups) {
            for (String key : group) {
                dependencies.put(
                        key,
                        texts(group.stream().filter(other -> !other.equals(key)).toArray(String[]::new)));
            }
        }
        return dependencies.build();
    }

    /// A mapping that is read even when it is absent is required as soon as a key in it is.
    private static Set<String> required(Shape.Keys keys) {
        Set<String> required = new TreeSet<>(keys.required());
        keys.named()
                .forEach((key, shape) -> shape.keys()
                        .filter(below ->
                                below.seenWhenAbsent() && !required(below).isEmpty())
                        .ifPresent(_ -> required.add(key)));
        return required;
    }

    private Optional<String> description(Shape shape, String path) {
        boolean shown = shape.forms().stream()
                .allMatch(
                        form -> form == Form.Plain.BOOLEAN || form instanceof Form.Whole || form instanceof Form.Words);
        Optional<String> allowed = shown ? Optional.empty() : docs.allowed(path).map(text -> "Allowed: " + text + ".");
        String text = Stream.of(docs.meaning(path).or(() -> shape.meaning().map(SchemaOf::sentence)), allowed)
                .flatMap(Optional::stream)
                .reduce("", (one, other) -> one.isEmpty() ? other : one + "\n\n" + other);
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    static String sentence(String words) {
        String capital = words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
        return capital.endsWith(".") ? capital : capital + ".";
    }

    /// What no schema says otherwise: a key without a value is a key that is absent.
    private static JsonObject orNull(JsonObject schema) {
        String list = schema.get("enum") == null ? "type" : "enum";
        Json given = Objects.requireNonNull(schema.get(list));
        List<Json> all = new ArrayList<>(given instanceof Json.Arr(List<Json> items) ? items : List.of(given));
        all.add(list.equals("enum") ? Json.Null.INSTANCE : Json.of("null"));
        return schema.toBuilder().put(list, new Json.Arr(all)).build();
    }

    private static Json json(Object value) {
        return switch (value) {
            case Boolean bool -> Json.of(bool.booleanValue());
            case Integer number -> Json.of(number.longValue());
            default -> Json.of(value.toString());
        };
    }

    private static Json number(double value) {
        return new Json.Num(BigDecimal.valueOf(value).stripTrailingZeros().toPlainString());
    }

    private static JsonObject object(String key, Json value) {
        return JsonObject.builder().put(key, value).build();
    }

    private static Json texts(String... words) {
        return new Json.Arr(Stream.of(words).<Json>map(Json::of).toList());
    }
}
