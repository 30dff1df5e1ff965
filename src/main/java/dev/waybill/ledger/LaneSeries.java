package dev.waybill.ledger;

import dev.waybill.json.JsonObject;
import dev.waybill.outcome.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A lane's counts per minute (kept 25 hours) and per quarter of an hour (kept 400 days), by the time of reading and of
/// deciding. Memory holds only what is open.
///
/// Safe for threads. The lane's journal counts and makes it durable; everybody else only reads.
public final class LaneSeries {
    public static final int MAX_MINUTES = 1500;
    public static final int MAX_DAYS = 400;

    /// What [CountOf] says of events that were read.
    public static final String ACCEPTED = Cell.ACCEPTED;

    /// What [CountOf] says of events that were delivered.
    public static final String DELIVERED = Cell.DELIVERED;

    private static final long MINUTE = 60_000;
    private static final long QUARTER = 15 * MINUTE;
    private static final long HOUR = 60 * MINUTE;

    private final Resolution minutes;
    private final Resolution quarters;

    /// What a checkpoint must hold, and what must be written before it.
    public static final class Closed {
        private final Resolution.Closed minutes;
        private final Resolution.Closed quarters;

        private Closed(Resolution.Closed minutes, Resolution.Closed quarters) {
            this.minutes = minutes;
            this.quarters = quarters;
        }

        /// For [LaneSeries#open].
        public JsonObject checkpoint() {
            return JsonObject.builder()
                    .put("minutes", minutes.checkpoint())
                    .put("quarters", quarters.checkpoint())
                    .build();
        }
    }

    /// Opens the series as it was at a checkpoint.
    ///
    /// @param checkpoint [Closed#checkpoint()], or null for none: then whatever is on disk is deleted
    /// @throws IllegalArgumentException when that is no such checkpoint
    public static LaneSeries open(Path dir, @Nullable JsonObject checkpoint) throws IOException {
        Files.createDirectories(dir);
        LaneSeries series = new LaneSeries(dir);
        series.minutes.restore(part(checkpoint, "minutes"));
        series.quarters.restore(part(checkpoint, "quarters"));
        return series;
    }

    private static JsonObject part(@Nullable JsonObject checkpoint, String key) {
        if (checkpoint == null) {
            return JsonObject.builder().put("length", 0).build();
        }
        JsonObject part = checkpoint.object(key);
        if (part == null) {
            throw new IllegalArgumentException("no " + key);
        }
        return part;
    }

    private LaneSeries(Path dir) {
        minutes = new Resolution(dir, "minutes-", MINUTE, "uuuu-MM-dd'T'HH", 26 * HOUR);
        quarters = new Resolution(dir, "quarters-", QUARTER, "uuuu-MM-dd", (MAX_DAYS + 1) * 24 * HOUR);
    }

    /// Counts events that the lane has read for the first time.
    public synchronized void accepted(String event, long count, long at) {
        count(new Cell(event, Cell.ACCEPTED), count, at);
    }

    /// Counts events that have ended.
    ///
    /// @param reason null when delivered
    public synchronized void decided(@Nullable Reason reason, String event, long count, long at) {
        count(new Cell(event, reason == null ? Cell.DELIVERED : reason.code()), count, at);
    }

    private void count(Cell cell, long count, long at) {
        minutes.count(at, cell, count);
        quarters.count(at, cell, count);
    }

    /// Closes what is over.
    public synchronized Closed close() {
        return new Closed(minutes.close(), quarters.close());
    }

    /// Writes what was closed, durably: before the checkpoint. One at a time, and none between [#close()] and it.
    public void write(Closed closed) throws IOException {
        minutes.write(closed.minutes);
        quarters.write(closed.quarters);
        synchronized (this) {
            minutes.written(closed.minutes);
            quarters.written(closed.quarters);
        }
    }

    /// The last minutes up to and with the current one, oldest first, empty ones too. Reads the disk.
    ///
    /// @param count 1 to [#MAX_MINUTES]
    /// @param now milliseconds of the epoch
    public List<SeriesRow> minutes(int count, long now) {
        return minutes(count, true, now);
    }

    /// The same.
    ///
    /// @param byName false leaves the counts by event name out
    public List<SeriesRow> minutes(int count, boolean byName, long now) {
        long last = Math.floorDiv(now, MINUTE) * MINUTE;
        List<Long> starts = new ArrayList<>();
        for (int back = count - 1; back >= 0; back--) {
            starts.add(last - back * MINUTE);
        }
        Map<Long, Tally> tallies = new HashMap<>();
        each(
                minutes,
                starts.getFirst(),
                (bucket, cell, n) ->
                        tallies.computeIfAbsent(bucket, _ -> new Tally()).add(cell, n, byName));
        return rows(starts, tallies);
    }

    /// The last days of that zone up to and with today, oldest first, empty ones too. Reads the disk.
    ///
    /// @param count 1 to [#MAX_DAYS]
    /// @param now milliseconds of the epoch
    public List<SeriesRow> days(int count, ZoneId zone, long now) {
        return days(count, zone, true, now);
    }

    /// The same.
    ///
    /// @param byName false leaves the counts by event name out
    public List<SeriesRow> days(int count, ZoneId zone, boolean byName, long now) {
        LocalDate today = Instant.ofEpochMilli(now).atZone(zone).toLocalDate();
        TreeMap<Long, Tally> tallies = new TreeMap<>();
        for (int back = count - 1; back >= 0; back--) {
            tallies.put(startOf(today.minusDays(back), zone), new Tally());
        }
        each(
                quarters,
                tallies.firstKey(),
                (bucket, cell, n) -> tallies.floorEntry(bucket).getValue().add(cell, n, byName));
        return rows(List.copyOf(tallies.keySet()), tallies);
    }

    /// Takes one count of a minute or quarter.
    @FunctionalInterface
    public interface CountOf {
        /// One count; the same minute, event and `what` may come more than once, and add up.
        ///
        /// @param start of the minute or quarter, milliseconds of the epoch
        /// @param what `accepted`, `delivered` or the code of a reason
        void accept(long start, String event, String what, long count);
    }

    /// Gives each count of the minutes that begin at that time or later. Reads the disk.
    public void eachMinute(long from, CountOf each) {
        each(minutes, from, (bucket, cell, n) -> each.accept(bucket, cell.event(), cell.what(), n));
    }

    /// Gives each count of the quarters of an hour that begin at that time or later. Reads the disk.
    public void eachQuarter(long from, CountOf each) {
        each(quarters, from, (bucket, cell, n) -> each.accept(bucket, cell.event(), cell.what(), n));
    }

    private static long startOf(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    private void each(Resolution resolution, long from, Resolution.CountOf each) {
        Resolution.View view;
        synchronized (this) {
            view = resolution.view();
        }
        try {
            view.forEach(from, each);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<SeriesRow> rows(List<Long> starts, Map<Long, Tally> tallies) {
        return starts.stream()
                .map(start -> tallies.getOrDefault(start, new Tally()).row(start))
                .toList();
    }
}
