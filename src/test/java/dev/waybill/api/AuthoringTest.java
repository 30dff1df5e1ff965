package dev.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.transform.TransformKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The workspace by the API of a whole server: looked at, written, and in force when the answer comes.
class AuthoringTest {
    private static final String FILE = """
            {"kit":"kargo","parameters":{"PARTNER_ID":"p-1","ENDPOINT":"http://127.0.0.1:9/e"%s},
             "playbook":{"events":{"identify":{"send":false}}}%s}""";

    private static TestServer server;
    private static Path workspace;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        server = new TestServer(directory);
        workspace = directory.resolve("workspace");
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void the_library_shows_what_each_kit_needs_and_maps() throws Exception {
        List<JsonObject> kits = server.get("/api/kits").mustBe(200).list("kits");
        assertThat(kits).extracting(kit -> kit.text("name")).containsExactly("kargo", "webhook");
        JsonObject kargo = kits.getFirst();
        assertThat(TestServer.in(kargo, "limits"))
                .hasToString(
                        "{\"eventName\":100,\"object\":\"params\",\"keys\":20,\"keyLength\":100,\"valueLength\":300}");
        assertThat(TestServer.list(kargo, "events"))
                .hasSize(12)
                .anyMatch(event -> event.toString().equals("{\"event\":\"page\",\"type\":\"page\"}"))
                .anyMatch(event -> event.toString().equals("{\"event\":\"order_completed\",\"type\":\"track\"}"));
        assertThat(kargo.toString()).contains("$$PARTNER_ID$$", "context.page.url");
        assertThat(kargo.object("tables"))
                .asString()
                .contains("{\"output\":\"params.lex_id\","
                        + "\"description\":\"the person's identifier; an event without one is not sent\","
                        + "\"input\":\"context.providers.kargo.puid\",\"value\":null,\"required\":true}")
                .contains("\"input\":null,\"value\":\"order_completed\",\"required\":true");
        assertThat(kargo.toString()).contains("PARTNER_ID: your account's id at Kargo", "972");
        assertThat(TestServer.list(kargo, "parameters"))
                .filteredOn(parameter -> "AUTH_TOKEN".equals(parameter.text("name")))
                .singleElement()
                .asString()
                .contains("\"secret\":true");
        assertThat(server.get("/api/transforms").mustBe(200).list("transforms"))
                .extracting(transform -> transform.text("name"))
                .containsExactlyElementsOf(TransformKind.words());
    }

    @Test
    void what_the_api_writes_stands_in_the_audit_journal_once_with_its_caller() throws Exception {
        server.post(
                        "/api/integrations",
                        FILE.formatted("", ",\"name\":\"told\",\"secrets\":{\"AUTH_TOKEN\":\"s3cret\"}"))
                .mustBe(201);
        assertThat(server.get("/api/audit?limit=1000").mustBe(200).list("entries"))
                .filteredOn(entry -> String.valueOf(entry.text("subject")).contains("told"))
                .extracting(entry -> entry.text("who") + ": " + entry.text("what"))
                .containsExactlyInAnyOrder("admin token: integration created", "admin token: secret changed");
    }

    @Test
    void a_revision_that_was_edited_by_hand_and_is_not_taken_is_shown_as_it_lies_there() throws Exception {
        server.post("/api/integrations", FILE.formatted("", ",\"name\":\"edited\""))
                .mustBe(201);
        Path broken = workspace.resolve("pipelines/broken.yaml");
        Files.writeString(broken, "writeKey: [oops\n");
        Path file = workspace.resolve("integrations/edited/1.yaml");
        String before = String.valueOf(edited().text("etag"));
        String byHand = Files.readString(file) + "# by hand\n";
        Files.writeString(file, byHand);
        JsonObject shown = edited();
        assertThat(shown.text("yaml")).isEqualTo(byHand);
        assertThat(shown.get("inForce")).isEqualTo(Json.Bool.FALSE);
        assertThat(shown.text("etag")).isNotEqualTo(before);
        server.send("POST", "/api/integrations/edited/revisions", FILE.formatted("", ""), "If-Match", before)
                .mustBe(412);
        Files.delete(broken);
        TestServer.await(() -> edited().get("inForce") == Json.Bool.TRUE);
    }

