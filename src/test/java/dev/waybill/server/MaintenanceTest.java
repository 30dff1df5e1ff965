package dev.waybill.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.data.DataDirectory;
import dev.waybill.deliver.AddressGuard;
import dev.waybill.deliver.FakeDestination;
import dev.waybill.identity.Report;
import dev.waybill.identity.Reports;
import dev.waybill.kit.Integration;
import dev.waybill.lane.Await;
import dev.waybill.lane.Lane;
import dev.waybill.lane.LaneStatus.State;
import dev.waybill.lane.LaneTap;
import dev.waybill.lane.TestClock;
import dev.waybill.lane.TestEvents;
import dev.waybill.ledger.LedgerView;
import dev.waybill.metrics.Metrics;
import dev.waybill.suppress.Suppressions.Kind;
import dev.waybill.workspace.Pipeline;
import dev.waybill.workspace.Pipeline.Mode;
import dev.waybill.workspace.Pipeline.Pin;
import dev.waybill.workspace.Pipeline.StartFrom;
import dev.waybill.workspace.Settings;
import dev.waybill.workspace.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is old goes, and nothing that is still needed.
class MaintenanceTest {
    private static final String WEB = "web";
    private static final String NO_LANES = "aside";
    private static final String KARGO = "kargo-main";

    private final TestClock clock = new TestClock();
    private final FakeDestination destination = FakeDestination.start();
    private Store store;
    private PipelineLogs logs;
    private Lanes lanes;
    private Maintenance maintenance;

    @BeforeEach
    void open(@TempDir Path dir) throws Exception {
        store = Store.open(DataDirectory.open(dir), settings(), new Metrics(), clock);
        logs = new PipelineLogs(store);
        lanes = new Lanes(store, logs, new AddressGuard(() -> true), LaneTap.NONE);
        lanes.open();
        maintenance = new Maintenance(store, logs, lanes, () -> {});
        Pin pin = new Pin(KARGO, 1, true, Mode.LIVE, new StartFrom.Earliest());
        Integration integration = TestEvents.kargo(KARGO, 1, destination.url("/events"), "maxEventAge: 30d");
        lanes.apply(new Workspace(
                settings(),
                Map.of(WEB, Pipeline.withDefaults(WEB, "wk", List.of(pin))),
                Map.of(new Workspace.RevisionKey(KARGO, 1), integration)));
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
        lanes.stop(Duration.ofSeconds(5));
        lanes.close();
        logs.close();
        store.close();
    }

    private Lane lane() {
        return lanes.lanes().getFirst().lane().orElseThrow();
    }

    private LedgerView ledger() {
        return lanes.lanes().getFirst().ledger();
    }

    private boolean anyReport(String pipeline) {
        try (Reports.Cursor cursor = logs.reports(pipeline).from(0)) {
            return cursor.next() != null;
        }
    }

    /// What is old is sealed first, by another thread, and dropped the next time.
    private void awaitNoReport(String pipeline) {
        Await.until(
                () -> {
                    tidy();
                    return !anyReport(pipeline);
                },
                () -> "a report is still there");
    }

