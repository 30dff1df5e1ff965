package dev.waybill.alert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.attention.Ending;
import dev.waybill.attention.Finding;
import dev.waybill.attention.Findings;
import dev.waybill.attention.Kind;
import dev.waybill.attention.Subject;
import dev.waybill.deliver.AddressGuard;
import dev.waybill.journal.LaneKey;
import dev.waybill.metrics.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With a receiver that really listens, and a clock that the test puts forward.
class AlertsTest {
    private static final String SECRET = "whs_sixteen-or-more";
    private static final long MINUTE = 60_000;

    @TempDir
    Path data;

    private final List<Finding> found = new ArrayList<>();
    private final Map<Subject, Ending> endings = new HashMap<>();
    private Set<Subject> asked = Set.of();
    private long now = Instant.parse("2026-11-23T12:00:00Z").toEpochMilli();
    private boolean allowPrivate = true;
    private Metrics metrics = new Metrics();
    private Receiver receiver;
    private Alerts alerts;

    @BeforeEach
    void open() throws IOException {
        receiver = new Receiver();
        alerts = start();
        alerts.change(new AlertSettings(receiver.url(), SECRET, true, EnumSet.allOf(Kind.class)));
    }

    @AfterEach
    void close() {
        alerts.close();
        receiver.close();
    }

    private Alerts start() {
        return new Alerts(
                data,
                open -> {
                    asked = open;
                    return new Findings(found, Set.of(), endings);
                },
                new AddressGuard(() -> allowPrivate),
                metrics,
                () -> Instant.ofEpochMilli(now));
    }

    private void restart() {
        alerts.close();
        alerts = start();
    }

    private static Finding paused(String integration) {
        return new Finding(
                new Subject(Kind.LANE_PAUSED, new LaneKey("web", integration)), "Paused: by hand.", "overview");
    }

    private void during(long millis) {
        for (long end = now + millis; now < end; now += 15_000) {
            alerts.turn();
        }
    }

    private String sent(String result) {
        return new String(metrics.text(), UTF_8)
                .lines()
                .filter(line -> line.startsWith("waybill_alerts_sent_total{result=\"" + result + "\"}"))
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .findFirst()
                .orElse("none");
    }

