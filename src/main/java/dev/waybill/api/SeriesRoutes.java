package dev.waybill.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.config.Nearest;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.lane.LaneView;
import dev.waybill.ledger.LaneSeries;
import dev.waybill.ledger.SeriesRow;
import java.io.IOException;
import java.io.OutputStream;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The books by minute or by day, and by event name: as JSON, or as CSV for a spreadsheet.
record SeriesRoutes(LaneNames names, InstantSource clock) {
    private static final String CSV = "text/csv";
    private static final int USUAL_MINUTES = 60;

    List<Route> routes() {
        return List.of(Route.get("ledger/series", this::series));
    }

    private Answer series(Call call) {
        Arguments query = call.query();
        LaneNames.Chosen chosen = names.chosen(query);
        Span span = span(query);
        if (call.accepts(CSV) && "false".equals(query.text("names"))) {
            query.problem("names=false goes with JSON only; the lines of a CSV are by name");
        }
        query.end();
        List<LaneView> shown = names.lanes(chosen);
        return call.accepts(CSV)
                ? new Answer.Stream(CSV + "; charset=utf-8", "waybill-series.csv", out -> csv(shown, span, out))
                : new Answer.Stream("application/json", "", out -> json(shown, span, out));
    }

    /// @param rows what a lane's series gives of it
    /// @param days the zone whose days the rows are; null for minutes
    private record Span(
            Function<LaneSeries, List<SeriesRow>> rows,
            @Nullable ZoneId days) {}

    private Span span(Arguments query) {
        boolean byDay = query.value("days") != null;
        if (byDay && query.value("minutes") != null) {
            query.problem("minutes and days are both given; give one of them");
        }
        int minutes = query.number("minutes", USUAL_MINUTES, 1, LaneSeries.MAX_MINUTES);
        int days = query.number("days", 1, 1, LaneSeries.MAX_DAYS);
        ZoneId zone = zone(query);
        boolean byName = query.value("names") == null || query.flag("names");
        if (!byDay && query.value("zone") != null) {
            query.problem("zone goes with days only; minutes are the same everywhere");
        }
        long now = clock.millis();
        return byDay
                ? new Span(series -> series.days(days, zone, byName, now), zone)
                : new Span(series -> series.minutes(minutes, byName, now), null);
    }

    private static ZoneId zone(Arguments query) {
        String name = query.text("zone");
        if (name == null) {
            return ZoneOffset.UTC;
        }
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            query.problem("zone is '%s'; allowed: a name such as America/New_York, or an offset such as -05:00.%s"
                    .formatted(
                            name.substring(0, Math.min(name.length(), 40)),
                            name.length() > 40 ? "" : Nearest.hint(name, ZoneId.getAvailableZoneIds())));
            return ZoneOffset.UTC;
        }
    }

    private static void csv(List<LaneView> lanes, Span span, OutputStream out) throws IOException {
        SeriesCsv csv = new SeriesCsv(out, span.days());
        for (LaneView lane : lanes) {
            for (SeriesRow row : span.rows().apply(lane.journal().series())) {
                csv.row(lane.key(), row);
            }
        }
    }

    private static void json(List<LaneView> lanes, Span span, OutputStream out) throws IOException {
        String open = "{\"lanes\":[";
        for (LaneView lane : lanes) {
            out.write(open.getBytes(UTF_8));
            out.write(("{\"pipeline\":" + text(lane.key().pipeline()) + ",\"integration\":"
                            + text(lane.key().integration()) + ",\"rows\":[")
                    .getBytes(UTF_8));
            String between = "";
            for (SeriesRow row : span.rows().apply(lane.journal().series())) {
                out.write(between.getBytes(UTF_8));
                out.write(JsonText.bytes(row(row)));
                between = ",";
            }
            out.write("]}".getBytes(UTF_8));
            open = ",";
        }
        out.write((lanes.isEmpty() ? open + "]}" : "]}").getBytes(UTF_8));
    }

    private static String text(String value) {
        return JsonText.write(Json.of(value));
    }

    private static JsonObject row(SeriesRow row) {
        JsonObject.Builder events = JsonObject.builder();
        new TreeMap<>(row.events())
                .forEach((name, counts) ->
                        events.put(name, CountsJson.counts(counts).build()));
        JsonObject.Builder json = JsonObject.builder().put("start", Times.iso(row.start()));
        CountsJson.counts(row.total()).build().forEach(entry -> json.put(entry.getKey(), entry.getValue()));
        return json.put("events", events.build()).build();
    }
}
