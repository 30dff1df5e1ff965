package dev.waybill.api;

import dev.waybill.journal.LaneKey;
import dev.waybill.ledger.Counts;
import dev.waybill.ledger.SeriesRow;
import dev.waybill.outcome.Outcome;
import dev.waybill.outcome.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A flat table (RFC 4180): one line for each time, lane, event and outcome of which there were any, so that a
/// spreadsheet can sum it up any way. Event names come from strangers: one that a spreadsheet would take for a formula
/// gets an apostrophe in front.
final class SeriesCsv {
    private final CsvLines lines;
    private final @Nullable ZoneId zone;

    /// @param zone of the days that the rows are, which then have their date too; null for minutes
    SeriesCsv(OutputStream out, @Nullable ZoneId zone) throws IOException {
        this.lines = new CsvLines(out);
        this.zone = zone;
        line("start", "pipeline", "integration", "event", "outcome", "reason", "events", "day");
    }

    private void line(String... cells) throws IOException {
        lines.line(zone == null ? Arrays.copyOf(cells, cells.length - 1) : cells);
    }

    void row(LaneKey lane, SeriesRow row) throws IOException {
        for (Map.Entry<String, Counts> event : new TreeMap<>(row.events()).entrySet()) {
            Cells cells = new Cells(row.start(), lane, event.getKey());
            Counts counts = event.getValue();
            cells.put("accepted", "", counts.accepted());
            cells.put(Outcome.DELIVERED.text(), "", counts.delivered());
            cells.put(Outcome.FILTERED.text(), counts.filtered());
            cells.put(Outcome.REJECTED.text(), counts.rejected());
        }
    }

    private final class Cells {
        private final long start;
        private final LaneKey lane;
        private final String event;

        private Cells(long start, LaneKey lane, String event) {
            this.start = start;
            this.lane = lane;
            this.event = event;
        }

        private void put(String outcome, Map<Reason, Long> reasons) throws IOException {
            if (reasons.isEmpty()) {
                return;
            }
            for (Map.Entry<Reason, Long> reason : new EnumMap<>(reasons).entrySet()) {
                put(outcome, reason.getKey().code(), reason.getValue());
            }
        }

        private void put(String outcome, String reason, long count) throws IOException {
            if (count > 0) {
                line(
                        Times.iso(start),
                        lane.pipeline(),
                        lane.integration(),
                        event,
                        outcome,
                        reason,
                        Long.toString(count),
                        zone == null
                                ? ""
                                : LocalDate.ofInstant(Instant.ofEpochMilli(start), zone)
                                        .toString());
            }
        }
    }
}
