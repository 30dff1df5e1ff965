package dev.waybill.schema;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.transform.TransformKind;
import dev.waybill.transform.TransformOption;
import dev.waybill.transform.TransformShapes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a schema describes once, in its `definitions`, and refers to wherever it may stand.
final class Definitions {
    private Definitions() {}

    static JsonObject of(String name) {
        if (!name.equals("transform")) {
            throw new AssertionError("nobody describes '" + name + "'");
        }
        return transform();
    }

    /// A word, or a mapping of one key: its names and words from the registry, its options from their readers.
    private static JsonObject transform() {
        List<TransformKind> alone = Arrays.stream(TransformKind.values())
                .filter(TransformKind::canStandAlone)
                .toList();
        JsonObject words = JsonObject.builder()
                .put("enum", texts(alone.stream().map(TransformKind::word).toList()))
                // Not of draft-07: the language servers behind most editors show them, others pass over them.
                .put(
                        "enumDescriptions",
                        texts(alone.stream().map(TransformKind::description).toList()))
                .build();
        JsonObject.Builder properties = JsonObject.builder();
        for (TransformKind kind : TransformKind.values()) {
            properties.put(kind.word(), options(kind));
        }
        JsonObject withOptions = JsonObject.builder()
                .put("type", Json.of("object"))
                .put("properties", properties.build())
                .put("minProperties", Json.of(1))
                .put("maxProperties", Json.of(1))
                .put("additionalProperties", Json.of(false))
                .build();
        return JsonObject.builder()
                .put("description", Json.of("A step: a word such as trim, or one key such as {hash: sha256}."))
                .put("anyOf", new Json.Arr(List.of(words, withOptions)))
                .build();
    }

    private static JsonObject options(TransformKind kind) {
        Map<String, String> meanings = new HashMap<>();
        meanings.put("", kind.description());
        for (TransformOption option : kind.options()) {
            String meaning = SchemaOf.sentence(option.meaning());
            meanings.merge(option.name(), meaning, (what, how) -> what + "\n\nIts value: " + option.meaning() + ".");
        }
        if (kind.form() == TransformKind.Form.BARE) {
            return JsonObject.builder()
                    .put("description", Json.of(kind.description()))
                    .put("type", Json.of("null"))
                    .build();
        }
        return new SchemaOf(KeyDocs.of(meanings), false).value(TransformShapes.of(kind), !kind.canStandAlone());
    }

    private static Json texts(List<String> texts) {
        return new Json.Arr(texts.stream().<Json>map(Json::of).toList());
    }
}