    @Test
    void a_message_says_what_is_the_case_and_what_to_do_for_people_and_machines() {
        found.add(paused("kargo-main"));
        during(10 * MINUTE);
        assertThat(receiver.got).hasSize(1);
        Receiver.Got got = receiver.got.getFirst();
        assertThat(got.contentType()).isEqualTo("application/json");
        assertThat(got.text())
                .isEqualTo("*lane_paused* in web/kargo-main (high): Paused: by hand.\nWhat to do: "
                        + Kind.LANE_PAUSED.advice());
        assertThat(got.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.text("kind")).isEqualTo("lane_paused");
            assertThat(alert.text("state")).isEqualTo("firing");
            assertThat(alert.text("pipeline")).isEqualTo("web");
            assertThat(alert.text("integration")).isEqualTo("kargo-main");
            assertThat(alert.text("since")).isEqualTo("2026-11-23T12:00:00Z");
        });
        found.clear();
        during(10 * MINUTE);
        assertThat(receiver.got).hasSize(2);
        assertThat(receiver.got.getLast().text())
                .isEqualTo("*Recovered: lane_paused* in web/kargo-main: the lane is no longer paused.");
        assertThat(receiver.got.getLast().alerts().getFirst().text("state")).isEqualTo("recovered");
        assertThat(sent("sent")).isEqualTo("2.0");
    }

    private static Finding quiet(String event) {
        return new Finding(
                new Subject(Kind.EXPECTED_EVENT_QUIET, new LaneKey("web", "kargo-main"), event),
                event + " has not come.",
                "events",
                "Look for it.");
    }

    @Test
    void an_event_is_told_while_another_is_open_and_each_ends_by_itself() {
        found.add(quiet("product_clicked"));
        during(10 * MINUTE);
        found.add(quiet("order_completed"));
        during(10 * MINUTE);
        assertThat(receiver.got).hasSize(2);
        assertThat(receiver.got.getLast().text())
                .isEqualTo("*expected_event_quiet* in web/kargo-main (medium): order_completed has not come.\n"
                        + "What to do: Look for it.");
        assertThat(receiver.got.getLast().alerts().getFirst().text("about")).isEqualTo("order_completed");

        restart();
        during(MINUTE);
        assertThat(asked)
                .as("a restart asks for each on")
                .containsExactlyInAnyOrder(
                        quiet("product_clicked").subject(),
                        quiet("order_completed").subject());
        found.removeFirst();
        endings.put(quiet("product_clicked").subject(), new Ending(true, "product_clicked <comes> again"));
        during(10 * MINUTE);
        assertThat(receiver.got).hasSize(3);
        assertThat(receiver.got.getLast().text())
                .isEqualTo("*Recovered: expected_event_quiet* in web/kargo-main: product_clicked &lt;comes&gt; again.");
        assertThat(receiver.got.getLast().alerts().getFirst().text("text")).isEqualTo("product_clicked <comes> again");
    }

    @Test
    void what_ends_without_a_recovery_is_not_told_as_one() {
        found.add(paused("kargo-main"));
        during(10 * MINUTE);
        found.clear();
        Subject subject = paused("kargo-main").subject();
        endings.put(subject, new Ending(false, "the lane was switched off"));
        during(MINUTE);
        endings.clear();
        receiver.status = 500;
        during(10 * MINUTE);
        receiver.status = 200;
        restart();
        during(20 * MINUTE);
        assertThat(receiver.got.getLast().text())
                .isEqualTo("*Over: lane_paused* in web/kargo-main: the lane was switched off.");
        assertThat(receiver.got.getLast().alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.text("state")).isEqualTo("over");
            assertThat(alert.text("text")).isEqualTo("the lane was switched off");
            assertThat(alert.text("about")).isNull();
        });
    }

    @Test
    void a_signature_proves_time_and_body() {
        found.add(paused("kargo-main"));
        during(3 * MINUTE);
        Receiver.Got got = receiver.got.getFirst();
        long seconds = Instant.parse("2026-11-23T12:01:00Z").getEpochSecond();
        assertThat(got.signature()).isEqualTo(Signature.of(SECRET, seconds, got.body()));
        assertThat(got.signature()).startsWith("t=" + seconds + ",v1=").hasSize(2 + 10 + 4 + 64);
    }

    @Test
    void at_most_one_message_a_minute_goes_out_and_the_rest_is_summed_up() {
        found.add(paused("a"));
        during(MINUTE + 15_000);
        assertThat(receiver.got).hasSize(1);
        for (int i = 0; i < 30; i++) {
            found.add(paused("more-" + i));
            during(15_000);
        }
        during(5 * MINUTE);
        assertThat(receiver.got.size()).isBetween(7, 10);
        assertThat(receiver.got.stream().mapToInt(got -> got.alerts().size()).sum())
                .isEqualTo(31);
        assertThat(receiver.got.get(2).text()).startsWith("*Waybill: 4 things to know*\n*lane_paused* in web/more-");
    }

    @Test
    void very_many_are_one_message_of_a_bounded_length() {
        for (int i = 0; i < 500; i++) {
            found.add(paused("lane-" + i));
        }
        during(10 * MINUTE);
        assertThat(receiver.got).hasSize(1);
        assertThat(receiver.got.getFirst().alerts()).hasSize(500);
        assertThat(receiver.got.getFirst().text()).endsWith("… and 490 more; the overview shows them all.");
    }

    @Test
    void a_receiver_that_fails_is_tried_again_with_growing_distances_and_hears_everything_once() {
        receiver.status = 500;
        found.add(paused("kargo-main"));
        during(60 * MINUTE);
        assertThat(receiver.got.size()).isBetween(7, 12);
        assertThat(receiver.got.stream().map(Receiver.Got::id).distinct()).hasSize(1);
        assertThat(sent("failed")).isNotEqualTo("none");
        assertThat(alerts.last()).hasValueSatisfying(last -> {
            assertThat(last.result()).isEqualTo("failed");
            assertThat(last.detail()).isEqualTo("HTTP 500");
        });
        receiver.status = 200;
        receiver.got.clear();
        during(60 * MINUTE);
        assertThat(receiver.got).hasSize(1);
    }

    @Test
    void what_ended_before_anybody_could_be_told_is_not_told() {
        receiver.status = 404;
        receiver.answer = "no_service";
        found.add(paused("kargo-main"));
        during(5 * MINUTE);
        found.clear();
        during(10 * MINUTE);
        receiver.status = 200;
        receiver.got.clear();
        during(60 * MINUTE);
        assertThat(receiver.got).isEmpty();
        assertThat(sent("refused")).isNotEqualTo("none");
    }

    @Test
    void a_restart_repeats_nothing_and_tells_of_the_recovery() {
        found.add(paused("kargo-main"));
        during(5 * MINUTE);
        restart();
        during(60 * MINUTE);
        assertThat(receiver.got).hasSize(1);
        restart();
        found.clear();
        during(10 * MINUTE);
        assertThat(receiver.got).hasSize(2);
        restart();
        during(60 * MINUTE);
        assertThat(receiver.got).hasSize(2);
    }

    @Test
    void a_restart_does_not_shorten_the_minute_between_two_messages() {
        found.add(paused("a"));
        during(MINUTE + 15_000);
        found.add(paused("b"));
        found.add(paused("c"));
        restart();
        alerts.turn();
        now += 15_000;
        alerts.turn();
        assertThat(receiver.got).hasSize(1);
    }

    @Test
    void what_was_due_while_alerts_were_off_is_told_when_they_are_on() throws IOException {
        alerts.change(new AlertSettings(receiver.url(), SECRET, false, EnumSet.allOf(Kind.class)));
        found.add(paused("kargo-main"));
        during(10 * MINUTE);
        assertThat(receiver.got).isEmpty();
        assertThat(alerts.open()).hasSize(1);
        alerts.change(new AlertSettings(receiver.url(), SECRET, true, EnumSet.allOf(Kind.class)));
        during(15_000);
        assertThat(receiver.got).hasSize(1);
    }

    @Test
    void addresses_that_are_not_public_are_not_sent_to() throws IOException {
        allowPrivate = false;
        Alerts.Tested tested = alerts.test();
        assertThat(tested.sent()).isFalse();
        assertThat(tested.detail())
                .contains("127.0.0.1", "only public addresses are sent to")
                .doesNotContain("hush");
        assertThat(receiver.got).isEmpty();
    }

    @Test
    void a_redirect_is_not_followed() {
        receiver.status = 302;
        assertThat(alerts.test()).isEqualTo(new Alerts.Tested(false, "HTTP 302", "ok"));
        assertThat(receiver.got).hasSize(1);
    }

    @Test
    void a_test_goes_out_at_once_and_needs_a_webhook() throws IOException {
        assertThat(alerts.test()).isEqualTo(new Alerts.Tested(true, "HTTP 200", "ok"));
        assertThat(receiver.got.getFirst().text()).startsWith("*Waybill: a test* of the alerts.");
        alerts.change(AlertSettings.NONE);
        assertThatThrownBy(alerts::test).hasMessage("there is no webhook yet; give its url with PUT /api/alerts");
    }

    @Test
    void the_settings_are_for_their_owner_only_and_survive_a_restart() throws IOException {
        Set<Kind> kinds = EnumSet.of(Kind.DISK_LOW, Kind.REASON_JUMP);
        alerts.change(new AlertSettings(receiver.url(), SECRET, false, kinds));
        found.add(paused("kargo-main"));
        during(5 * MINUTE);
        restart();
        assertThat(alerts.settings()).isEqualTo(new AlertSettings(receiver.url(), SECRET, false, kinds));
        assertThat(alerts.settings().toString()).doesNotContain("hush", SECRET);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("alerts.json"))))
                .isEqualTo("rw-------");
    }

    @Test
    void broken_files_are_passed_over() throws IOException {
        alerts.close();
        for (String text : List.of("", "{", "[]", "{\"alerts\":[{\"kind\":\"x\"}],\"url\":7,\"kinds\":[\"x\",null]}")) {
            Files.writeString(data.resolve("alerts.json"), text);
            Files.writeString(data.resolve("alerts-state.json"), text);
            alerts = start();
            alerts.turn();
            assertThat(alerts.settings().sends()).isFalse();
            alerts.close();
        }
    }

    @Test
    void names_that_strangers_chose_command_nobody() {
        found.add(new Finding(
                new Subject(Kind.UNMAPPED_NAMES, new LaneKey("web", "kargo-main")),
                "<!channel> & <https://evil.example|click>\n*x*\u202Egnp\u0000" + "y".repeat(5000),
                "events"));
        during(3 * MINUTE);
        String text = receiver.got.getFirst().text();
        assertThat(text)
                .contains("&lt;!channel&gt; &amp; &lt;https://evil.example|click&gt; *x* gnp ")
                .doesNotContain("<", "\u202E", "\u0000")
                .hasSizeLessThan(1500);
        assertThat(receiver.got.getFirst().json().text("unfurl_links")).isNull();
    }
}
