package dev.waybill.api;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.lane.LaneView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One page of a search through all pipelines, newest first, bounded in events looked at and in time.
final class EventSearch {
    static final long MAX_SCANNED = 100_000;

    private final List<EventStream> streams = new ArrayList<>();
    private final int limit;
    private final long maxNanos;
    private final long all;
    private final long started = System.nanoTime();
    private long scanned;
    private long lastNanos;

    /// @param sight how rows are shown
    /// @param before where to go on in each pipeline, from [#cursor]; empty for the newest
    /// @param within how long a page may take, more or less
    EventSearch(
            Map<String, List<LaneView>> lanes,
            EventFilter filter,
            int limit,
            Sight sight,
            Map<String, Long> before,
            Duration within) {
        this.limit = limit;
        this.maxNanos = within.toNanos();
        lanes.forEach((pipeline, ofIt) -> {
            String wanted = filter.lanes().pipeline();
            if ((wanted == null || wanted.equals(pipeline)) && (before.isEmpty() || before.containsKey(pipeline))) {
                long end = before.getOrDefault(pipeline, Long.MAX_VALUE);
                streams.add(new EventStream(pipeline, ofIt, filter, limit, sight, end));
            }
        });
        this.all = streams.stream().mapToLong(EventStream::left).sum();
    }

    JsonObject page() {
        List<Json> found = new ArrayList<>();
        while (found.size() < limit && load()) {
            EventStream newest = newest();
            if (newest == null) {
                break;
            }
            found.add(newest.ready().removeFirst().json());
        }
        boolean complete = streams.stream().allMatch(EventStream::exhausted);
        return JsonObject.builder()
                .put("events", new Json.Arr(found))
                .put("scanned", scanned)
                .put("of", all)
                .put("complete", complete)
                .put("next", complete ? null : cursor())
                .build();
    }

    /// Makes every stream show its newest event. False when that costs more than a page may.
    private boolean load() {
        for (EventStream stream : streams) {
            while (stream.needsLoading()) {
                long before = System.nanoTime();
                // The next chunk may take twice as long as the last one. The first of each stream is always looked
                // at: else a page could end where it began, and so every further one.
                boolean late = before - started + 2 * lastNanos > maxNanos;
                if (stream.begun() && (late || scanned >= MAX_SCANNED)) {
                    return false;
                }
                scanned += stream.load();
                lastNanos = System.nanoTime() - before;
            }
        }
        return true;
    }

    private @Nullable EventStream newest() {
        EventStream newest = null;
        long at = Long.MIN_VALUE;
        for (EventStream stream : streams) {
            EventStream.Trace head = stream.ready().peekFirst();
            if (head != null && head.receivedAt() > at) {
                newest = stream;
                at = head.receivedAt();
            }
        }
        return newest;
    }

    private String cursor() {
        return streams.stream()
                .filter(stream -> !stream.exhausted())
                .map(stream -> stream.pipeline() + "~" + stream.next())
                .collect(Collectors.joining(","));
    }

    /// Reads what [#cursor] wrote; empty for none.
    static Map<String, Long> before(Arguments query) {
        String cursor = query.text("before");
        Map<String, Long> before = new HashMap<>();
        if (cursor != null) {
            for (String part : cursor.split(",", -1)) {
                int mark = part.lastIndexOf('~');
                if (mark < 1 || !part.substring(mark + 1).matches("[0-9]{1,18}")) {
                    query.problem("before is no cursor; give the next of the page before, as it is");
                    return Map.of();
                }
                before.put(part.substring(0, mark), Long.parseLong(part.substring(mark + 1)));
            }
        }
        return before;
    }
}
