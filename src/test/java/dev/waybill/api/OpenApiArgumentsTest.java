package dev.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The description of the API names every parameter and every key that a route takes, and no other: a route that is
/// asked for something unknown tells what it knows.
class OpenApiArgumentsTest {
    private static final String QUERY = "zz_query";
    private static final String BODY = "zz_body";

    /// What stands for a path's variables, so that there is such a thing.
    private static final Map<String, String> THERE = Map.of(
            "{pipeline}",
            "web",
            "{integration}",
            "kargo-main",
            "{revision}",
            "1",
            "{id}",
            "none",
            "{messageId}",
            "none");

    /// Bodies that bring a route to ask for what it asks for only then.
    private static final Map<String, List<String>> MORE = Map.of(
            "POST /api/map",
            List.of(
                    "{\"integration\":\"kargo-main\",\"zz_body\":1}",
                    "{\"file\":{\"kit\":\"kargo\",\"parameters\":{\"PARTNER_ID\":\"p\"}},\"zz_body\":1}"));

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
    void the_parameters_told_are_those_that_routes_know() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (OpenApiFile.Operation one : file.operations()) {
            String path = path(one);
            String body = one.method().equals("GET") ? "" : "{\"" + BODY + "\":1}";
            JsonObject told = file.body(one);
            TestServer.Answer first = ask(one, path + "?" + QUERY + "=1", body, wrong);
            Set<String> query = known(QUERY, first).orElse(Set.of());
            compare(wrong, one, "query", file.parameters(one, "query"), query);
            // Files of a workspace are read by their own readers.
            if (told == null
                    || told.get("properties") == null
                    || one.json().toString().contains("Finding")) {
                continue;
            }
            Set<String> keys = new TreeSet<>();
            for (String asked : MORE.getOrDefault(one.toString(), List.of(body))) {
                keys.addAll(known(BODY, ask(one, path, asked, wrong)).orElse(Set.of("(it takes anything)")));
            }
            Set<String> named = new TreeSet<>();
            OpenApiFile.object(told, "properties").forEach(entry -> named.add(entry.getKey()));
            compare(wrong, one, "body", named, keys);
        }
        assertThat(wrong).isEmpty();
    }

    private static String path(OpenApiFile.Operation one) {
        String path = one.path().replace("{name}", one.path().startsWith("/api/pipelines/") ? "web" : "kargo-main");
        for (Map.Entry<String, String> variable : THERE.entrySet()) {
            path = path.replace(variable.getKey(), variable.getValue());
        }
        return path;
    }

    private static TestServer.Answer ask(OpenApiFile.Operation one, String path, String body, List<String> wrong)
            throws Exception {
        TestServer.Answer answer = server.call(one.method(), path, body, server.token(), "application/json")
                .answer();
        String type = answer.headers().firstValue("content-type").orElse("");
        file.faults(one, answer.status(), type, answer.body())
                .forEach(fault -> wrong.add("%s: %s in %s".formatted(one, fault, answer.body())));
        return answer;
    }

    /// The names that a refusal lists; empty when it doesn't speak of that unknown one.
    private static Optional<Set<String>> known(String unknown, TestServer.Answer answer) {
        Matcher matcher = Pattern.compile(unknown + " is not known here; known: ([^.]*)\\.")
                .matcher(answer.body());
        if (!matcher.find()) {
            return Optional.empty();
        }
        Set<String> names = new TreeSet<>(Arrays.asList(matcher.group(1).split(", ", -1)));
        names.remove("");
        return Optional.of(names);
    }

    private static void compare(
            List<String> wrong, OpenApiFile.Operation one, String where, Set<String> told, Set<String> known) {
        if (!new TreeSet<>(told).equals(new TreeSet<>(known))) {
            wrong.add("%s: its %s is told to have %s, the route knows %s".formatted(one, where, told, known));
        }
    }
}
