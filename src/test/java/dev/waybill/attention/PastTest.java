package dev.waybill.attention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.ledger.LaneSeries;
import dev.waybill.outcome.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a lane's series say of the days before. Monday, 23 November 2026 is the eighth day.
class PastTest {
    private static final long MONDAY = Instant.parse("2026-11-23T00:00:00Z").toEpochMilli();
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    @TempDir
    Path dir;

    private LaneSeries series;

    @BeforeEach
    void open() throws IOException {
        series = LaneSeries.open(dir, null);
    }

    /// So many an hour, from one time to another.
    private void hourly(String event, int count, long from, long to) throws IOException {
        for (long at = from; at < to; at += HOUR) {
            series.accepted(event, count, at);
            series.decided(null, event, count, at);
            series.write(series.close());
        }
    }

    private void daily(String event, int count, int firstDay, int fromHour, int toHour) throws IOException {
        for (int day = firstDay; day < 0; day++) {
            hourly(event, count, MONDAY + day * DAY + fromHour * HOUR, MONDAY + day * DAY + toHour * HOUR);
        }
    }

    private Past at(int hour) {
        return Past.read(series, MONDAY + hour * HOUR);
    }

    @Test
    void an_event_of_every_hour_is_expected_after_three_days() throws IOException {
        daily("page", 20, -2, 0, 24);
        assertThat(at(12).canExpect()).isFalse();
        assertThat(at(12).expected()).isEmpty();
    }

    @Test
    void an_event_of_every_hour_of_a_week_is_expected_at_any_hour() throws IOException {
        daily("page", 20, -8, 0, 24);
        for (int hour = 0; hour < 24; hour++) {
            assertThat(at(hour).canExpect()).isTrue();
            // The hour after this one, of yesterday, is part of what was kept; midnight's is of today.
            assertThat(at(hour).expected()).as("hour " + hour).contains("page");
        }
    }

    @Test
    void nothing_is_expected_at_night_nor_at_dusk_and_dawn() throws IOException {
        daily("page", 500, -8, 8, 22);
        for (int hour = 0; hour < 24; hour++) {
            // The hour that ends at 10 is the first that has one with events before and one after it.
            boolean byDay = hour >= 10 && hour <= 21;
            assertThat(at(hour).expected().contains("page")).as("hour " + hour).isEqualTo(byDay);
        }
    }

    @Test
    void nothing_is_expected_on_the_day_of_the_week_that_is_quiet() throws IOException {
        for (int day = -8; day < 0; day++) {
            // Monday is quiet, of last week and so of this one.
            if (day != -7) {
                hourly("page", 50, MONDAY + day * DAY, MONDAY + (day + 1) * DAY);
            }
        }
        assertThat(at(12).expected()).isEmpty();
    }

    @Test
    void a_quiet_weekend_does_not_keep_an_event_from_being_expected() throws IOException {
        for (int day = -8; day < 0; day++) {
            if (day != -1 && day != -2) {
                hourly("page", 50, MONDAY + day * DAY, MONDAY + (day + 1) * DAY);
            }
        }
        assertThat(at(12).expected()).containsExactly("page");
        assertThat(at(12).isGone("page")).isFalse();
        assertThat(at(12).isGone("never")).isTrue();
    }

    @Test
    void a_rare_event_is_not_expected() throws IOException {
        daily("page", 20, -8, 0, 24);
        daily("refund", 9, -8, 0, 24);
        assertThat(at(12).expected()).containsExactly("page");
    }

    @Test
    void names_that_a_stranger_invents_bound_the_memory_and_hide_nothing_steady() throws IOException {
        daily("page", 20, -8, 0, 24);
        for (int i = 0; i < 3000; i++) {
            series.accepted("junk " + i, 1, MONDAY - DAY + 11 * HOUR);
        }
        assertThat(at(12).expected()).containsExactly("page");
    }

    @Test
    void the_day_before_ends_where_the_last_ten_minutes_begin() throws IOException {
        long noon = MONDAY + 12 * HOUR;
        series.decided(Reason.EXPIRED, "page", 1, noon - DAY - 16 * MINUTE);
        series.decided(Reason.EXPIRED, "page", 10, noon - DAY);
        series.write(series.close());
        series.decided(Reason.EXPIRED, "page", 100, noon - 20 * MINUTE);
        series.decided(Reason.EXPIRED, "page", 1000, noon - 5 * MINUTE);
        assertThat(Past.read(series, noon).day().of(Reason.EXPIRED)).isEqualTo(110);
        assertThat(Past.read(series, noon).yesterday().of(Reason.EXPIRED)).isEqualTo(11);
        assertThat(Past.read(series, noon + 12 * MINUTE).day().of(Reason.EXPIRED))
                .isEqualTo(1110);
        Recent recent = Recent.read(series, noon);
        assertThat(recent.tenMinutes().of(Reason.EXPIRED)).isEqualTo(1000);
    }

    @Test
    void unmapped_names_of_the_last_day_are_counted_up_to_a_thousand() throws IOException {
        long noon = MONDAY + 12 * HOUR;
        series.decided(Reason.UNMAPPED_EVENT, "old", 7, noon - 2 * DAY);
        series.write(series.close());
        for (int i = 0; i < 1500; i++) {
            series.decided(Reason.UNMAPPED_EVENT, "name " + i, 1, noon - HOUR);
        }
        assertThat(at(12).unmapped()).hasSizeLessThanOrEqualTo(1001).doesNotContainKey("old");
        assertThat(at(12).unmapped().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(1500);
    }
}
