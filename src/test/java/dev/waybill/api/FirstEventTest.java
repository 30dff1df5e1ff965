package dev.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.outcome.Reason;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where a pipeline's first event got stuck.
class FirstEventTest {
    private TestServer server;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        server = new TestServer(directory);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private JsonObject check() throws Exception {
        return server.get("/api/lanes/web/kargo-main/first-event?since=2020-01-01")
                .mustBe(200)
                .json();
    }

    @Test
    void nothing_came_and_nothing_was_refused() throws Exception {
        JsonObject answer = check();
        assertThat(answer.text("stage")).isEqualTo("none");
        assertThat(answer.get("messageId")).isEqualTo(Json.Null.INSTANCE);
        assertThat(answer.text("advice")).contains("no request was refused", "POST /v1/…");
    }

    @Test
    void a_wrong_write_key_is_told_as_far_as_it_can_be_known() throws Exception {
        server.post("/v1/track", "{\"event\":\"x\",\"userId\":\"u\",\"writeKey\":\"wk_wbe\"}")
                .mustBe(401);
        JsonObject answer = check();
        assertThat(answer.text("stage")).isEqualTo("none");
        assertThat(answer.text("advice"))
                .contains(
                        "of which pipeline they were meant to be can't be known",
                        "unknown_write_key (1 since the server's start, the last at ",
                        "compare the write key on the page with writeKey in pipelines/web.yaml");
        assertThat(server.get("/api/lanes/web/kargo-main/first-event?since=2999-01-01")
                        .mustBe(200)
                        .json()
                        .text("advice"))
                .contains("no request was refused");
    }

    @Test
    void the_event_that_got_furthest_is_told_with_what_to_do() throws Exception {
        server.track("m-1", "Nobody Maps This", "u-1", "{}");
        server.awaitDrained(1);
        JsonObject filtered = check();
        assertThat(filtered.text("stage")).isEqualTo("filtered");
        assertThat(filtered.text("reason")).isEqualTo("unmapped_event");
        assertThat(filtered.text("advice")).contains("rename it on the page");
        server.track("m-2", "Product Viewed", "u-1", "{\"note\":\"refuse\"}");
        server.track("m-3", "Nobody Maps This", "u-1", "{}");
        server.awaitDrained(3);
        JsonObject rejected = check();
        assertThat(rejected.text("stage")).isEqualTo("rejected");
        assertThat(rejected.text("messageId")).isEqualTo("m-2");
        assertThat(rejected.text("detail")).contains("HTTP 400");
        server.track("m-4", "Product Viewed", "u-1", "{}");
        server.track("m-5", "Product Viewed", "u-1", "{\"note\":\"refuse\"}");
        server.awaitDrained(5);
        JsonObject delivered = check();
        assertThat(delivered.text("stage")).isEqualTo("delivered");
        assertThat(delivered.text("messageId")).isEqualTo("m-4");
    }

    @Test
    void an_event_that_waits_for_an_identifier_is_held_and_one_in_a_paused_lane_is_pending() throws Exception {
        server.send(
                "{\"messageId\":\"m-h\",\"event\":\"Order Completed\",\"anonymousId\":\"a-1\",\"writeKey\":\"wk_web\"}");
        JsonObject held = check();
        assertThat(held.text("stage")).isEqualTo("held");
        assertThat(held.text("advice")).contains("identityWait");
        server.post("/api/lanes/web/kargo-main/pause", "").mustBe(200);
        server.track("m-p", "Order Completed", "u-1", "{}");
        JsonObject pending = check();
        assertThat(pending.text("stage")).isEqualTo("pending");
        assertThat(pending.text("messageId")).isEqualTo("m-p");
        assertThat(pending.text("advice")).startsWith("The lane is paused (");
    }

    @Test
    void a_session_sees_masked_what_the_destination_answered() throws Exception {
        SignedIn.writeUsers(server.data);
        server.track("m-1", "Product Viewed", "user-4711", "{\"note\":\"refuse and echo jane@x.com of user-4711\"}");
        server.awaitDrained(1);
        assertThat(check().text("detail")).startsWith("HTTP 400: not {").contains("lex_id");

        JsonObject shown = SignedIn.as(server, "viewer")
                .get("/api/lanes/web/kargo-main/first-event?since=2020-01-01")
                .json();
        assertThat(shown.text("stage")).isEqualTo("rejected");
        assertThat(shown.text("messageId")).isEqualTo("m-1");
        assertThat(shown.text("advice")).isEqualTo(check().text("advice"));
        assertThat(shown.text("detail"))
                .startsWith("HTTP 400: not {")
                .contains("lex_id")
                .doesNotContain(TestServer.PUID);
    }

    @Test
    void since_is_required() throws Exception {
        assertThat(server.get("/api/lanes/web/kargo-main/first-event")
                        .mustBe(400)
                        .json()
                        .text("detail"))
                .isEqualTo("since is required: the time from which on an event is waited for");
    }

    @Test
    void every_reason_has_an_advice_of_its_own() {
        Set<String> advice = new HashSet<>();
        for (Reason reason : EnumSet.allOf(Reason.class)) {
            advice.add(FirstEventAdvice.of(reason));
        }
        assertThat(advice).hasSize(Reason.values().length);
    }
}