    private static JsonObject edited() {
        try {
            return server.get("/api/integrations/edited/1").mustBe(200).json();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void an_integration_is_made_saved_again_compared_pinned_and_runs() throws Exception {
        TestServer.Answer made = server.post(
                        "/api/integrations",
                        FILE.formatted("", ",\"name\":\"made\",\"secrets\":{\"AUTH_TOKEN\":\"s3cret\"}"))
                .mustBe(201);
        assertThat(made.body())
                .contains("\"path\":\"integrations/made/1.yaml\"", "\"inForce\":true")
                .doesNotContain("s3cret");
        TestServer.Answer one = server.get("/api/integrations/made/1").mustBe(200);
        String tag = one.headers().firstValue("ETag").orElseThrow();
        assertThat(one.json().text("etag")).isEqualTo(tag);
        assertThat(one.body()).contains("${secret:made-AUTH_TOKEN-1}").doesNotContain("s3cret");

        String second = FILE.formatted(",\"SYNC_URL\":\"http://127.0.0.1:9/id\"", ",\"note\":\"with the sync\"");
        assertThat(server.send("POST", "/api/integrations/made/revisions", second, "If-Match", tag)
                        .mustBe(201)
                        .number("revision"))
                .isEqualTo(2);
        TestServer.Answer late = server.send("POST", "/api/integrations/made/revisions", second, "If-Match", tag)
                .mustBe(412);
        assertThat(late.json().text("reason")).isEqualTo("changed");
        assertThat(late.json().text("detail"))
                .startsWith("revision 2 of made is newer")
                .contains("'with the sync'");

        JsonObject diff = server.get("/api/integrations/made/diff?from=1&to=2")
                .mustBe(200)
                .json();
        assertThat(JsonText.write(Objects.requireNonNull(diff.get("groups"))))
                .isEqualTo("[{\"events\":[],\"settings\":true,\"every\":false,\"changes\":[{\"what\":"
                        + "\"parameters.SYNC_URL\",\"before\":null,\"after\":\"http://127.0.0.1:9/id\"}]}]");

        server.send(
                        "PUT",
                        "/api/pipelines/made",
                        "{\"writeKey\":\"wk_made\",\"origins\":[\"https://a.example\"],\"integrations\":"
                                + "[{\"integration\":\"made\",\"revision\":1}]}",
                        "If-None-Match",
                        "*")
                .mustBe(201);
        Path file = workspace.resolve("pipelines/made.yaml");
        String commented = "# by hand\n" + Files.readString(file);
        Files.writeString(file, commented);
        TestServer.await(() -> pipeline("made").get("changedByHand") == Json.Bool.FALSE);
        String seen = String.valueOf(pipeline("made").text("etag"));
        JsonObject pinned = server.send(
                        "PUT",
                        "/api/pipelines/made",
                        "{\"writeKey\":\"wk_made\",\"origins\":[\"https://a.example\"],\"integrations\":"
                                + "[{\"integration\":\"made\",\"revision\":2}]}",
                        "If-Match",
                        seen)
                .mustBe(200)
                .json();
        assertThat(pinned.get("inForce")).isEqualTo(Json.Bool.TRUE);
        assertThat(file).hasContent(commented.replace("revision: 1", "revision: 2"));
        JsonObject pin = TestServer.list(pipeline("made"), "integrations").getFirst();
        assertThat(pin.toString())
                .isEqualTo("{\"integration\":\"made\",\"revision\":2,\"latest\":2,\"enabled\":true,\"mode\":\"live\","
                        + "\"startFrom\":\"now\",\"state\":\"running\"}");
        assertThat(integration("made").toString())
                .contains("\"revision\":2,\"note\":\"with the sync\",\"author\":null", "\"pinnedBy\":[\"made\"]");
        assertThat(server.send("PUT", "/api/pipelines/made", "{\"writeKey\":\"wk_made\"}", "If-Match", seen)
                        .mustBe(412)
                        .json()
                        .text("detail"))
                .contains("written by admin token at ");
    }

    @Test
    void problems_come_as_pointers_and_a_check_writes_nothing() throws Exception {
        String body = "{\"kit\":\"kargo\",\"parameters\":{\"PARTNR_ID\":\"p\"},\"maxEventAge\":\"soon\"}";
        JsonObject checked = server.post("/api/integrations/kargo-main/check", body)
                .mustBe(200)
                .json();
        assertThat(TestServer.list(checked, "problems"))
                .anyMatch(problem -> problem.toString()
                        .equals(
                                "{\"path\":\"/maxEventAge\",\"message\":\"found 'soon'; allowed: a duration such as 250ms,"
                                        + " 10s, 5m, 72h or 30d\",\"severity\":\"error\"}"));
        JsonObject refused = server.post("/api/integrations/kargo-main/revisions", body)
                .mustBe(422)
                .json();
        assertThat(refused.text("reason")).isEqualTo("invalid");
        assertThat(TestServer.list(refused, "problems")).isEqualTo(TestServer.list(checked, "problems"));
        assertThat(workspace.resolve("integrations/kargo-main/2.yaml")).doesNotExist();
    }

    @Test
    void what_is_not_there_or_odd_is_told() throws Exception {
        assertThat(detail(server.get("/api/integrations/kargo-mian/1").mustBe(404)))
                .contains("there is no such integration; integrations: ", "Did you mean 'kargo-main'?");
        assertThat(detail(server.get("/api/integrations/kargo-main/9").mustBe(404)))
                .isEqualTo("there is no such revision of kargo-main; revisions: 1");
        assertThat(detail(server.get("/api/integrations/kargo-main/..%2f1").mustBe(404)))
                .isEqualTo("there is no such revision of kargo-main; revisions: 1");
        assertThat(detail(server.get("/api/pipelines/webb").mustBe(404))).contains("Did you mean 'web'?");
        assertThat(detail(server.get("/api/integrations/kargo-main/diff?from=1").mustBe(400)))
                .isEqualTo("to is required: the number of a revision");
        assertThat(detail(server.get("/api/integrations/kargo-main/diff?from=1&to=7")
                        .mustBe(400)))
                .isEqualTo("to is 7; revisions of kargo-main: 1. Did you mean '1'?");
        assertThat(detail(server.send("PUT", "/api/pipelines/..%2f..%2fx", "{\"writeKey\":\"w\"}", "If-None-Match", "*")
                        .mustBe(400)))
                .startsWith("found '../../x' as the name of a pipeline");
        assertThat(server.post("/api/integrations", "[1]").mustBe(400).json().text("reason"))
                .isEqualTo("not_an_object");
        assertThat(server.post("/api/integrations", "{\"a\":" + "[".repeat(70) + "]".repeat(70) + "}")
                        .mustBe(400)
                        .json()
                        .text("reason"))
                .isEqualTo("too_deep");
        assertThat(server.post("/api/integrations", "{\"note\":\"" + "x".repeat(1 << 20) + "\"}")
                        .mustBe(413)
                        .json()
                        .text("reason"))
                .isEqualTo("too_large");
        assertThat(server.call("GET", "/api/kits", "", "", "application/json")
                        .answer()
                        .status())
                .isEqualTo(401);
    }

    @Test
    void broken_files_are_listed_with_file_and_line() throws Exception {
        Path file = workspace.resolve("pipelines/broken.yaml");
        Files.writeString(file, "writeKey: wk_b\nmode: x\n");
        TestServer.await(() -> problems().contains("\"path\":\"pipelines/broken.yaml\",\"line\":2,\"at\":\"mode\""));
        assertThat(pipeline("broken").toString())
                .contains("\"inForce\":false", "\"yaml\":\"writeKey: wk_b\\nmode: x\\n\"");
        Files.delete(file);
        TestServer.await(() -> !problems().contains("broken.yaml"));
    }

    private static String problems() {
        try {
            return server.get("/api/pipelines").mustBe(200).list("problems").toString();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonObject pipeline(String name) {
        return named("/api/pipelines", "pipelines", name);
    }

    private static JsonObject integration(String name) {
        return named("/api/integrations", "integrations", name);
    }

    private static JsonObject named(String path, String list, String name) {
        try {
            return server.get(path).mustBe(200).list(list).stream()
                    .filter(one -> name.equals(one.text("name")))
                    .findFirst()
                    .orElseThrow();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String detail(TestServer.Answer answer) {
        return String.valueOf(answer.json().text("detail"));
    }
}
