package dev.waybill.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.data.DataDirectory;
import dev.waybill.data.DataDirectoryException;
import dev.waybill.deliver.AddressGuard;
import dev.waybill.deliver.FakeDestination;
import dev.waybill.deliver.FakeDestination.Reply;
import dev.waybill.journal.LaneKey;
import dev.waybill.journal.Snapshot;
import dev.waybill.kit.Integration;
import dev.waybill.lane.Await;
import dev.waybill.lane.LaneTap;
import dev.waybill.lane.LaneView;
import dev.waybill.lane.ReplayFeed;
import dev.waybill.lane.ReplayQuery;
import dev.waybill.lane.TestClock;
import dev.waybill.lane.TestEvents;
import dev.waybill.ledger.LedgerView;
import dev.waybill.log.LogUnavailableException;
import dev.waybill.log.RecentIds;
import dev.waybill.metrics.Metrics;
import dev.waybill.outcome.Reason;
import dev.waybill.workspace.Pipeline;
import dev.waybill.workspace.Pipeline.Mode;
import dev.waybill.workspace.Pipeline.Pin;
import dev.waybill.workspace.Pipeline.StartFrom;
import dev.waybill.workspace.Settings;
import dev.waybill.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Lanes come, change and go with the workspace, and their books always balance.
class LanesTest {
    private static final String WEB = "web";
    private static final String KARGO = "kargo-main";
    private static final StartFrom EARLIEST = new StartFrom.Earliest();

    private final TestClock clock = new TestClock();
    private final FakeDestination destination = FakeDestination.start();
    private Path dir;
    private Store store;
    private PipelineLogs logs;
    private Lanes lanes;

    @BeforeEach
    void open(@TempDir Path dir) throws IOException, DataDirectoryException {
        this.dir = dir;
        reopen();
    }

    private void reopen() throws IOException, DataDirectoryException {
        store = Store.open(DataDirectory.open(dir.resolve("data")), settings(), new Metrics(), clock);
        logs = new PipelineLogs(store);
        lanes = new Lanes(store, logs, new AddressGuard(() -> true), LaneTap.NONE);
        lanes.open();
        RecentIds.load(logs.all(), store.duplicates(), 0);
    }

    private static Settings settings() {
        Settings usual = Settings.DEFAULT;
        return new Settings(
                true,
                null,
                usual.admin(),
                List.of(),
                usual.durability(),
                new Settings.Log(Duration.ofDays(7), null, Settings.Overflow.REFUSE, 0),
                usual.deadLetters(),
                new Settings.Dedup(Duration.ofHours(24), 100_000),
                usual.limits(),
                usual.metrics());
    }

    @AfterEach
    void close() throws IOException {
        destination.close();
        shut();
    }

    private void shut() throws IOException {
        lanes.stop(Duration.ofSeconds(5));
        lanes.close();
        logs.close();
        store.close();
    }

    /// A workspace with one pipeline and those pins.
    private Workspace workspace(Pin... pins) {
        Map<Workspace.RevisionKey, Integration> integrations = new HashMap<>();
        for (Pin pin : pins) {
            integrations.put(
                    new Workspace.RevisionKey(pin.integration(), pin.revision()),
                    TestEvents.kargo(pin.integration(), pin.revision(), destination.url("/events"), ""));
        }
        return new Workspace(settings(), Map.of(WEB, Pipeline.withDefaults(WEB, "wk", List.of(pins))), integrations);
    }

    private static Pin pin(String integration, StartFrom from) {
        return new Pin(integration, 1, true, Mode.LIVE, from);
    }

    private void orders(String prefix, int from, int to) throws LogUnavailableException {
        logs.append(WEB, TestEvents.orders(prefix, from, to, clock.millis()));
    }

    private LaneView view(String integration) {
        return lanes.lane(new LaneKey(WEB, integration)).orElseThrow();
    }

    private LedgerView ledger(String integration) {
        LedgerView row = view(integration).ledger();
        assertThat(row.delivered() + sum(row.filtered()) + sum(row.rejected()) + row.pending())
                .as("%s", row)
                .isEqualTo(row.accepted());
        return row;
    }

