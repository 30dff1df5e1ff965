package dev.waybill.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.alert.Alert.State;
import dev.waybill.attention.Finding;
import dev.waybill.attention.Findings;
import dev.waybill.attention.Kind;
import dev.waybill.attention.Subject;
import dev.waybill.journal.LaneKey;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AlertBookTest {
    private static final Subject PAUSED = new Subject(Kind.LANE_PAUSED, new LaneKey("web", "kargo-main"));
    private static final Subject DISK = new Subject(Kind.DISK_LOW, null);
    private static final Set<Kind> ALL = EnumSet.allOf(Kind.class);
    private static final long LOOK = 15_000;
    private static final long MINUTE = 60_000;

    private AlertBook book = new AlertBook();
    private long now = 1_000_000;
    private int told;

    private static Findings found(Subject... subjects) {
        return new Findings(
                Arrays.stream(subjects)
                        .map(subject -> new Finding(subject, "text", "overview"))
                        .toList(),
                Set.of());
    }

    /// Looks every 15 seconds and tells what is due at once. Returns what was told.
    private List<String> during(long millis, Findings findings) {
        List<String> said = new java.util.ArrayList<>();
        for (long end = now + millis; now < end; now += LOOK) {
            book.observe(findings, ALL, now);
            List<Alert> due = book.due();
            due.forEach(alert -> said.add(alert.subject().kind().code() + " " + alert.state()));
            book.told(due);
            told += due.size();
        }
        return said;
    }

    @Test
    void what_is_the_case_for_a_minute_is_told_once_and_its_recovery_once() {
        assertThat(during(MINUTE, found(PAUSED))).isEmpty();
        assertThat(during(60 * MINUTE, found(PAUSED))).containsExactly("lane_paused OPEN");
        assertThat(during(3 * MINUTE, found())).isEmpty();
        assertThat(during(60 * MINUTE, found())).containsExactly("lane_paused RECOVERED");
        assertThat(during(24 * 60 * MINUTE, found())).isEmpty();
        assertThat(book.open()).isEmpty();
    }

    @Test
    void what_goes_away_within_a_minute_is_not_told() {
        for (int i = 0; i < 100; i++) {
            assertThat(during(45_000, found(PAUSED))).isEmpty();
            assertThat(during(30_000, found())).isEmpty();
        }
    }

    @Test
    void short_gaps_are_no_recovery() {
        during(5 * MINUTE, found(PAUSED));
        for (int i = 0; i < 100; i++) {
            assertThat(during(2 * MINUTE, found())).isEmpty();
            assertThat(during(MINUTE, found(PAUSED))).isEmpty();
        }
    }

    @Test
    void what_comes_back_soon_must_stay_away_for_longer() {
        during(5 * MINUTE, found(PAUSED));
        assertThat(during(5 * MINUTE, found())).containsExactly("lane_paused RECOVERED");
        assertThat(during(5 * MINUTE, found(PAUSED))).containsExactly("lane_paused OPEN");
        assertThat(during(14 * MINUTE, found())).isEmpty();
        assertThat(during(5 * MINUTE, found())).containsExactly("lane_paused RECOVERED");
    }

    @Test
    void whatever_goes_up_and_down_is_told_of_a_few_times_an_hour_at_most() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 24 * 60 * 4; i++) {
            during(LOOK, random.nextInt(100) < 60 ? found(PAUSED) : found());
        }
        for (int i = 0; i < 24 * 6; i++) {
            during(5 * MINUTE, found(PAUSED));
            during(5 * MINUTE, found());
        }
        assertThat(told).as("seed " + seed).isLessThan(48 * 6);
    }

    @Test
    void what_cannot_be_judged_stays_as_it_is() {
        Findings unknown = new Findings(List.of(), Set.of(PAUSED));
        during(5 * MINUTE, found(PAUSED));
        assertThat(during(600 * MINUTE, unknown)).isEmpty();
        assertThat(during(2 * MINUTE, found())).isEmpty();
        // Time in which it could not be judged is no time in which it was away.
        assertThat(during(10 * MINUTE, unknown)).isEmpty();
        assertThat(during(2 * MINUTE, found())).isEmpty();
        assertThat(during(2 * MINUTE, found())).containsExactly("lane_paused RECOVERED");
    }

    @Test
    void what_nobody_was_told_of_does_not_recover() {
        for (; now < 1_000_000 + 5 * MINUTE; now += LOOK) {
            book.observe(found(PAUSED), ALL, now);
        }
        assertThat(book.due()).hasSize(1);
        for (long end = now + 5 * MINUTE; now < end; now += LOOK) {
            book.observe(found(), ALL, now);
        }
        assertThat(book.due()).isEmpty();
    }

    @Test
    void a_recovery_that_nobody_was_told_of_is_dropped_when_it_comes_back() {
        during(5 * MINUTE, found(PAUSED));
        for (long end = now + 5 * MINUTE; now < end; now += LOOK) {
            book.observe(found(), ALL, now);
        }
        assertThat(book.due()).extracting(Alert::state).containsExactly(State.RECOVERED);
        assertThat(during(5 * MINUTE, found(PAUSED))).isEmpty();
        assertThat(book.open()).hasSize(1);
    }

    @Test
    void kinds_that_nobody_wants_are_not_told_and_no_longer_open() {
        Set<Kind> disk = EnumSet.of(Kind.DISK_LOW);
        during(5 * MINUTE, found(PAUSED));
        for (long end = now + 5 * MINUTE; now < end; now += LOOK) {
            book.observe(found(PAUSED, DISK), disk, now);
        }
        assertThat(book.due()).extracting(alert -> alert.subject().kind()).containsExactly(Kind.DISK_LOW);
        assertThat(book.open()).hasSize(1);
    }

    @Test
    void a_restart_repeats_nothing_and_forgets_no_recovery() {
        during(5 * MINUTE, found(PAUSED, DISK));
        AlertBook before = book;
        book = new AlertBook();
        book.restore(before.json());
        assertThat(book.takeChanged()).isFalse();
        assertThat(during(60 * MINUTE, found(PAUSED, DISK))).isEmpty();
        assertThat(during(10 * MINUTE, found(DISK))).containsExactly("lane_paused RECOVERED");
        AlertBook recovered = book;
        book = new AlertBook();
        book.restore(recovered.json());
        assertThat(book.json()).isEqualTo(recovered.json());
        assertThat(during(5 * MINUTE, found(PAUSED, DISK))).containsExactly("lane_paused OPEN");
    }

    @Test
    void a_damaged_memory_is_passed_over() {
        for (String json : List.of(
                "{}",
                "{\"alerts\":7}",
                "{\"alerts\":[null,{},{\"kind\":\"nonsense\",\"text\":\"x\"},{\"kind\":7,\"text\":\"x\"}]}",
                // Of before each reason and each event was told of by itself.
                "{\"alerts\":[{\"kind\":\"reason_jump\",\"pipeline\":\"web\",\"integration\":\"k\",\"text\":\"x\"}]}")) {
            book.restore((dev.waybill.json.JsonObject) dev.waybill.json.JsonText.read(json));
            assertThat(book.open()).isEmpty();
        }
    }

    @Test
    void it_is_written_down_only_when_something_changed() {
        book.observe(found(PAUSED), ALL, now);
        during(5 * MINUTE, found(PAUSED));
        assertThat(book.takeChanged()).isTrue();
        during(5 * MINUTE, found(PAUSED));
        assertThat(book.takeChanged()).isFalse();
    }
}
