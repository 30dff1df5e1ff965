package dev.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The sheet for the destination, and the dead letters' groups and export.
class EvidenceTest {
    private static final String EVIDENCE = "/api/lanes/web/kargo-main/evidence";
    private static TestServer server;

    @BeforeAll
    static void seven_events(@TempDir Path directory) throws Exception {
        server = new TestServer(directory);
        for (int i = 0; i < 3; i++) {
            server.track("m-" + i, "Order Completed", "u-" + i, "{\"total\":" + i + "}");
        }
        server.track("m-3", "Product Viewed", "u-3", "{\"note\":\"refuse <script>\"}");
        server.track("m-4", "Product Viewed", "u-4", "{\"note\":\"refuse\"}");
        server.track("m-5", "Product Added", "u-5", "{\"note\":\"refuse\"}");
        server.track("m-6", "Unmapped", "u-6", "{}");
        server.awaitDrained(7);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void a_row_holds_the_body_that_was_sent_the_full_identifier_and_the_answer() throws Exception {
        TestServer.Answer answer = server.get(EVIDENCE).mustBe(200);
        List<JsonObject> rows = answer.list("rows");
        assertThat(rows).extracting(row -> row.text("messageId")).containsExactly("m-2", "m-1", "m-0");
        assertThat(answer.json().get("next")).isEqualTo(Json.Null.INSTANCE);
        JsonObject row = rows.getFirst();
        assertThat(row.text("lexId")).isEqualTo("11111111-2222-3333-4444-555555555555");
        assertThat(row.text("answer")).isEqualTo("{\"ok\":true}");
        assertThat(TestServer.number(row, "status")).isEqualTo(200);
        assertThat(server.delivered)
                .contains(JsonText.write(Objects.requireNonNull(TestServer.in(row, "request.body"))));
    }

    @Test
    void pages_go_on_where_the_last_one_ended_and_times_are_those_of_the_delivery() throws Exception {
        List<String> found = new ArrayList<>();
        @Nullable Json next = Json.of("");
        while (next != null && !(next instanceof Json.Null)) {
            String before = next instanceof Json.Num(String literal) ? "&before=" + literal : "";
            TestServer.Answer page = server.get(EVIDENCE + "?limit=1" + before).mustBe(200);
            page.list("rows").forEach(row -> found.add(String.valueOf(row.text("messageId"))));
            next = page.json().get("next");
        }
        assertThat(found).containsExactly("m-2", "m-1", "m-0");
        assertThat(server.get(EVIDENCE + "?to=2020-01-01").mustBe(200).list("rows"))
                .isEmpty();
        assertThat(server.get(EVIDENCE + "?from=2020-01-01").mustBe(200).list("rows"))
                .hasSize(3);
        assertThat(server.get(EVIDENCE + "?from=2020-01-02&to=2020-01-01&limit=0&before=x")
                        .mustBe(400)
                        .json()
                        .text("detail"))
                .contains("from is not before to", "limit is '0'", "before is no cursor");
        assertThat(server.get("/api/lanes/web/kargo-mian/evidence")
                        .mustBe(404)
                        .json()
                        .text("detail"))
                .contains("Did you mean 'web/kargo-main'?");
    }

    @Test
    void the_sheet_is_a_table_for_spreadsheets() throws Exception {
        TestServer.Answer answer = server.getCsv(EVIDENCE + "?limit=1").mustBe(200);
        assertThat(answer.headers().firstValue("Content-Disposition").orElse(""))
                .isEqualTo("attachment; filename=\"evidence.csv\"");
        List<String> lines = answer.body().lines().toList();
        assertThat(lines.getFirst()).isEqualTo("at,event,lex_id,method,url,body,status,answer,message_id,revision");
        assertThat(lines.get(1))
                .contains(
                        ",order_completed,11111111-2222-3333-4444-555555555555,POST,",
                        "\"\"total\"\":2",
                        ",200,\"{\"\"ok\"\":true}\",m-2,1");
    }

    @Test
    void dead_letters_are_grouped_and_a_filter_narrows_the_groups() throws Exception {
        List<JsonObject> groups = server.get("/api/dead-letters").mustBe(200).list("groups");
        assertThat(groups)
                .extracting(group -> group.text("reason") + " " + group.text("event") + " "
                        + TestServer.number(group, "count") + " " + TestServer.number(group, "redelivered"))
                .containsExactly(
                        "refused_by_destination product_viewed 2 0", "refused_by_destination product_added 1 0");
        assertThat(server.get("/api/dead-letters?event=product-added")
                        .mustBe(200)
                        .list("groups"))
                .hasSize(1);
    }

    @Test
    void dead_letters_are_exported_whole_one_a_line() throws Exception {
        TestServer.Answer export = server.call("GET", "/api/dead-letters", "", server.token(), "application/x-ndjson")
                .mustBe(200);
        assertThat(export.headers().firstValue("Content-Type")).contains("application/x-ndjson");
        List<JsonObject> letters = export.body()
                .lines()
                .map(line -> (JsonObject) JsonText.read(line))
                .toList();
        assertThat(letters)
                .extracting(letter -> letter.text("messageId"))
                .containsExactlyInAnyOrder("m-5", "m-4", "m-3");
        // One letter by itself also says that nothing is masked.
        assertThat(letters.getLast().toBuilder().put("masked", false).build())
                .isEqualTo(server.get("/api/dead-letters/" + letters.getLast().text("id"))
                        .mustBe(200)
                        .json());
        assertThat(server.call("GET", "/api/dead-letters?limit=1", "", server.token(), "application/x-ndjson")
                        .mustBe(200)
                        .body()
                        .lines())
                .hasSize(1);
    }
}
