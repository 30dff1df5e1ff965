package dev.waybill.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.dedup.DedupIndex;
import dev.waybill.event.EventType;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.log.FileLog;
import dev.waybill.log.IntakeGate;
import dev.waybill.log.LogRecord;
import dev.waybill.log.RecordHeader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// `test`, `capture` and `compare` as somebody types them.
class FixtureVerbsTest {
    private static final String PUID = "0b8e7c1e-5d2f-4a3b-9c1d-2e3f4a5b6c7d";
    private static final String CONTEXT = "\"context\":{\"providers\":{\"kargo\":{\"puid\":\"" + PUID + "\"}}}";
    private static final String ORDER =
            "{\"type\":\"track\",\"event\":\"Order Completed\",\"properties\":{\"total\":30}," + CONTEXT + "}";

    @TempDir
    Path dir;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void one_lane() throws IOException {
        write("pipelines/web.yaml", "writeKey: wk\nintegrations: [{integration: a, revision: 1}]\n");
        write("integrations/a/1.yaml", revision(""));
    }

    private static String revision(String rest) {
        return "kit: kargo\nparameters: {PARTNER_ID: p-1, ENDPOINT: https://kargo.example/events}\n" + rest;
    }

    private Path write(String path, String text) throws IOException {
        Path file = dir.resolve("ws").resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private String read(String path) throws IOException {
        return Files.readString(dir.resolve("ws").resolve(path));
    }

    private int run(Object command, String... options) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((failure, _, _) -> {
                    err.append(failure.getMessage());
                    return 3;
                })
                .execute(options);
    }

    private int test(String... options) {
        String[] all = new String[options.length + 2];
        all[0] = "--workspace";
        all[1] = dir.resolve("ws").toString();
        System.arraycopy(options, 0, all, 2, options.length);
        return run(new TestCommand(), all);
    }

    @Test
    void fixtures_that_hold_pass_and_one_that_differs_is_shown_with_its_difference() throws IOException {
        write("tests/order/event.json", ORDER);
        write("tests/order/expected.json", "{\"outcome\":\"deliver\",\"event\":\"order_completed\"}");
        write("tests/invalid/event.json", "{\"type\":\"track\"}");
        write("tests/invalid/expected.json", "{\"outcome\":\"invalid\",\"reason\":\"missing_field\"}");
        write("tests/total/event.json", ORDER);
        write(
                "tests/total/expected.json",
                "{\"request\":{\"body\":{\"partner_id\":\"p-1\",\"event\":\"order_completed\","
                        + "\"params\":{\"total\":31,\"lex_id\":\"" + PUID + "\"}}}}");

        assertThat(test()).isEqualTo(1);

        assertThat(out.toString()).isEqualTo("""
                        tests/total differs
                          event 1 in web/a
                            request.body.params.total
                              - 31
                              + 30
                        3 fixtures: 2 passed, 1 differs
                        """.replace("\n", System.lineSeparator()));
        assertThat(test("--only", "order", "--only", "invalid")).isZero();
        assertThat(out.toString()).isEqualTo("2 fixtures: 2 passed" + System.lineSeparator());
    }

    @Test
    void everything_that_is_wrong_with_fixtures_is_told_at_once() throws IOException {
        write("tests/README.md", "not a fixture");
        write("tests/.git/x", "hidden");
        write("tests/a/event.json", "{\"type\":\"page\"");
        write("tests/b/event.json", "[]");
        write("tests/b/expected.json", "{}");
        write("tests/c/expected.json", "{\"outcome\":\"deliver\"}");
        write("tests/d/event.json", ORDER);
        write("tests/d/expected.json", "{\"outcome\":\"deliver\",\"evnt\":\"x\"}");

        assertThat(test()).isEqualTo(1);

        assertThat(out.toString())
                .contains("tests/a/event.json: not JSON: line 1, column")
                .contains("tests/a: there is no expected.json; write what must become of the event")
                .contains("tests/b/event.json: holds no event")
                .contains("tests/c: there is no event.json; write one event, or an array of events")
                .contains("tests/d/expected.json: names \"evnt\", which no line has;")
                .contains("Did you mean 'event'?")
                .endsWith("4 fixtures: 0 passed, 4 can't be run" + System.lineSeparator());
    }

