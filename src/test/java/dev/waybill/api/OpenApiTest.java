package dev.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.waybill.access.Permission;
import dev.waybill.access.Role;
import dev.waybill.attention.Kind;
import dev.waybill.cli.EditorSchema;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.ledger.MissingCause;
import dev.waybill.outcome.NoticeCode;
import dev.waybill.outcome.Outcome;
import dev.waybill.outcome.Reason;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The description of the API tells of every route and of no other, in the words of the code.
class OpenApiTest {
    private static OpenApiFile file;
    private static TestServer server;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        file = new OpenApiFile();
        server = new TestServer(directory);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void every_route_is_told_with_what_it_needs_and_no_other() {
        Map<String, String> routes = new TreeMap<>();
        for (Route route : server.routes()) {
            Permission needs = route.needs();
            routes.put(
                    route.method() + " /api/" + String.join("/", route.pattern()),
                    needs == null ? "null" : '"' + needs.text() + '"');
        }
        Map<String, String> told = new TreeMap<>();
        file.operations()
                .forEach(one -> told.put(
                        one.toString(),
                        one.json().get("x-permission") == null
                                ? "nothing"
                                : JsonText.write(one.json().get("x-permission"))));
        assertThat(told).isEqualTo(routes);
    }

    @Test
    void no_route_hides_behind_an_earlier_one() {
        RouteTable table = new RouteTable(server.routes());
        for (Route route : server.routes()) {
            List<String> path = route.pattern().stream()
                    .map(segment -> segment.startsWith("{") ? "7" : segment)
                    .toList();
            assertThat(table.find(route.method(), path))
                    .as(route.method() + " " + path)
                    .isInstanceOfSatisfying(
                            RouteTable.Result.Known.class,
                            known -> assertThat(known.found().route()).isEqualTo(route));
        }
    }

    @Test
    void each_has_a_name_of_its_own_a_summary_and_the_variables_of_its_path() {
        Set<String> names = new HashSet<>();
        for (OpenApiFile.Operation one : file.operations()) {
            assertThat(names.add(String.valueOf(one.json().text("operationId"))))
                    .as(one.toString())
                    .isTrue();
            assertThat(one.json().text("summary")).as(one.toString()).isNotBlank();
            Set<String> variables = new TreeSet<>();
            Matcher matcher = Pattern.compile("\\{([^}]*)}").matcher(one.path());
            while (matcher.find()) {
                variables.add(matcher.group(1));
            }
            assertThat(file.parameters(one, "path")).as(one.toString()).isEqualTo(variables);
        }
    }

    @Test
    void all_but_signing_in_want_the_token_or_a_session_which_changes_nothing_without_its_csrf() {
        for (OpenApiFile.Operation one : file.operations()) {
            String session = one.method().equals("GET") ? "{\"session\":[]}" : "{\"session\":[],\"csrf\":[]}";
            String both = "[{\"token\":[]}," + session + "]";
            assertThat(String.valueOf(
                            one.json().get("security") == null
                                    ? null
                                    : JsonText.write(one.json().get("security"))))
                    .as(one.toString())
                    .isEqualTo(one.toString().equals("POST /api/session") ? "[{}]" : both);
        }
    }

    @Test
    void the_lists_of_words_are_those_of_the_code() {
        assertThat(words("Reason")).isEqualTo(of(Reason.values(), Reason::code));
        assertThat(words("Outcome")).isEqualTo(of(Outcome.values(), Outcome::text));
        assertThat(words("NoticeCode")).isEqualTo(of(NoticeCode.values(), NoticeCode::code));
        assertThat(words("MissingCause")).isEqualTo(MissingCause.ALL);
        assertThat(words("AttentionKind")).isEqualTo(Kind.codes());
        assertThat(words("Role")).isEqualTo(of(Role.values(), Role::text));
        assertThat(words("Permission")).isEqualTo(of(Permission.values(), Permission::text));
        assertThat(words("Stage")).isEqualTo(of(FirstEvent.Stage.values(), FirstEvent.Stage::text));
    }

    private static <T> List<String> of(T[] values, Function<T, String> word) {
        return Arrays.stream(values).map(word).toList();
    }

    private static List<String> words(String schema) {
        return TestServer.in(file.json, "components.schemas." + schema + ".enum") instanceof Json.Arr(List<Json> words)
                ? words.stream().map(word -> String.valueOf(word.asText())).toList()
                : List.of();
    }

    @Test
    void files_of_a_workspace_have_the_keys_of_their_schemas() {
        assertThat(keys("IntegrationFile")).isEqualTo(keys(EditorSchema.INTEGRATION));
        assertThat(keys("PipelineFile")).isEqualTo(keys(EditorSchema.PIPELINE));
        Set<String> more = new TreeSet<>(keys("IntegrationFile"));
        more.add("secrets");
        assertThat(keys("NewRevision")).isEqualTo(more);
        more.add("name");
        assertThat(keys("NewIntegration")).isEqualTo(more);
    }

    private static Set<String> keys(String schema) {
        return keys((JsonObject)
                java.util.Objects.requireNonNull(TestServer.in(file.json, "components.schemas." + schema)));
    }

    private static Set<String> keys(EditorSchema schema) {
        return keys((JsonObject) JsonText.read(schema.text()));
    }

    private static Set<String> keys(JsonObject schema) {
        Set<String> keys = new TreeSet<>();
        OpenApiFile.object(schema, "properties").forEach(entry -> keys.add(entry.getKey()));
        return keys;
    }

    @Test
    void its_schemas_are_schemas_and_every_reference_leads_somewhere() {
        SchemaRegistry registry = SchemaRegistry.withDialect(Dialects.getDraft202012());
        var meta = registry.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        OpenApiFile.object(OpenApiFile.object(file.json, "components"), "schemas")
                .forEach(schema -> assertThat(meta.validate(JsonText.write(schema.getValue()), InputFormat.JSON))
                        .as(schema.getKey())
                        .isEmpty());
        check(file.json);
    }

    private static void check(Json value) {
        switch (value) {
            case Json.Arr(List<Json> items) -> items.forEach(OpenApiTest::check);
            case JsonObject object -> {
                file.resolved(object);
                object.forEach(entry -> check(entry.getValue()));
            }
            default -> {}
        }
    }

    @Test
    void each_example_of_a_body_is_one_that_its_schema_takes() {
        for (OpenApiFile.Operation one : file.operations()) {
            Json content = TestServer.in(one.json(), "requestBody.content");
            if (content instanceof JsonObject media
                    && OpenApiFile.object(media, "application/json").get("example") instanceof JsonObject example) {
                assertThat(file.faultsOfBody(one, JsonText.write(example)))
                        .as(one.toString())
                        .isEmpty();
            }
        }
    }

    @Test
    void it_is_served_to_everybody_who_is_signed_in_and_to_no_stranger() throws Exception {
        SignedIn.writeUsers(server.data);
        for (Role role : Role.values()) {
            TestServer.Answer answer = SignedIn.as(server, role.text()).get("/api/openapi.json");
            assertThat(answer.json()).isEqualTo(file.json);
            assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
            assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
        }
        server.call("GET", "/api/openapi.json", "", Map.of()).mustBe(401);
        assertThat(server.get("/api/openapi.json?format=yaml").mustBe(400).body())
                .contains("format is not known here");
    }
}
