package dev.waybill.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.e2e.TestDestination.Conduct;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a destination may do to us: nothing is lost by it, nothing is rejected that isn't refused for what it is.
@Tag("e2e")
@ExtendWith(Started.Logs.class)
class FaultTest {
    /// The breaker probes at most 30 s apart.
    private static final Duration HEALED = Duration.ofSeconds(50);

    private static final String IMPATIENT = "delivery: {timeout: 1s}";
    private static final AtomicInteger RUN = new AtomicInteger();

    private static SandboxProcess sandbox;
    private static TestDestination own;
    private static TestDestination garbling;
    private static TestDestination unauthorised;
    private static TestDestination refusing;
    private static WaybillProcess server;
    private static TestWorkspace workspace;

    @BeforeAll
    static void start(@TempDir Path directory) {
        sandbox = SandboxProcess.start(directory);
        own = TestDestination.start();
        garbling = TestDestination.start();
        unauthorised = TestDestination.start();
        refusing = TestDestination.start();
        workspace = TestWorkspace.create(directory.resolve("workspace"))
                .lane("sandbox", sandbox.events(), IMPATIENT)
                .lane("pinned", sandbox.events(), IMPATIENT)
                .lane("own", own.url(), IMPATIENT)
                .lane("garbling", garbling.url(), IMPATIENT)
                .lane("unauthorised", unauthorised.url(), IMPATIENT)
                .lane("refusing", refusing.url(), IMPATIENT);
        server = WaybillProcess.start(directory, workspace);
    }

    @AfterAll
    static void stop() {
        List.of(server, sandbox).forEach(Started::close);
        List.of(own, garbling, unauthorised, refusing).forEach(TestDestination::close);
    }

