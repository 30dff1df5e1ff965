package dev.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.json.JsonObject;
import dev.waybill.outcome.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaneSeriesTest {
    private static final long NOON = Instant.parse("2026-11-23T12:00:00Z").toEpochMilli();
    private static final long MINUTE = 60_000;
    private static final long DAY = 24 * 60 * MINUTE;

    @TempDir
    Path dir;

    private static JsonObject checkpoint(LaneSeries series) throws IOException {
        LaneSeries.Closed closed = series.close();
        series.write(closed);
        return closed.checkpoint();
    }

    private static long delivered(List<SeriesRow> rows) {
        return rows.stream().mapToLong(row -> row.total().delivered()).sum();
    }

    @Test
    void counts_by_minute_and_event() throws IOException {
        LaneSeries series = LaneSeries.open(dir, null);
        series.accepted("page", 3, NOON);
        series.decided(null, "page", 2, NOON);
        series.decided(Reason.EXPIRED, "page", 1, NOON + MINUTE);
        series.decided(Reason.DUPLICATE, "order", 1, NOON + MINUTE);
        List<SeriesRow> rows = series.minutes(3, NOON + MINUTE + 59_999);
        assertThat(rows).extracting(SeriesRow::start).containsExactly(NOON - MINUTE, NOON, NOON + MINUTE);
        assertThat(rows.get(0).total()).isEqualTo(Counts.NONE);
        assertThat(rows.get(1).total()).isEqualTo(new Counts(3, 2, Map.of(), Map.of()));
        assertThat(rows.get(2).total())
                .isEqualTo(new Counts(0, 0, Map.of(Reason.DUPLICATE, 1L), Map.of(Reason.EXPIRED, 1L)));
        assertThat(rows.get(2).events()).containsOnlyKeys("page", "order");
    }

    @Test
    void days_begin_at_the_zones_midnight() throws IOException {
        LaneSeries series = LaneSeries.open(dir, null);
        long threeAtNight = NOON - 9 * 60 * MINUTE;
        series.decided(null, "page", 5, threeAtNight);
        checkpoint(series);
        series.decided(null, "page", 7, NOON);
        assertThat(series.days(2, ZoneOffset.UTC, NOON))
                .extracting(row -> row.total().delivered())
                .containsExactly(0L, 12L);
        assertThat(series.days(2, ZoneId.of("America/New_York"), NOON))
                .extracting(row -> row.total().delivered())
                .containsExactly(5L, 7L);
    }

    @Test
    void a_crash_between_writing_and_the_checkpoint_doubles_nothing() throws IOException {
        LaneSeries series = LaneSeries.open(dir, null);
        for (int minute = 0; minute < 100; minute++) {
            series.decided(null, "page", 1, NOON + minute * MINUTE);
        }
        JsonObject durable = checkpoint(series);
        for (int minute = 100; minute < 400; minute++) {
            series.decided(null, "page", 1, NOON + minute * MINUTE);
        }
        // Written, but the checkpoint that goes with it never was.
        series.write(series.close());
        long now = NOON + 400 * MINUTE;
        assertThat(delivered(series.minutes(1000, now))).isEqualTo(400);
        LaneSeries again = LaneSeries.open(dir, durable);
        assertThat(delivered(again.minutes(1000, now))).isEqualTo(100);
        for (int minute = 100; minute < 400; minute++) {
            again.decided(null, "page", 1, NOON + minute * MINUTE);
        }
        assertThat(delivered(again.minutes(1000, now))).isEqualTo(400);
        LaneSeries third = LaneSeries.open(dir, checkpoint(again));
        assertThat(third.minutes(1000, now)).isEqualTo(again.minutes(1000, now));
        assertThat(third.days(3, ZoneOffset.UTC, now)).isEqualTo(again.days(3, ZoneOffset.UTC, now));
    }

    @Test
    void the_two_hundred_first_name_is_other() throws IOException {
        LaneSeries series = LaneSeries.open(dir, null);
        for (int name = 0; name < 5000; name++) {
            series.decided(null, "name " + name + "\n", 1, NOON);
        }
        series.decided(null, "later", 1, NOON + 5 * MINUTE);
        checkpoint(series);
        SeriesRow row = series.minutes(6, NOON + 5 * MINUTE).getFirst();
        assertThat(row.total().delivered()).isEqualTo(5000);
        assertThat(row.events()).hasSizeLessThanOrEqualTo(201).containsKey("other");
        assertThat(row.events().values().stream().mapToLong(Counts::delivered).sum())
                .isEqualTo(5000);
    }

    @Test
    void what_is_older_than_it_is_kept_is_deleted() throws IOException {
        LaneSeries series = LaneSeries.open(dir, null);
        for (int day = 0; day < 5; day++) {
            series.decided(null, "page", 1, NOON + day * DAY);
            checkpoint(series);
        }
        assertThat(dir.toFile().list((_, name) -> name.startsWith("minutes-"))).hasSizeLessThanOrEqualTo(3);
        assertThat(delivered(series.days(5, ZoneOffset.UTC, NOON + 4 * DAY))).isEqualTo(5);
    }
}
