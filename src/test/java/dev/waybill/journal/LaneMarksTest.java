package dev.waybill.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.journal.Entry.Marked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaneMarksTest {
    private static final long DAY = 24L * 60 * 60 * 1000;

    @TempDir
    Path dir;

    private final List<String> reports = new ArrayList<>();
    private LaneMarks marks;

    @BeforeEach
    void open() {
        marks = LaneMarks.open(dir, reports::add);
    }

    private LaneMarks again() {
        return LaneMarks.open(dir, reports::add);
    }

    @Test
    void marks_survive_a_restart_in_their_order() {
        Marked pin = new Marked(Mark.PIN, "revision 2 live", 1000);
        Marked open = new Marked(Mark.BREAKER_OPEN, "HTTP 503: \"later\"\n", 2000);
        Marked closed = new Marked(Mark.BREAKER_CLOSED, "the destination answers again", 3000);
        Marked pause = new Marked(Mark.PAUSE, "paused by hand", 2500);
        for (Marked each : List.of(pin, open, closed, pause)) {
            marks.add(each);
        }
        assertThat(again().since(0)).containsExactly(pin, open, pause, closed);
        assertThat(again().since(2500)).containsExactly(pause, closed);
        assertThat(again().pinned()).contains("revision 2 live");
        assertThat(reports).isEmpty();
    }

    @Test
    void a_lane_that_never_ran_pinned_nothing() {
        assertThat(marks.pinned()).isEmpty();
        assertThat(dir.resolve("marks")).doesNotExist();
    }

    @Test
    void a_line_torn_by_a_crash_costs_only_itself() throws IOException {
        marks.add(new Marked(Mark.PIN, "revision 1 live", 1));
        Files.writeString(dir.resolve("marks"), "{\"at\":2,\"mark\":\"pau", StandardOpenOption.APPEND);
        again().add(new Marked(Mark.RESUME, "", 3));
        assertThat(again().since(0))
                .containsExactly(new Marked(Mark.PIN, "revision 1 live", 1), new Marked(Mark.RESUME, "", 3));
    }

    @Test
    void a_breaker_that_goes_up_and_down_pushes_out_no_pin_and_the_file_stays_small() throws IOException {
        marks.add(new Marked(Mark.PIN, "revision 7 live", 1));
        for (int i = 0; i < 20_000; i++) {
            marks.add(new Marked(i % 2 == 0 ? Mark.BREAKER_OPEN : Mark.BREAKER_CLOSED, "timeout", 2 + i));
        }
        assertThat(marks.since(0)).hasSize(1 + LaneMarks.MAX).startsWith(new Marked(Mark.PIN, "revision 7 live", 1));
        assertThat(again().since(0)).isEqualTo(marks.since(0));
        assertThat(Files.readAllLines(dir.resolve("marks"))).hasSizeLessThanOrEqualTo(4 * LaneMarks.MAX);
    }

    @Test
    void what_is_older_than_four_hundred_days_goes() {
        marks.add(new Marked(Mark.PIN, "revision 1 live", 0));
        marks.add(new Marked(Mark.PIN, "revision 2 live", 401 * DAY));
        assertThat(marks.since(0)).extracting(Marked::detail).containsExactly("revision 2 live");
    }

    @Test
    void a_file_that_cannot_be_written_is_told_once_and_stops_nothing() throws IOException {
        Files.createDirectory(dir.resolve("marks"));
        marks.add(new Marked(Mark.PAUSE, "paused by hand", 1));
        marks.add(new Marked(Mark.RESUME, "", 2));
        assertThat(marks.since(0)).hasSize(2);
        assertThat(reports)
                .singleElement()
                .satisfies(report ->
                        assertThat(report).contains("marks can't be written, the lane's chart will lack its marks"));
    }
}
