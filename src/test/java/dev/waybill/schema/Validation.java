package dev.waybill.schema;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.AnnotationKeyword;
import dev.waybill.cli.EditorSchema;
import dev.waybill.config.ConfigNode;
import dev.waybill.config.Problems;
import dev.waybill.config.YamlFile;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// YAML text against the shipped schemas, as an editor does it.
final class Validation {
    private static final Map<EditorSchema, Schema> SCHEMAS = new EnumMap<>(EditorSchema.class);

    static {
        Dialect draft7 = Dialect.builder(Dialects.getDraft7())
                .keyword(new AnnotationKeyword("enumDescriptions"))
                .build();
        SchemaRegistry registry = SchemaRegistry.withDialect(draft7);
        for (EditorSchema schema : EditorSchema.values()) {
            // A schema names itself by its file's name, which means something beside the place where it was found.
            SchemaLocation found = SchemaLocation.of("file:///schemas/" + schema.fileName());
            SCHEMAS.put(schema, registry.getSchema(found, schema.text(), InputFormat.JSON));
        }
    }

    private Validation() {}

    /// What the schema has against a text: `path: what`, none when it takes it.
    static List<String> faults(EditorSchema schema, String yaml) {
        Problems problems = new Problems();
        ConfigNode root = YamlFile.read("a.yaml", yaml, problems)
                .orElseThrow(() -> new AssertionError(problems.sorted() + " in\n" + yaml));
        Json json = root instanceof ConfigNode.Empty ? JsonObject.EMPTY : json(root);
        return Objects.requireNonNull(SCHEMAS.get(schema)).validate(JsonText.write(json), InputFormat.JSON).stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }

    private static Json json(ConfigNode node) {
        return switch (node) {
            case ConfigNode.Scalar scalar -> scalar(scalar);
            case ConfigNode.Sequence sequence ->
                new Json.Arr(sequence.items().stream().map(Validation::json).toList());
            case ConfigNode.Mapping mapping -> {
                JsonObject.Builder object = JsonObject.builder();
                mapping.entries().forEach((key, value) -> object.put(key, json(value)));
                yield object.build();
            }
            case ConfigNode.Empty _ -> Json.Null.INSTANCE;
        };
    }

    private static Json scalar(ConfigNode.Scalar scalar) {
        return switch (scalar.tag()) {
            case STRING -> new Json.Str(scalar.text());
            case BOOLEAN -> Json.of(Boolean.parseBoolean(scalar.text()));
            case NUMBER -> new Json.Num(new BigDecimal(scalar.text()).toString());
        };
    }
}