    @Test
    void no_fixtures_at_all_wrong_names_and_a_broken_workspace_are_told() throws IOException {
        assertThat(test()).isEqualTo(1);
        assertThat(err.toString()).contains("there are no fixtures in", "event.json and expected.json");

        write("tests/order/event.json", ORDER);
        assertThat(test("--only", "ordr")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no fixture 'ordr'; known: order. Did you mean 'order'?");
        assertThat(test("--integration", "b")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no integration 'b'; known: a.");
        assertThat(test("--pipeline", "weeb")).isEqualTo(2);
        assertThat(err.toString()).contains("Did you mean 'web'?");

        write("integrations/a/1.yaml", "kit: kargoo\n");
        assertThat(test()).isEqualTo(1);
        assertThat(out.toString()).contains("integrations/a/1.yaml:1: kit: there is no kit 'kargoo'");
        assertThat(run(new TestCommand(), "--workspace", dir.resolve("nowhere").toString()))
                .isEqualTo(3);
        assertThat(err.toString()).contains("there is no directory");
    }

    @Test
    void update_writes_what_comes_and_then_everything_holds_also_with_another_revision_pinned() throws IOException {
        write("tests/new/event.json", ORDER);
        write("tests/old/event.json", ORDER);
        write("tests/old/expected.json", "{\"outcome\":\"filtered\"}");
        write("tests/right/event.json", ORDER);
        write("tests/right/expected.json", "{\"outcome\":\"deliver\"}");

        assertThat(test("--update")).isZero();

        assertThat(out.toString())
                .contains("wrote tests/new/expected.json", "wrote tests/old/expected.json")
                .doesNotContain("right")
                .endsWith("3 fixtures: 1 passed, 1 updated, 1 created" + System.lineSeparator());
        assertThat(read("tests/old/expected.json"))
                .startsWith(
                        "{\n  \"outcome\": \"deliver\",\n  \"integration\": \"a\",\n  \"event\": \"order_completed\",\n")
                .endsWith("\n}\n")
                .doesNotContain("revision");
        assertThat(read("tests/right/expected.json")).isEqualTo("{\"outcome\":\"deliver\"}");
        write("integrations/a/2.yaml", revision(""));
        write("pipelines/web.yaml", "writeKey: wk\nintegrations: [{integration: a, revision: 2}]\n");
        assertThat(test()).isZero();
    }

    @Test
    void several_lanes_and_events_come_by_event_then_by_lane() throws IOException {
        write("integrations/b/1.yaml", revision(""));
        write("pipelines/app.yaml", "writeKey: wk_app\nintegrations: [{integration: b, revision: 1, mode: shadow}]\n");
        write("tests/both/event.json", "[" + ORDER + ",{\"type\":\"page\"}]");
        write(
                "tests/both/expected.json",
                "[{\"reason\":\"shadow\"},{\"event\":\"order_completed\"},{\"reason\":\"missing_identity\"},"
                        + "{\"reason\":\"missing_identity\"}]");
        write("tests/one/event.json", ORDER);
        write("tests/one/expected.json", "{\"outcome\":\"deliver\"}");

        assertThat(test()).isEqualTo(1);
        assertThat(out.toString())
                .contains("tests/one differs", "1 entry, but 2 lines come: event 1 in app/b, event 1 in web/a;")
                .endsWith("2 fixtures: 1 passed, 1 differs" + System.lineSeparator());

        write("tests/one/expected.json", "{\"pipeline\":\"web\",\"outcome\":\"deliver\"}");
        assertThat(test()).isZero();
        assertThat(test("--pipeline", "app")).isZero();
        assertThat(out.toString()).isEqualTo("2 fixtures: 1 passed, 1 skipped" + System.lineSeparator());
    }

    @Test
    void now_is_when_the_event_was_received_so_that_results_never_age() throws IOException {
        String old = ORDER.replace(
                "{\"type\"",
                "{\"receivedAt\":\"2020-01-05T00:00:00Z\",\"originalTimestamp\":\"2020-01-01T00:00:00Z\",\"sentAt\":"
                        + "\"2020-01-0%d\",\"type\"");
        write("tests/expired/event.json", old.formatted(4).replace("2020-01-04", "2020-01-04T00:00:01Z"));
        write(
                "tests/expired/expected.json",
                "{\"outcome\":\"rejected\",\"reason\":\"expired\",\"detail\":\"72 h old, 72 h allowed\"}");
        write("tests/young/event.json", old.formatted(3).replace("2020-01-03", "2020-01-03T00:00:00Z"));
        write("tests/young/expected.json", "{\"outcome\":\"deliver\"}");

        assertThat(test()).as(out.toString()).isZero();
    }

    @Test
    void the_text_of_hostile_events_steers_no_terminal_and_the_report_is_written() throws IOException {
        write("tests/hostile/event.json", ORDER.replace("30", "\"\\u001b[2J\\u009b31m\\u202e\""));
        write("tests/hostile/expected.json", "{\"request\":{\"body\":{}}}");
        Path report = dir.resolve("report.xml");

        assertThat(test("--junit", report.toString(), "--no-color")).isEqualTo(1);

        assertThat(out.toString()).doesNotContain("\u001b", "\u009b", "\u202e").contains("[2J?31m?");
        assertThat(Files.readString(report))
                .contains("<testsuite name=\"waybill test\" tests=\"1\" failures=\"1\"", "name=\"hostile\"");
        assertThat(test("--junit", dir.resolve("nowhere/report.xml").toString()))
                .isEqualTo(3);
        assertThat(err.toString()).contains("can't be written", "--junit");
    }

    /// A server's data directory, its log still open.
    private FileLog recorded(String... events) throws Exception {
        FileLog log = FileLog.open(
                new FileLog.Options("web", dir.resolve("data/log/web/0"), 4096, false, 0, () -> {}),
                new IntakeGate(0, () -> 0, InstantSource.system()),
                new DedupIndex(Duration.ofDays(1), 1000));
        for (String event : events) {
            JsonObject json = (JsonObject) JsonText.read(event);
            EventType type = EventType.of(String.valueOf(json.text("type"))).orElseThrow();
            String id = "m-" + log.end();
            RecordHeader header =
                    new RecordHeader(type, id, id, false, Map.of(), "{\"app\":{\"name\":\"shop\"}}", null, null);
            log.append(List.of(new LogRecord(1_800_000_000_000L + log.end(), header, event.getBytes(UTF_8))));
        }
        return log;
    }

    private int capture(String... options) {
        String[] all = new String[options.length + 4];
        all[0] = "--workspace";
        all[1] = dir.resolve("ws").toString();
        all[2] = "--data";
        all[3] = dir.resolve("data").toString();
        System.arraycopy(options, 0, all, 4, options.length);
        return run(new CaptureCommand(), all);
    }

    @Test
    void a_captured_event_is_a_fixture_that_holds_and_says_nothing_of_the_person() throws Exception {
        try (FileLog log = recorded(
                ORDER.replace("30", "1"),
                ORDER.replace("\"total\":30", "\"total\":30.10,\"email\":\"jane@acme.io\"")
                        .replace("{\"type\"", "{\"userId\":\"jane-doe-77\",\"type\""),
                "{\"type\":\"page\"}")) {
            assertThat(log.end()).isEqualTo(3);

            assertThat(capture("--event", "order-completed")).as(err.toString()).isZero();
        }

        assertThat(out.toString())
                .isEqualTo("wrote tests/order_completed/event.json and expected.json: web/a deliver"
                        + System.lineSeparator());
        String event = read("tests/order_completed/event.json");
        assertThat(event + read("tests/order_completed/expected.json")).doesNotContain(PUID, "jane", "acme");
        JsonObject json = (JsonObject) JsonText.read(event);
        assertThat(json.text("messageId")).isEqualTo("m-1");
        assertThat(json.text("receivedAt")).isEqualTo("2027-01-15T08:00:00.001Z");
        assertThat(event).contains("\"total\": 30.10", "\"name\": \"shop\"");
        assertThat(test()).isZero();
    }

    @Test
    void several_are_captured_newest_first_and_nothing_is_overwritten_unasked() throws Exception {
        recorded(ORDER, ORDER, ORDER).close();

        assertThat(capture("--event", "order_completed", "--count", "2", "--name", "o", "--show-identifiers"))
                .isZero();
        assertThat(read("tests/o-1/event.json")).contains("\"m-2\"", PUID);
        assertThat(read("tests/o-2/event.json")).contains("\"m-1\"");

        assertThat(capture("--event", "order_completed", "--name", "o-1")).isEqualTo(2);
        assertThat(err.toString()).contains("a fixture is already there in", "o-1; choose another --name");
        assertThat(capture("--event", "order_completed", "--name", "o-1", "--force"))
                .isZero();
        assertThat(read("tests/o-1/event.json")).doesNotContain(PUID);
        assertThat(capture("--event", "order_completed", "--name", "../out")).isEqualTo(2);
        assertThat(capture("--event", "order_completed", "--count", "0")).isEqualTo(2);
    }

    @Test
    void an_event_that_is_not_there_and_a_directory_without_events_are_told() throws Exception {
        assertThat(capture("--event", "page")).isEqualTo(3);
        recorded(ORDER).close();

        assertThat(capture("--event", "order completd")).isEqualTo(1);
        assertThat(err.toString())
                .contains("no event 'order_completd' among the 1 recorded; there are: order_completed. Did you mean"
                        + " 'order_completed'?");
        assertThat(capture("--event", "page", "--pipeline", "app")).isEqualTo(3);
        assertThat(err.toString()).contains("holds no events of a pipeline 'app'; it holds those of: web.");
    }

    private int compare(String stdin, String... options) {
        String[] all = new String[options.length + 8];
        List<String> usual =
                List.of("--workspace", dir.resolve("ws").toString(), "--integration", "a", "--from", "1", "--to", "2");
        for (int i = 0; i < all.length; i++) {
            all[i] = i < 8 ? usual.get(i) : options[i - 8];
        }
        return run(new CompareCommand(new ByteArrayInputStream(stdin.getBytes(UTF_8))), all);
    }

    @Test
    void compare_tells_what_another_revision_would_change() throws Exception {
        write("integrations/a/2.yaml", revision("""
                playbook:
                  global: {filters: [{name: no-tests, deny: 'event.properties.test == true'}]}
                  events: {order_completed: {mappings: [{output: params.value, input: properties.total}]}}
                """));
        String test = ORDER.replace("\"total\":30", "\"test\":true")
                .replace("{\"type\"", "{\"messageId\":\"\\u001bm\",\"type\"");
        String events = ORDER + "\n\n" + test + "\nnot json\n{\"type\":\"page\"}\n";

        assertThat(compare(events, "--events", "-")).as(err.toString()).isZero();

        assertThat(out.toString()).isEqualTo("""
                        a, revision 1 → 2, in pipeline web: 3 events
                          2 changed, 1 unchanged
                          1 event could not be read or is no valid event; not compared

                        Outcomes
                               1  order_completed: deliver → filtered: rule
                                  ?m now: no-tests

                        Keys
                               1  order_completed: body.params.value added
                                  line-1 (absent) → 30
                        """.replace("\n", System.lineSeparator()));
        assertThat(compare(events, "--events", "-", "--json", "--fail-on-change"))
                .isEqualTo(1);
        JsonObject json = (JsonObject) JsonText.read(out.toString());
        assertThat(json.get("changed")).isEqualTo(Json.of(2));
        assertThat(json.get("unreadable")).isEqualTo(Json.of(1));
    }

    @Test
    void compare_reads_the_last_events_of_a_data_directory_beside_its_server() throws Exception {
        write("integrations/a/2.yaml", revision("playbook: {default: {unmapped: pass}}\n"));
        String unmapped = ORDER.replace("Order Completed", "Signed Up");
        try (FileLog log = recorded(unmapped, ORDER, unmapped)) {
            assertThat(log.end()).isEqualTo(3);

            assertThat(compare("", "--data", dir.resolve("data").toString()))
                    .as(err.toString())
                    .isZero();
            assertThat(out.toString())
                    .contains("3 events", "2 changed, 1 unchanged", "2  signed_up: filtered: unmapped_event → deliver");
            assertThat(compare("", "--data", dir.resolve("data").toString(), "--last", "2", "--examples", "0"))
                    .isZero();
            assertThat(out.toString())
                    .contains("2 events", "1 changed, 1 unchanged")
                    .doesNotContain("m-2");
        }
    }

    @Test
    void compare_refuses_wrong_use_and_names_what_is_there() throws IOException {
        assertThat(compare("", "--events", "-")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no integrations/a/2.yaml; revisions: a/1");
        write("integrations/a/2.yaml", revision(""));
        assertThat(compare("")).isEqualTo(2);
        assertThat(err.toString()).contains("give either --events FILE or --data DIR");
        assertThat(compare("", "--events", dir.resolve("nowhere").toString())).isEqualTo(3);
        assertThat(compare("", "--data", dir.toString(), "--last", "0")).isEqualTo(2);
        assertThat(compare("", "--events", "-", "--fail-on-change"))
                .as("nothing changes")
                .isZero();
    }
}
