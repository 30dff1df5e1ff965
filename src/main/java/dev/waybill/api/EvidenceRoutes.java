package dev.waybill.api;

import dev.waybill.access.AuditJournal;
import dev.waybill.access.Permission;
import dev.waybill.identity.Reports;
import dev.waybill.journal.Entry;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.lane.Lane;
import dev.waybill.lane.LaneView;
import dev.waybill.log.EventLog;
import dev.waybill.log.LogItem;
import dev.waybill.log.LogRecord;
import dev.waybill.outcome.Outcome;
import dev.waybill.workspace.Workspace;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The sheet to send to the destination: what was sent of a lane's delivered events and what was answered.
///
/// @param audit told of each sheet that a session gets: it holds whole identifiers
record EvidenceRoutes(
        LaneNames names,
        Supplier<Workspace> workspace,
        Function<String, Reports> reports,
        AuditJournal audit,
        InstantSource clock) {
    private static final int USUAL_LIMIT = 20;
    private static final int MAX_LIMIT = 1000;
    private static final int CHUNK = 500;
    private static final long MAX_SCANNED = 100_000;
    private static final long MAX_NANOS = Duration.ofSeconds(2).toNanos();
    private static final Duration USUAL_AGE = Duration.ofDays(3);
    private static final String CSV = "text/csv";

    List<Route> routes() {
        return List.of(Route.get("lanes/{pipeline}/{integration}/evidence", Permission.REVEAL, this::sheet));
    }

    private Answer sheet(Call call) {
        LaneView lane = names.ofPath(call);
        Arguments query = call.query();
        Long from = query.time("from");
        Long to = query.time("to");
        int limit = query.number("limit", USUAL_LIMIT, 1, MAX_LIMIT);
        long before = before(query);
        if (from != null && to != null && from >= to) {
            query.problem("from is not before to; give a range of at least a millisecond");
        }
        query.end();
        Sight.of(call, true, audit, "lanes/%s/evidence".formatted(lane.key()));
        Search search = new Search(lane, from == null ? 0 : from, to == null ? Long.MAX_VALUE : to, limit, before);
        List<Evidence> rows = search.run();
        if (call.accepts(CSV)) {
            return new Answer.Stream(CSV + "; charset=utf-8", "evidence.csv", out -> csv(rows, out));
        }
        return Answer.ok(JsonObject.builder()
                .put("pipeline", lane.key().pipeline())
                .put("integration", lane.key().integration())
                .put(
                        "rows",
                        new Json.Arr(rows.stream().<Json>map(Evidence::json).toList()))
                .put("next", search.next == null ? Json.Null.INSTANCE : Json.of(search.next))
                .build());
    }

    private static long before(Arguments query) {
        String before = query.text("before");
        if (before == null) {
            return Long.MAX_VALUE;
        }
        if (!before.matches("[0-9]{1,18}")) {
            query.problem("before is no cursor; give the next of the page before, as it is");
            return Long.MAX_VALUE;
        }
        return Long.parseLong(before);
    }

    private static void csv(List<Evidence> rows, OutputStream out) throws IOException {
        CsvLines lines = new CsvLines(out);
        lines.line("at", "event", "lex_id", "method", "url", "body", "status", "answer", "message_id", "revision");
        for (Evidence row : rows) {
            JsonObject request = row.request() == null ? JsonObject.EMPTY : row.request();
            Json body = request.present("body");
            lines.line(
                    Times.iso(row.decided().at()),
                    row.decided().event(),
                    text(row.lexId()),
                    text(request.text("method")),
                    text(request.text("url")),
                    body == null ? text(row.note()) : JsonText.write(body),
                    Integer.toString(row.decided().status()),
                    text(row.decided().answer()),
                    row.messageId(),
                    Integer.toString(row.decided().revision()));
        }
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    /// One page, the newest event first.
    private final class Search {
        private final LaneView lane;
        private final Evidence.Maker maker;
        private final EventLog log;
        private final long from;
        private final long to;
        private final int limit;
        private final long low;
        private long position;
        private @Nullable Long next;

        /// @param from delivered at or after, milliseconds of the epoch; `to` before
        private Search(LaneView lane, long from, long to, int limit, long before) {
            this.lane = lane;
            this.maker = new Evidence.Maker(workspace.get(), lane.key(), reports, clock.millis());
            this.log = lane.log();
            this.from = from;
            this.to = to;
            this.limit = limit;
            // An event is delivered after it was received, and not later than its age allows.
            long age = lane.lane().map(Lane::maxEventAge).orElse(USUAL_AGE).toMillis();
            this.low =
                    Math.max(lane.journal().start(), from == 0 ? log.first() : log.sequenceAt(Math.max(0, from - age)));
            this.position = Math.min(before, log.endBefore(to));
        }

        private List<Evidence> run() {
            List<Evidence> rows = new ArrayList<>();
            long started = System.nanoTime();
            long stop = Math.max(low, position - MAX_SCANNED);
            while (position > stop && rows.size() < limit && System.nanoTime() - started < MAX_NANOS) {
                long start = Math.max(stop, position - CHUNK);
                List<Entry.Decided> delivered = delivered(start, position);
                position = start;
                for (Entry.Decided decided : delivered.reversed()) {
                    if (rows.size() == limit) {
                        break;
                    }
                    position = decided.first();
                    log.read(decided.first()).ifPresent(item -> {
                        if (item instanceof LogItem.Entry(long _, LogRecord record)) {
                            rows.add(maker.of(record, decided));
                        }
                    });
                }
                position = rows.size() == limit ? position : start;
            }
            next = position > low ? position : null;
            return rows;
        }

        private List<Entry.Decided> delivered(long start, long end) {
            LaneHistory history = new LaneHistory(lane, start, end);
            List<Entry.Decided> delivered = new ArrayList<>();
            for (long position = start; position < end; position++) {
                Entry.Decided decided = history.decided(position);
                if (decided != null
                        && decided.outcome() == Outcome.DELIVERED
                        && decided.at() >= from
                        && decided.at() < to) {
                    delivered.add(decided);
                }
            }
            return delivered;
        }
    }
}