    @AfterEach
    void heal() {
        sandbox.heal();
        sandbox.forget();
        List.of(own, garbling, unauthorised, refusing).forEach(each -> each.does(Conduct.ACCEPT));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"status":503}                           | 100
            {"status":429,"retryAfterSeconds":1}     | 100
            {"hang":true}                            | 100
            {"reset":true}                           | 100
            {"status":500,"share":0.5}               | 0
            """)
    void every_event_is_delivered_after_a_fault_of_the_destination(String fault, int pendingMeanwhile)
            throws InterruptedException {
        sandbox.fault(fault);
        List<String> ids = Orders.send(server, "sandbox", "fault-" + RUN.incrementAndGet(), 100, "");
        // So long does the fault last: over the time that an attempt is given.
        TimeUnit.MILLISECONDS.sleep(2500);
        assertThat(server.lane("sandbox").pending()).isGreaterThanOrEqualTo(pendingMeanwhile);
        sandbox.heal();
        arrive("sandbox", ids);
    }

    @Test
    void every_event_is_delivered_after_answers_that_are_no_http() {
        garbling.does(new Conduct.Garbage());
        List<String> garbled = Orders.send(server, "garbling", "garbage", 60, "");
        pendingAll("garbling", 60);
        garbling.does(new Conduct.Reset());
        List<String> cut = Orders.send(server, "garbling", "reset", 60, "");
        pendingAll("garbling", 120);
        garbling.does(Conduct.ACCEPT);
        Eventually.holds(
                "all arrive",
                HEALED,
                () -> Orders.ids(garbling.accepted()).containsAll(garbled)
                        && Orders.ids(garbling.accepted()).containsAll(cut));
        Eventually.holds("none pending", HEALED, () -> server.lane("garbling").pending() == 0);
        assertNothingRejected("garbling");
    }

    @Test
    void every_event_is_delivered_after_an_outage_that_outlasts_the_breaker() {
        sandbox.fault("{\"status\":503}");
        List<String> before = Orders.send(server, "sandbox", "outage-before", 100, "");
        Eventually.value(
                "probes fail over six seconds",
                Duration.ofSeconds(60),
                FaultTest::failingFor,
                lasted -> lasted.compareTo(Duration.ofSeconds(6)) > 0);
        List<String> during = Orders.send(server, "sandbox", "outage-during", 400, "");
        assertThat(server.lane("sandbox").pending()).isEqualTo(500);
        sandbox.heal();
        arrive("sandbox", before);
        arrive("sandbox", during);
    }

    /// From the first refused request that the sandbox holds to the last.
    private static Duration failingFor() {
        List<Instant> failures = sandbox.received().stream()
                .filter(each -> each.status() == 503)
                .map(each -> Instant.parse(each.at()))
                .toList();
        return failures.isEmpty() ? Duration.ZERO : Duration.between(failures.getLast(), failures.getFirst());
    }

    @Test
    void exactly_the_refused_events_become_dead_letters_and_a_replay_sends_them() {
        long rejectedBefore = server.lane("own").rejected();
        own.decides(body -> refuses(body) ? new Conduct.Answer(400, "{\"errors\":[\"no\"]}") : Conduct.ACCEPT);
        List<String> good = Orders.send(server, "own", "good", 40, "\"refuse\":false");
        List<String> bad = Orders.send(server, "own", "bad", 7, "\"refuse\":true");
        Eventually.holds("all decided", HEALED, () -> server.lane("own").pending() == 0);
        assertThat(Orders.ids(own.accepted())).containsAll(good).doesNotContainAnyElementsOf(bad);
        assertThat(server.lane("own").rejected() - rejectedBefore).isEqualTo(7);
        String letters = server.api("GET", "/api/dead-letters?pipeline=own&limit=100", "")
                .ok()
                .body();
        assertThat(Pattern.compile("\"messageId\":\"([^\"]+)\"")
                        .matcher(letters)
                        .results()
                        .map(found -> found.group(1)))
                .as(letters)
                .containsExactlyInAnyOrderElementsOf(bad);

        own.does(Conduct.ACCEPT);
        server.api("POST", "/api/dead-letters/replay", "{\"pipeline\":\"own\",\"integration\":\"own\"}")
                .ok();
        Eventually.holds(
                "the replay delivers", HEALED, () -> Orders.ids(own.accepted()).containsAll(bad));
        assertThat(Orders.ids(own.accepted())).doesNotHaveDuplicates();
        assertThat(server.lane("own").balances()).isTrue();
    }

    private static boolean refuses(JsonObject body) {
        JsonObject params = body.object("params");
        return params != null && params.get("refuse") == Json.Bool.TRUE;
    }

    @Test
    void a_destination_that_lets_nobody_in_pauses_the_lane_and_everything_is_kept() {
        pausesAndKeeps("unauthorised", unauthorised, new Conduct.Answer(401, "{}"), 60);
    }

    @Test
    void a_destination_that_refuses_everything_alike_pauses_the_lane_and_everything_is_kept() {
        pausesAndKeeps("refusing", refusing, new Conduct.Answer(400, "{\"errors\":[\"no partner\"]}"), 120);
    }

    private static void pausesAndKeeps(String lane, TestDestination destination, Conduct wrong, int events) {
        destination.does(wrong);
        List<String> ids = Orders.send(server, lane, lane, events, "");
        Lane paused = Eventually.value(
                "the lane pauses",
                HEALED,
                () -> server.lane(lane),
                each -> each.state().equals("paused"));
        assertThat(paused.pending()).as("%s", paused).isEqualTo(events);
        assertThat(paused.rejected()).as("%s", paused).isZero();
        destination.does(Conduct.ACCEPT);
        server.api("POST", "/api/lanes/" + lane + "/" + lane + "/resume", "").ok();
        Eventually.holds(
                "all arrive", HEALED, () -> Orders.ids(destination.accepted()).containsAll(ids));
        Eventually.holds("none pending", HEALED, () -> server.lane(lane).pending() == 0);
        assertNothingRejected(lane);
        assertThat(Orders.ids(destination.accepted())).doesNotHaveDuplicates();
    }

    @Test
    void a_new_pin_in_an_outage_reaches_the_waiting_events() {
        sandbox.fault("{\"status\":503}");
        List<String> ids = Orders.send(server, "pinned", "pinned", 50, "");
        pendingAll("pinned", 50);
        workspace
                .integration("pinned", 2, "p-second", sandbox.events(), IMPATIENT)
                .pipeline("pinned", "pinned", 2);
        Eventually.holds(
                "the new pin is taken",
                Duration.ofSeconds(5),
                () -> server.api("GET", "/api/ledger", "").ok().body().contains("\"revision\":2"));
        sandbox.heal();
        arrive("pinned", ids);
        assertThat(sandbox.accepted().stream().filter(body -> ids.contains(Orders.id(body))))
                .allSatisfy(body -> assertThat(body.text("partner_id")).isEqualTo("p-second"));
    }

    private static void pendingAll(String lane, long events) {
        Eventually.value(
                "all of them pending",
                Duration.ofSeconds(10),
                () -> server.lane(lane).pending(),
                pending -> pending == events);
    }

    private static void arrive(String lane, List<String> ids) {
        Eventually.holds(
                "all arrive", HEALED, () -> Orders.ids(sandbox.accepted()).containsAll(ids));
        Eventually.holds("none pending", HEALED, () -> server.lane(lane).pending() == 0);
        assertNothingRejected(lane);
    }

    private static void assertNothingRejected(String lane) {
        assertThat(server.lane(lane))
                .matches(each -> each.rejected() == 0, "nothing is rejected")
                .matches(Lane::balances, "the ledger balances");
    }
}