    private static long sum(Map<Reason, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private LedgerView await(String integration, Predicate<LedgerView> wished) {
        Await.until(
                () -> wished.test(ledger(integration)),
                () -> ledger(integration).toString());
        return ledger(integration);
    }

    private LedgerView drained(String integration) {
        return await(integration, row -> row.pending() == 0);
    }

    private List<String> received() {
        return destination.received().stream().map(TestEvents::name).toList();
    }

    @Test
    void a_new_lane_starts_where_its_pin_says() throws Exception {
        inForce(workspace());
        orders("old", 0, 5);
        clock.forward(Duration.ofHours(1));
        long later = clock.millis();
        orders("late", 0, 3);
        inForce(workspace(
                pin("from-now", new StartFrom.Now()),
                pin("from-earliest", EARLIEST),
                pin("from-time", new StartFrom.At(later))));
        orders("new", 0, 2);

        assertThat(await("from-now", row -> row.delivered() == 2).accepted()).isEqualTo(2);
        assertThat(await("from-earliest", row -> row.delivered() == 10).accepted())
                .isEqualTo(10);
        assertThat(await("from-time", row -> row.delivered() == 5).accepted()).isEqualTo(5);
    }

    @Test
    void where_a_lane_started_is_not_asked_again_after_a_restart() throws Exception {
        Workspace workspace = workspace(pin(KARGO, new StartFrom.Now()));
        inForce(workspace());
        orders("old", 0, 5);
        inForce(workspace);
        destination.usually(Reply.status(503));
        orders("new", 0, 4);
        Await.until(() -> destination.received().size() >= 4, () -> received().toString());
        shut();
        reopen();
        destination.usually(Reply.status(200));
        inForce(workspace);

        assertThat(drained(KARGO).delivered()).isEqualTo(4);
        assertThat(received()).allMatch(name -> name.startsWith("new"));
    }

    @Test
    void a_removed_lane_ends_what_is_pending_and_counts_no_further() throws Exception {
        destination.usually(Reply.status(503));
        inForce(workspace(pin(KARGO, EARLIEST)));
        orders("web", 0, 20);
        inForce(workspace());
        orders("web", 20, 30);

        LedgerView row = ledger(KARGO);
        assertThat(row.accepted()).isEqualTo(20);
        assertThat(row.filtered()).isEqualTo(Map.of(Reason.LANE_DISABLED, 20L));
        assertThat(row.pending()).isZero();
        assertThat(row.state()).isEqualTo("removed");
        assertThat(lanes.needed(WEB, 30)).isEqualTo(30);
    }

    @Test
    void a_lane_put_back_sends_nothing_of_the_time_it_was_away_and_balances() throws Exception {
        inForce(workspace(pin(KARGO, EARLIEST)));
        orders("web", 0, 10);
        await(KARGO, row -> row.delivered() == 10);
        inForce(workspace());
        // Very many, so that ending them takes the disk a while.
        for (int i = 0; i < 50; i++) {
            orders("away", i * 100, i * 100 + 100);
        }
        inForce(workspace(pin(KARGO, EARLIEST)));
        orders("back", 0, 5);
        LedgerView row = await(KARGO, now -> now.delivered() == 15);

        assertThat(row.accepted()).isEqualTo(5_015);
        assertThat(row.filtered()).isEqualTo(Map.of(Reason.LANE_DISABLED, 5_000L));
        assertThat(row.state()).isEqualTo("running");
        assertThat(received()).noneMatch(name -> name.startsWith("away"));
    }

    @Test
    void a_lane_taken_out_while_no_server_ran_ends_its_pending_at_the_next_start() throws Exception {
        destination.usually(Reply.status(503));
        inForce(workspace(pin(KARGO, EARLIEST)));
        orders("web", 0, 20);
        shut();
        reopen();
        inForce(workspace());

        assertThat(ledger(KARGO).filtered()).isEqualTo(Map.of(Reason.LANE_DISABLED, 20L));
        shut();
        reopen();
        inForce(workspace());
        assertThat(ledger(KARGO).filtered()).isEqualTo(Map.of(Reason.LANE_DISABLED, 20L));
        assertThat(ledger(KARGO).accepted()).isEqualTo(20);
    }

    @Test
    void one_lane_s_pin_does_not_touch_another() throws Exception {
        inForce(workspace(pin(KARGO, EARLIEST), pin("other", EARLIEST)));
        view("other").lane().orElseThrow().pause();
        orders("web", 0, 10);
        await(KARGO, row -> row.delivered() == 10);
        Await.until(
                () -> ledger("other").state().equals("paused"),
                () -> ledger("other").toString());
        inForce(workspace(new Pin(KARGO, 2, true, Mode.LIVE, EARLIEST), pin("other", EARLIEST)));
        orders("web", 10, 20);

        await(KARGO, row -> row.delivered() == 20 && row.revision() == 2);
        assertThat(ledger("other").pending()).isEqualTo(20);
        assertThat(lanes.needed(WEB, 20)).isZero();
    }

    private ReplayFeed replayAll() throws IOException {
        LaneView view = view(KARGO);
        ReplayQuery all = new ReplayQuery(0, Long.MAX_VALUE, null, null, null, true);
        return lanes.replay(
                view,
                "all",
                selected -> all.select(view.journal(), 0, view.log().end(), selected));
    }

    private Snapshot replayed() {
        ReplayFeed feed = lanes.replays().getFirst();
        return feed.journal().snapshot(feed.job().selected());
    }

    @Test
    void a_replay_goes_on_when_its_lane_was_taken_away_and_put_back() throws Exception {
        inForce(workspace(pin(KARGO, EARLIEST)));
        orders("web", 0, 30);
        drained(KARGO);
        destination.usually(request -> Reply.status(TestEvents.number(request) >= 10 ? 503 : 200));
        replayAll();
        Await.until(() -> replayed().delivered() == 10, () -> replayed().toString());
        inForce(workspace());
        destination.usually(Reply.status(200));
        inForce(workspace(pin(KARGO, EARLIEST)));
        Await.until(() -> replayed().pending() == 0, () -> replayed().toString());

        assertThat(replayed().delivered()).isEqualTo(30);
        assertThat(ledger(KARGO).delivered()).isEqualTo(30);
    }

    @Test
    void finished_replays_are_forgotten_when_they_are_old_and_others_never() throws Exception {
        inForce(workspace(pin(KARGO, EARLIEST)));
        orders("web", 0, 10);
        drained(KARGO);
        ReplayFeed finished = replayAll();
        Await.until(() -> replayed().pending() == 0, () -> replayed().toString());
        view(KARGO).lane().orElseThrow().pause();
        clock.forward(Duration.ofMinutes(1));
        ReplayFeed waiting = replayAll();
        lanes.forgetReplays(finished.job().createdAt());
        assertThat(lanes.replays()).containsExactly(waiting, finished);
        lanes.forgetReplays(clock.millis() + 1);

        assertThat(lanes.replays()).containsExactly(waiting);
        assertThat(dir.resolve("data/replays/" + finished.job().id())).doesNotExist();
    }

    @Test
    void a_replay_of_a_removed_lane_is_declined() throws Exception {
        inForce(workspace(pin(KARGO, EARLIEST)));
        inForce(workspace());
        assertThatThrownBy(this::replayAll)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("lane web/kargo-main was removed: put the integration back into the pipeline");
    }

    @Test
    void stopping_keeps_what_is_pending_pending() throws Exception {
        destination.usually(Reply.hang());
        inForce(workspace(pin(KARGO, EARLIEST)));
        orders("web", 0, 100);
        Await.until(
                () -> view(KARGO).status().inFlight() == 64,
                () -> view(KARGO).status().toString());
        long from = System.nanoTime();
        lanes.stop(Duration.ofMillis(500));
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(4));
        assertThat(ledger(KARGO).pending()).isEqualTo(100);
        shut();
        reopen();
        destination.usually(Reply.status(200));
        inForce(workspace(pin(KARGO, EARLIEST)));

        assertThat(drained(KARGO).delivered()).isEqualTo(100);
    }

    private void inForce(Workspace workspace) throws IOException {
        lanes.apply(workspace);
        lanes.removeOthers(workspace);
    }
}
