package dev.waybill.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The shipped description of the API, and what it says of requests and answers. Keys that a schema doesn't name are
/// faults, but in files of a workspace: a test of the server knows all of them.
final class OpenApiFile {
    private static final Set<String> OPEN = Set.of("IntegrationFile", "PipelineFile");

    final JsonObject json;
    private final JsonObject strict;
    private final SchemaRegistry registry = SchemaRegistry.withDialect(Dialects.getDraft202012());
    private final Map<JsonObject, Schema> schemas = new HashMap<>();

    /// One method on one path.
    ///
    /// @param method in capitals
    /// @param path with `/api/` in front and `{…}` for variables
    record Operation(String method, String path, JsonObject json) {
        @Override
        public String toString() {
            return method + " " + path;
        }

        /// How many segments are words; the more, the closer a match.
        private long words() {
            return List.of(path.split("/", -1)).stream()
                    .filter(segment -> !segment.startsWith("{"))
                    .count();
        }

        private boolean takes(String asked) {
            return asked.matches(path.replaceAll("\\{[^}]*}", "[^/]+"));
        }
    }

    OpenApiFile() throws Exception {
        try (InputStream in = Objects.requireNonNull(OpenApiFile.class.getResourceAsStream("/openapi.json"))) {
            json = (JsonObject) JsonText.read(new String(in.readAllBytes(), UTF_8));
        }
        strict = (JsonObject) closed(json);
    }

    private static Json closed(Json value) {
        return switch (value) {
            case Json.Arr(List<Json> items) ->
                new Json.Arr(items.stream().map(OpenApiFile::closed).toList());
            case JsonObject object -> {
                JsonObject.Builder copy = JsonObject.builder();
                object.forEach(entry -> copy.put(
                        entry.getKey(), OPEN.contains(entry.getKey()) ? entry.getValue() : closed(entry.getValue())));
                if (object.get("properties") instanceof JsonObject && object.get("additionalProperties") == null) {
                    copy.put("additionalProperties", false);
                }
                yield copy.build();
            }
            default -> value;
        };
    }

    List<Operation> operations() {
        List<Operation> all = new ArrayList<>();
        object(strict, "paths")
                .forEach(path -> ((JsonObject) path.getValue())
                        .forEach(method -> all.add(new Operation(
                                method.getKey().toUpperCase(java.util.Locale.ROOT), path.getKey(), (JsonObject)
                                        method.getValue()))));
        return all;
    }

    /// The operation that a request is one of.
    ///
    /// @param path without a query
    Operation of(String method, String path) {
        return operations().stream()
                .filter(one -> one.method().equals(method) && one.takes(path))
                .max(Comparator.comparingLong(Operation::words))
                .orElseThrow(() -> new AssertionError("the file tells of no " + method + " " + path));
    }

    /// The names of its parameters there: `query`, `path` or `header`.
    Set<String> parameters(Operation operation, String where) {
        Set<String> names = new TreeSet<>();
        for (JsonObject parameter : TestServer.list(operation.json(), "parameters")) {
            JsonObject told = (JsonObject) resolved(parameter);
            if (where.equals(told.text("in"))) {
                names.add(String.valueOf(told.text("name")));
            }
        }
        return names;
    }

    /// The schema of its body, or null when it has none.
    @Nullable
    JsonObject body(Operation operation) {
        Json found = TestServer.in(operation.json(), "requestBody.content");
        return found instanceof JsonObject content
                ? (JsonObject) resolved(Objects.requireNonNull(
                        object(content, "application/json").get("schema")))
                : null;
    }

    /// What is wrong with a body to send.
    List<String> faultsOfBody(Operation operation, String body) {
        JsonObject schema = body(operation);
        return schema == null ? List.of("it takes no body") : faults(schema, body);
    }

    /// What is wrong with an answer.
    List<String> faults(Operation operation, int status, String contentType, String body) {
        Json told = object(operation.json(), "responses").get(Integer.toString(status));
        if (told == null) {
            return List.of("it tells of no status " + status);
        }
        JsonObject content = object((JsonObject) resolved(told), "content");
        String type = contentType.replaceFirst(";.*", "");
        if (!(content.get(type) instanceof JsonObject media)) {
            return List.of("with status %d it tells of no %s".formatted(status, type));
        }
        Json schema = Objects.requireNonNull(media.get("schema"));
        return type.endsWith("json") && !type.contains("ndjson") ? faults((JsonObject) schema, body) : List.of();
    }

    /// What is wrong with JSON text by one of the components' schemas.
    List<String> faults(String component, String text) {
        return faults(
                JsonObject.builder()
                        .put("$ref", "#/components/schemas/" + component)
                        .build(),
                text);
    }

    private List<String> faults(JsonObject schema, String text) {
        return schemas
                .computeIfAbsent(schema, one -> registry.getSchema(JsonText.write(whole(one)), InputFormat.JSON))
                .validate(text, InputFormat.JSON)
                .stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }

    /// With what it refers to.
    private JsonObject whole(JsonObject schema) {
        return schema.toBuilder()
                .put("components", object(strict, "components"))
                .build();
    }

    Json resolved(Json value) {
        if (!(value instanceof JsonObject object) || object.text("$ref") == null) {
            return value;
        }
        Json at = strict;
        for (String key : String.valueOf(object.text("$ref")).substring(2).split("/", -1)) {
            at = Objects.requireNonNull(((JsonObject) at).get(key), () -> object + " leads nowhere");
        }
        return at;
    }

    static JsonObject object(JsonObject in, String key) {
        return (JsonObject) Objects.requireNonNull(in.get(key), () -> "no " + key + " in " + in);
    }
}
