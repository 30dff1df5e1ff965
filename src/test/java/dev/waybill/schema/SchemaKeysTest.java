package dev.waybill.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.cli.EditorSchema;
import dev.waybill.config.Problem;
import dev.waybill.docs.KnownKeys;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.kit.KitLibrary;
import dev.waybill.kit.KitShapes;
import dev.waybill.workspace.WorkspaceShapes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A schema knows a key exactly where its reader does, as the reader's own complaints tell.
class SchemaKeysTest {
    @Test
    void settings() {
        holdsTheKeysOf(EditorSchema.WAYBILL, WorkspaceShapes::settings);
    }

    @Test
    void pipelines() {
        holdsTheKeysOf(EditorSchema.PIPELINE, WorkspaceShapes::pipeline);
    }

    @Test
    void kits() {
        holdsTheKeysOf(EditorSchema.KIT, KitShapes::kit);
    }

    @Test
    void playbooks() {
        holdsTheKeysOf(EditorSchema.PLAYBOOK, KitShapes::playbook);
    }

    @Test
    void integrations_of_every_built_in_kit() {
        JsonObject schema = read(EditorSchema.INTEGRATION);
        List<Json> byKit = ((Json.Arr) Objects.requireNonNull(schema.get("allOf"))).items();
        List<String> names = List.copyOf(KitLibrary.builtIn().names());
        assertThat(byKit).hasSameSizeAs(names);
        for (int i = 0; i < names.size(); i++) {
            String kit = names.get(i);
            JsonObject then = object((JsonObject) byKit.get(i), "then");
            JsonObject parameters = object(object(then, "properties"), "parameters");
            JsonObject properties = object(schema, "properties").toBuilder()
                    .put("parameters", parameters)
                    .build();
            compare(
                    schema.toBuilder().put("properties", properties).build(),
                    "",
                    text -> KitShapes.integration(kit, text));
        }
    }

    private static void holdsTheKeysOf(EditorSchema schema, Function<String, List<Problem>> reader) {
        compare(read(schema), "", reader);
    }

    private static JsonObject read(EditorSchema schema) {
        return (JsonObject) JsonText.read(schema.bytes());
    }

    private static void compare(JsonObject schema, String path, Function<String, List<Problem>> reader) {
        Optional<JsonObject> mapping = choice(schema, "properties");
        Optional<List<String>> known = KnownKeys.at(reader, path);
        assertThat(known.map(TreeSet::new)).as("keys at '%s'", path).isEqualTo(mapping.map(SchemaKeysTest::names));
        String dot = path.isEmpty() ? "" : path + ".";
        mapping.ifPresent(found -> object(found, "properties")
                .forEach(entry -> compare((JsonObject) entry.getValue(), dot + entry.getKey(), reader)));
        choice(schema, "additionalProperties")
                .map(found -> Objects.requireNonNull(found.get("additionalProperties")))
                .filter(JsonObject.class::isInstance)
                .ifPresent(others -> compare((JsonObject) others, dot + "some_name", reader));
        Optional<JsonObject> list = choice(schema, "items");
        list.ifPresent(found -> compare(object(found, "items"), path + "[]", reader));
        if (mapping.isEmpty() && list.isEmpty()) {
            assertThat(KnownKeys.at(reader, path + "[]"))
                    .as("keys at '%s[]'", path)
                    .isEmpty();
        }
    }

    /// Where a keyword stands: in the schema itself, or in what it gives to choose from.
    private static Optional<JsonObject> choice(JsonObject schema, String keyword) {
        List<Json> all = new ArrayList<>(List.of(schema));
        if (schema.get("anyOf") instanceof Json.Arr(List<Json> items)) {
            all.addAll(items);
        }
        return all.stream()
                .flatMap(one -> one instanceof JsonObject object ? Stream.of(object) : Stream.empty())
                .filter(object -> object.get(keyword) != null)
                .findFirst();
    }

    private static JsonObject object(JsonObject in, String key) {
        return (JsonObject) Objects.requireNonNull(in.get(key));
    }

    private static SortedSet<String> names(JsonObject mapping) {
        SortedSet<String> names = new TreeSet<>();
        object(mapping, "properties").forEach(entry -> names.add(entry.getKey()));
        return names;
    }
}
