package dev.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.journal.Mark;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The overview of a whole server with one lane.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OverviewTest {
    private TestServer server;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        server = new TestServer(directory);
        server.track("m-1", "Order Completed", "u-1", "{\"total\":30}");
        server.send("""
                {"messageId":"m-2","event":"Order Completed","userId":"u-2","writeKey":"wk_web",
                 "context":{"userAgent":"Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 Version/18.5 Safari/605.1.15",
                   "providers":{"kargo":{"failure":"timeout"}}}}""");
        server.send("{\"messageId\":\"m-3\",\"event\":\"Order Completed\",\"userId\":\"u-3\",\"writeKey\":\"wk_web\"}");
        server.awaitDrained(3);
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    private JsonObject overview(String query) throws Exception {
        return server.get("/api/overview" + query).mustBe(200).json();
    }

    private JsonObject lane() throws Exception {
        return TestServer.list(overview(""), "lanes").getFirst();
    }

    private static List<String> kinds(JsonObject overview) {
        return TestServer.list(overview, "attention").stream()
                .map(finding -> String.valueOf(finding.text("kind")))
                .toList();
    }

    @Test
    void a_row_adds_up_and_says_how_long_events_took() throws Exception {
        JsonObject lane = lane();
        assertThat(TestServer.number(lane, "accepted")).isEqualTo(3);
        assertThat(TestServer.number(lane, "delivered")).isEqualTo(1);
        assertThat(TestServer.in(lane, "filtered.missing_identity")).isEqualTo(Json.of(2));
        assertThat(TestServer.number(lane, "pending")).isZero();
        assertThat(lane.get("oldestPendingSeconds")).isEqualTo(Json.Null.INSTANCE);
        assertThat(TestServer.in(lane, "endToEnd.count")).isEqualTo(Json.of(1));
        assertThat(TestServer.in(lane, "endToEnd.p50Ms")).isInstanceOf(Json.Num.class);
        assertThat(TestServer.in(lane, "drain.secondsLeft")).isEqualTo(Json.of(0));
    }

    @Test
    void missing_identifiers_are_told_by_browser_and_add_up_to_the_ledgers() throws Exception {
        JsonObject lane = lane();
        assertThat(TestServer.in(lane, "missingIdentityByBrowser.Safari")).isInstanceOf(JsonObject.class);
        assertThat(TestServer.in(lane, "missingIdentityByBrowser.other"))
                .isEqualTo(JsonObject.builder().put("not_told", 1).build());
    }

    @Test
    void pins_and_pauses_are_marked_and_a_pause_needs_attention() throws Exception {
        server.post("/api/lanes/web/kargo-main/pause", "").mustBe(200);
        JsonObject paused = overview("?window=day");
        assertThat(kinds(paused)).contains("lane_paused");
        JsonObject finding = TestServer.list(paused, "attention").getFirst();
        assertThat(finding.text("text")).isEqualTo("Paused: paused by hand. 0 events wait.");
        assertThat(finding.text("severity")).isEqualTo("high");
        assertThat(finding.text("link")).isEqualTo("overview?pipeline=web&integration=kargo-main");
        server.post("/api/lanes/web/kargo-main/resume", "").mustBe(200);
        assertThat(kinds(overview("?window=month"))).doesNotContain("lane_paused");
        assertThat(TestServer.list(lane(), "marks"))
                .extracting(mark -> mark.text("kind") + ": " + mark.text("text"))
                .startsWith("pinned: revision 1 live", "paused: paused by hand", "resumed: ");
    }

    @Test
    void every_mark_has_a_word() {
        assertThat(Mark.values()).hasSize(6);
    }

    @Test
    void an_unknown_window_is_refused() throws Exception {
        assertThat(server.get("/api/overview?window=weak&x=1")
                        .mustBe(400)
                        .json()
                        .text("detail"))
                .isEqualTo("window is 'weak'; allowed: hour, day, month.; x is not known here; known: window.");
    }

    @Test
    void the_series_of_a_day_are_answered() throws Exception {
        JsonObject series =
                server.get("/api/ledger/series?minutes=1440").mustBe(200).json();
        assertThat(TestServer.list(TestServer.list(series, "lanes").getFirst(), "rows"))
                .hasSize(1440);
        series = server.get("/api/ledger/series?minutes=2&names=false")
                .mustBe(200)
                .json();
        assertThat(series.toString()).contains("\"events\":{}").doesNotContain("order_completed");
        assertThat(server.getCsv("/api/ledger/series?names=false")
                        .mustBe(400)
                        .json()
                        .text("detail"))
                .isEqualTo("names=false goes with JSON only; the lines of a CSV are by name");
        series = server.get("/api/ledger/series?days=31").mustBe(200).json();
        assertThat(TestServer.list(TestServer.list(series, "lanes").getFirst(), "rows"))
                .hasSize(31);
    }
}