    private void tidy() {
        try {
            maintenance.tidy();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void report(String pipeline) throws Exception {
        logs.append(pipeline, new Report(clock.millis(), "kargo", "a", TestEvents.PUID, null));
    }

    @Test
    void a_report_is_kept_for_as_long_as_an_event_that_it_may_be_joined_to() throws Exception {
        lane().pause();
        Await.until(
                () -> lane().status().state() == State.PAUSED,
                () -> lane().status().toString());
        report(WEB);
        logs.open(NO_LANES, 0);
        report(NO_LANES);
        logs.append(WEB, List.of(TestEvents.anonymous("web-0", "a", clock.millis())));
        clock.forward(Duration.ofDays(20));
        awaitNoReport(NO_LANES);
        assertThat(anyReport(WEB)).isTrue();
        lane().resume();

        Await.until(() -> ledger().pending() == 0, () -> ledger().toString());
        assertThat(ledger().delivered()).isEqualTo(1);
        awaitNoReport(WEB);
    }

    @Test
    void reports_that_no_event_needs_go_by_age() throws Exception {
        report(WEB);
        clock.forward(Duration.ofDays(6));
        tidy();
        assertThat(anyReport(WEB)).isTrue();
        clock.forward(Duration.ofDays(2));
        awaitNoReport(WEB);
    }

    @Test
    void a_withdrawal_is_kept_while_an_event_from_before_waits_and_for_the_dead_letters_time() throws Exception {
        lane().pause();
        Await.until(
                () -> lane().status().state() == State.PAUSED,
                () -> lane().status().toString());
        logs.append(WEB, List.of(TestEvents.identified("web-0", "a", clock.millis())));
        store.withdrawals().add(WEB, "a", clock.millis());
        for (int day = 0; day < 50; day++) {
            clock.forward(Duration.ofDays(1));
            tidy();
        }
        assertThat(store.withdrawals().last(WEB, "a")).isPresent();
        lane().resume();
        Await.until(() -> ledger().pending() == 0, () -> ledger().toString());
        for (int day = 0; day < 29; day++) {
            clock.forward(Duration.ofDays(1));
            tidy();
        }
        assertThat(store.withdrawals().last(WEB, "a")).isPresent();
        for (int day = 0; day < 5; day++) {
            clock.forward(Duration.ofDays(1));
            tidy();
        }
        assertThat(store.withdrawals().last(WEB, "a")).isEmpty();
    }

    @Test
    void a_withdrawal_that_can_not_be_written_stops_the_intake() {
        store.withdrawals().close();
        Identities identities = new Identities(store, logs);

        assertThatThrownBy(() -> identities.withdraw(WEB, "a", clock.millis())).isInstanceOf(IOException.class);
        assertThat(store.gate().closed())
                .hasValueSatisfying(why ->
                        assertThat(why).startsWith("What a browser told of consent could not be kept (The log "));
    }

    @Test
    void an_opt_out_that_can_not_be_written_stops_the_intake() {
        store.suppressions().close();
        Identities identities = new Identities(store, logs);

        assertThatThrownBy(() -> identities.suppress("a", null)).isInstanceOf(IOException.class);
        assertThat(store.gate().closed()).isPresent();
    }

    @Test
    void a_person_whom_the_api_can_not_suppress_for_sure_stops_the_intake() {
        store.suppressions().close();

        assertThatThrownBy(() -> store.suppressor().suppress(Map.of(Kind.USER_ID, "u-1")))
                .isInstanceOf(IOException.class);
        assertThat(store.gate().closed())
                .hasValueSatisfying(why -> assertThat(why)
                        .startsWith("A person could not be suppressed for sure (The log ")
                        .endsWith("); free some space or mend the disk, restart, and ask again."));
    }

    @Test
    void withdrawals_that_can_not_be_tidied_stop_the_intake() throws Exception {
        store.withdrawals().add(WEB, "a", clock.millis());
        store.withdrawals().close();
        clock.forward(Duration.ofDays(2));

        assertThatThrownBy(() -> maintenance.tidy()).isInstanceOf(IOException.class);
        assertThat(store.gate().closed())
                .hasValueSatisfying(why -> assertThat(why)
                        .startsWith("Which withdrawals of consent are still needed could not be kept (The log ")
                        .endsWith("; free some space or mend the disk, and restart."));
    }

    @Test
    void a_report_is_needed_until_no_event_can_come_that_it_joins_also_while_the_lanes_are_caught_up()
            throws Exception {
        report(WEB);
        long end = logs.open(WEB, 0).end();

        clock.forward(Duration.ofMinutes(14));
        assertThat(logs.keptReports(WEB, end).needed()).isZero();
        clock.forward(Duration.ofMinutes(2));
        assertThat(logs.keptReports(WEB, end).needed()).isEqualTo(1);
    }
}
