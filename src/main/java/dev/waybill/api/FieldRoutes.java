package dev.waybill.api;

import dev.waybill.decide.WholeEvent;
import dev.waybill.event.Event;
import dev.waybill.event.EventName;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonPath;
import dev.waybill.json.Projection;
import dev.waybill.lane.LaneView;
import dev.waybill.log.EventLog;
import dev.waybill.log.LogItem;
import dev.waybill.log.LogReader;
import dev.waybill.log.LogRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The fields that recent events really have, for those who write mappings.
record FieldRoutes(LaneNames names) {
    private static final int USUAL_SAMPLE = 500;
    private static final int MAX_SAMPLE = 2_000;
    private static final int CHUNK = 500;
    private static final int MAX_SCANNED = 50_000;
    private static final long MAX_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Projection NAME = Projection.of(List.of(JsonPath.parse("event")));

    List<Route> routes() {
        return List.of(Route.get("events/fields", this::fields));
    }

    private Answer fields(Call call) {
        Arguments query = call.query();
        LaneNames.Chosen chosen = names.chosen(query);
        String event = query.text("event");
        int sample = query.number("sample", USUAL_SAMPLE, 1, MAX_SAMPLE);
        query.end();
        List<EventLog> logs = new ArrayList<>();
        names.byPipeline()
                .forEach((_, lanes) -> lanes.stream()
                        .filter(lane -> chosen.has(lane.key()))
                        .map(LaneView::log)
                        .findFirst()
                        .ifPresent(logs::add));
        Sampling sampling = new Sampling(event == null ? null : EventName.normalise(event));
        int left = sample;
        for (int i = 0; i < logs.size(); i++) {
            // Each pipeline its part, so that a busy one doesn't hide the others.
            left -= sampling.of(logs.get(i), Math.ceilDiv(left, logs.size() - i));
        }
        return Answer.ok(JsonObject.builder()
                .put("sampled", sampling.seen.events())
                .put("scanned", sampling.scanned)
                .put("fields", sampling.seen.json())
                .put("unlisted", sampling.seen.unlisted())
                .build());
    }

    /// Looks at the newest events, bounded in number and time.
    private static final class Sampling {
        private final @Nullable String event;
        private final SeenFields seen = new SeenFields();
        private final long started = System.nanoTime();
        private long scanned;

        private Sampling(@Nullable String event) {
            this.event = event;
        }

        private boolean isOver() {
            return scanned >= MAX_SCANNED || System.nanoTime() - started > MAX_NANOS;
        }

        /// Returns how many were sampled.
        private int of(EventLog log, int wanted) {
            int found = 0;
            long low = log.first();
            for (long end = log.end(); end > low && found < wanted && !isOver(); end -= CHUNK) {
                long start = Math.max(low, end - CHUNK);
                scanned += end - start;
                for (LogRecord record : newestFirst(log, start, end)) {
                    if (found == wanted || isOver()) {
                        break;
                    }
                    found += add(record) ? 1 : 0;
                }
            }
            return found;
        }

        private List<LogRecord> newestFirst(EventLog log, long start, long end) {
            List<LogRecord> records = new ArrayList<>();
            try (LogReader reader = log.reader(start)) {
                for (LogItem item = reader.next(); item != null && item.sequence() < end; item = reader.next()) {
                    if (item instanceof LogItem.Entry(long _, LogRecord record) && isWanted(record)) {
                        records.add(record);
                    }
                }
            }
            return records.reversed();
        }

        private boolean isWanted(LogRecord record) {
            Event received = ReceivedEvent.of(record, NAME);
            return event == null || event.equals(received.countedName());
        }

        private boolean add(LogRecord record) {
            try {
                seen.add(WholeEvent.of(record));
                return true;
            } catch (IllegalArgumentException unreadable) {
                return false;
            }
        }
    }
}
