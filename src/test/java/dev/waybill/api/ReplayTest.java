package dev.waybill.api;

import static dev.waybill.api.TestServer.number;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.cli.DeadLettersCommand;
import dev.waybill.cli.ReplayCommand;
import dev.waybill.cli.SuppressCommand;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Sending again what was rejected, and what was delivered. Positions 0 and 1 were refused, 2 was delivered.
class ReplayTest {
    private static final String LANE = "/api/lanes/web/kargo-main/replay";
    private static final String RANGE = "\"from\":\"2020-01-01\",\"to\":\"2100-01-01\"";
    private TestServer server;

    @BeforeEach
    void two_refused_and_one_delivered(@TempDir Path directory) throws Exception {
        server = new TestServer(directory);
        server.track("m-2", "Order Completed", "u-2", "{\"a\":\"refuse\"}");
        server.track("m-3", "Product Viewed", "u-3", "{\"a\":\"refuse\"}");
        TestServer.await(() -> server.refused.get() == 2);
        // A refusal counts only when the destination is seen to take others, or after a while.
        server.track("m-1", "Order Completed", "u-1", "{}");
        server.awaitDrained(3);
        server.healed = true;
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private JsonObject finished(TestServer.Answer begun) throws Exception {
        String id = begun.json().text("id");
        assertThat(id).isNotNull();
        TestServer.await(() -> {
            try {
                return server.get("/api/replays/" + id).mustBe(200).number("pending") == 0;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        return server.get("/api/replays/" + id).mustBe(200).json();
    }

    @Test
    void dead_letters_of_a_lane_are_sent_again_and_not_twice() throws Exception {
        String all = "{\"pipeline\":\"web\",\"integration\":\"kargo-main\"}";
        assertThat(server.post("/api/dead-letters/replay", "{\"pipeline\":\"web\",\"dryRun\":true}")
                        .mustBe(200)
                        .number("selected"))
                .isEqualTo(2);
        assertThat(server.delivered).hasSize(1);
        TestServer.Answer begun = server.post("/api/dead-letters/replay", all).mustBe(202);
        assertThat(begun.number("selected")).isEqualTo(2);
        JsonObject row = finished(begun);
        assertThat(number(row, "delivered")).isEqualTo(2);
        assertThat(server.delivered).hasSize(3);
        JsonObject inLedger =
                server.get("/api/ledger").mustBe(200).list("replays").getFirst();
        assertThat(number(inLedger, "selected")).isEqualTo(2);
        assertThat(number(inLedger, "rejected")).isZero();
        TestServer.await(() -> selected("{\"pipeline\":\"web\",\"dryRun\":true}") == 0);
        assertThat(selected("{\"pipeline\":\"web\",\"dryRun\":true,\"includeDelivered\":true}"))
                .isEqualTo(2);
    }

    private long selected(String body) {
        try {
            return server.post("/api/dead-letters/replay", body).mustBe(200).number("selected");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void single_dead_letters_are_sent_again_by_id() throws Exception {
        TestServer.Answer begun = server.post("/api/dead-letters/replay", "{\"ids\":[\"web~kargo-main~1\"]}")
                .mustBe(202);
        assertThat(number(finished(begun), "delivered")).isEqualTo(1);
        assertThat(server.delivered.getLast()).contains("product_viewed");
        assertThat(String.valueOf(server.get("/api/dead-letters/web~kargo-main~1")
                        .mustBe(200)
                        .json()
                        .get("replays")))
                .contains("\"outcome\":\"delivered\"");
    }

    @Test
    void an_unknown_id_replays_nothing() throws Exception {
        assertThat(server.post("/api/dead-letters/replay", "{\"ids\":[\"web~kargo-main~1\",\"web~kargo-main~77\"]}")
                        .mustBe(404)
                        .json()
                        .text("detail"))
                .isEqualTo("there is no dead letter of 1 of these ids (web~kargo-main~77); nothing was replayed");
        assertThat(server.get("/api/replays").mustBe(200).list("replays")).isEmpty();
    }

    @Test
    void a_range_is_what_was_not_delivered() throws Exception {
        TestServer.Answer counted =
                server.post(LANE, "{" + RANGE + ",\"dryRun\":true}").mustBe(200);
        assertThat(counted.number("selected")).isEqualTo(2);
        assertThat(counted.json().text("warning")).isNull();
        TestServer.Answer begun = server.post(LANE, "{" + RANGE + ",\"event\":\"product viewed\"}")
                .mustBe(202);
        assertThat(begun.number("selected")).isEqualTo(1);
        assertThat(number(finished(begun), "delivered")).isEqualTo(1);
        assertThat(server.delivered).hasSize(2);
    }

    @Test
    void delivered_events_are_sent_again_only_on_demand_and_with_a_warning() throws Exception {
        TestServer.Answer begun = server.post(
                        LANE, "{" + RANGE + ",\"outcome\":\"delivered\",\"includeDelivered\":true}")
                .mustBe(202);
        assertThat(begun.json().text("warning")).contains("may count them twice");
        assertThat(number(finished(begun), "selected")).isEqualTo(1);
        assertThat(server.delivered).hasSize(2);
    }

    @Test
    void a_suppressed_person_is_not_sent_again() throws Exception {
        assertThat(server.post("/api/suppress", "{\"userId\":\"u-2\",\"puid\":\"x\"}")
                        .mustBe(200)
                        .body())
                .isEqualTo("{\"suppressed\":true}");
        JsonObject row = finished(server.post(LANE, "{" + RANGE + "}").mustBe(202));
        assertThat(number(row, "delivered")).isEqualTo(1);
        assertThat(number(row, "filtered")).isEqualTo(1);
        assertThat(String.valueOf(row.get("reasons"))).isEqualTo("{\"suppressed\":1}");
    }

    @Test
    void after_the_verb_suppress_no_dead_letter_of_that_person_is_sent() throws Exception {
        Said said = command(new SuppressCommand(), "--data", server.data.toString(), "--user-id", "u-2");
        assertThat(said.status()).as(said.err()).isZero();
        assertThat(said.out()).startsWith("Suppressed the userId u-2: no event with it is sent from now on");

        TestServer.Answer begun = server.post("/api/dead-letters/replay", "{\"pipeline\":\"web\"}")
                .mustBe(202);
        JsonObject row = finished(begun);
        assertThat(number(row, "delivered")).isEqualTo(1);
        assertThat(String.valueOf(row.get("reasons"))).isEqualTo("{\"suppressed\":1}");
        server.track("m-4", "Order Completed", "u-2", "{}");
        server.awaitDrained(4);
        assertThat(server.delivered).hasSize(2).last().asString().contains("product_viewed");
    }

    private record Said(int status, String out, String err) {}

    private Said command(Object verb, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = new CommandLine(verb)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Said(status, out.toString(), err.toString());
    }

    @Test
    void the_command_line_replays_a_range_and_says_the_count_first() throws Exception {
        String[] range = {
            "--data",
            server.data.toString(),
            "--pipeline",
            "web",
            "--integration",
            "kargo-main",
            "--from",
            "2020-01-01",
            "--to",
            "2100-01-01"
        };
        Said counted = command(new ReplayCommand(), with(range, "--dry-run", "--include-delivered"));
        assertThat(counted).isEqualTo(new Said(0, "3 events are selected.\n", counted.err()));
        assertThat(counted.err()).contains("may count them twice");
        assertThat(server.get("/api/replays").mustBe(200).list("replays")).isEmpty();
        Said begun = command(new ReplayCommand(), range);
        assertThat(begun.status()).isZero();
        assertThat(begun.out())
                .startsWith("2 events are selected.\nReplay r")
                .endsWith(" of 2 events on lane web/kargo-main has begun.\n");
        TestServer.await(() -> server.delivered.size() == 3);
        Said wrong = command(new ReplayCommand(), with(range, "--reason", "expird"));
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err()).contains("Did you mean 'expired'?");
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.concat(Arrays.stream(arguments), Arrays.stream(more)).toArray(String[]::new);
    }

    @Test
    void the_command_line_lists_shows_and_replays_dead_letters() throws Exception {
        String data = server.data.toString();
        Said listed = command(new DeadLettersCommand(), "list", "--data", data, "--event", "Product Viewed");
        assertThat(listed.status()).isZero();
        assertThat(listed.out().lines())
                .hasSize(2)
                .last()
                .asString()
                .startsWith("web~kargo-main~1 ")
                .contains(" product_viewed ", " refused_by_destination ");
        Said json = command(new DeadLettersCommand(), "list", "--data", data, "--json");
        assertThat(json.out().lines().map(line -> ((JsonObject) JsonText.read(line)).text("messageId")))
                .containsExactly("m-3", "m-2");
        Said shown = command(new DeadLettersCommand(), "show", "--data", data, "web~kargo-main~1");
        assertThat(shown.out()).contains("answer        {\"error\":\"not today\"}");
        assertThat(command(new DeadLettersCommand(), "show", "--data", data, "web~kargo-main~9"))
                .isEqualTo(
                        new Said(
                                1,
                                "",
                                "waybill: there is no dead letter 'web~kargo-main~9'; dead-letters list shows those that are kept.\n"));
        Said replayed = command(new DeadLettersCommand(), "replay", "--data", data, "web~kargo-main~1");
        assertThat(replayed.out()).startsWith("1 event is selected.\nReplay r");
        TestServer.await(() -> server.delivered.size() == 2);
        assertThat(command(new DeadLettersCommand(), "replay", "--data", data).status())
                .isEqualTo(2);
    }
}
