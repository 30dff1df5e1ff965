package dev.waybill.schema;

import dev.waybill.cli.EditorSchema;
import dev.waybill.config.Shape;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.kit.KitLibrary;
import dev.waybill.kit.KitShapes;
import dev.waybill.workspace.WorkspaceShapes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Makes the schemas from what the readers ask for and the docs say.
final class Schemas {
    private static final String SETTINGS = "docs/settings.md";

    /// The kit whose parameters the settings page tells of.
    private static final String KARGO = "kargo";

    private Schemas() {}

    static JsonObject of(EditorSchema schema) {
        return switch (schema) {
            case WAYBILL ->
                whole(schema, "Waybill: settings", inWorkspace("waybill.yaml", true), WorkspaceShapes.settings());
            case PIPELINE ->
                whole(
                        schema,
                        "Waybill: a pipeline",
                        inWorkspace("pipelines/NAME.yaml", true),
                        WorkspaceShapes.pipeline());
            case INTEGRATION -> integration();
            case KIT ->
                whole(
                        schema,
                        "Waybill: a kit",
                        new SchemaOf(KeyDocs.of("docs/kits.md", "kit.yaml"), false),
                        KitShapes.kit());
            case PLAYBOOK ->
                whole(schema, "Waybill: a kit's playbook", new SchemaOf(KeyDocs.NONE, false), KitShapes.playbook());
        };
    }

    private static SchemaOf inWorkspace(String heading, boolean environment) {
        return new SchemaOf(KeyDocs.of(SETTINGS, heading), environment);
    }

    private static JsonObject whole(EditorSchema schema, String title, SchemaOf writer, Shape shape) {
        return headed(schema, title, writer.file(shape));
    }

    private static JsonObject headed(EditorSchema schema, String title, JsonObject body) {
        JsonObject.Builder all = JsonObject.builder()
                .put("$schema", Json.of("http://json-schema.org/draft-07/schema#"))
                .put("$id", Json.of(schema.fileName()))
                .put("title", Json.of(title));
        body.forEach(entry -> all.put(entry.getKey(), entry.getValue()));
        return all.build();
    }

    /// Which parameters there are depends on the kit; the rest is the same for all. A kit of a user's own may have
    /// any.
    private static JsonObject integration() {
        KeyDocs docs = KeyDocs.of(SETTINGS, "integrations/NAME/NUMBER.yaml");
        List<Json> byKit = new ArrayList<>();
        JsonObject whole = JsonObject.EMPTY;
        for (String kit : KitLibrary.builtIn().names()) {
            KeyDocs known = kit.equals(KARGO) ? docs : docs.without("parameters");
            whole = new SchemaOf(known, false).file(KitShapes.integration(kit));
            byKit.add(ifKit(kit, whole));
        }
        JsonObject properties = object(whole, "properties");
        JsonObject kit = object(properties, "kit");
        JsonObject open = properties.toBuilder()
                .put("kit", builtInOrOther(kit))
                .put("parameters", anyTexts())
                .build();
        JsonObject body = whole.toBuilder()
                .put("properties", open)
                .put("required", new Json.Arr(List.of(Json.of("kit"))))
                .put("allOf", new Json.Arr(byKit))
                .build();
        return headed(EditorSchema.INTEGRATION, "Waybill: an integration", body);
    }

    private static JsonObject ifKit(String kit, JsonObject whole) {
        JsonObject parameters = object(object(whole, "properties"), "parameters");
        JsonObject.Builder then = JsonObject.builder().put("properties", object("parameters", parameters));
        // Nothing, when the kit can do without any of its parameters.
        Json required = whole.get("required");
        if (required != null) {
            then.put("required", required);
        }
        return JsonObject.builder()
                .put(
                        "if",
                        JsonObject.builder()
                                .put("properties", object("kit", object("const", Json.of(kit))))
                                .put("required", new Json.Arr(List.of(Json.of("kit"))))
                                .build())
                .put("then", then.build())
                .build();
    }

    /// An editor offers the built-in kits, and takes any other.
    private static JsonObject builtInOrOther(JsonObject kit) {
        List<Json> names =
                KitLibrary.builtIn().names().stream().<Json>map(Json::of).toList();
        JsonObject other = JsonObject.builder()
                .put("type", Json.of("string"))
                .put("minLength", Json.of(1))
                .build();
        return JsonObject.builder()
                .put("description", Objects.requireNonNull(kit.get("description")))
                .put("anyOf", new Json.Arr(List.of(object("enum", new Json.Arr(names)), other)))
                .build();
    }

    private static JsonObject anyTexts() {
        Json texts = new Json.Arr(List.of(Json.of("string"), Json.of("number"), Json.of("boolean"), Json.of("null")));
        return JsonObject.builder()
                .put("description", Json.of("The kit's connection parameters."))
                .put("type", new Json.Arr(List.of(Json.of("object"), Json.of("null"))))
                .put("additionalProperties", object("type", texts))
                .build();
    }

    private static JsonObject object(JsonObject in, String key) {
        return (JsonObject) Objects.requireNonNull(in.get(key));
    }

    private static JsonObject object(String key, Json value) {
        return JsonObject.builder().put(key, value).build();
    }
}
