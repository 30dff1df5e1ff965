package dev.waybill.api;

import dev.waybill.access.AuditJournal;
import dev.waybill.dedup.DedupIndex;
import dev.waybill.http.Refusal;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.lane.LaneView;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Traces: the newest that a filter lets through, and one event whole.
///
/// @param mapping made anew for each trace: of the workspace then in force
record EventRoutes(
        LaneNames names,
        DedupIndex duplicates,
        Supplier<MappedTrace> mapping,
        AuditJournal audit,
        InstantSource clock) {
    private static final int USUAL_LIMIT = 50;
    private static final int MAX_LIMIT = 1000;
    private static final int MAX_MILLIS = 2000;

    List<Route> routes() {
        return List.of(Route.get("events", this::list), Route.get("events/{messageId}", this::whole));
    }

    private Answer list(Call call) {
        Arguments query = call.query();
        EventFilter filter = EventFilter.of(query, names);
        int limit = query.number("limit", USUAL_LIMIT, 1, MAX_LIMIT);
        Map<String, Long> before = EventSearch.before(query);
        Duration within = Duration.ofMillis(query.number("within", MAX_MILLIS, 1, MAX_MILLIS));
        boolean reveal = query.flag(Sight.REVEAL);
        query.end();
        Sight sight = Sight.of(call, reveal, audit, filter.subject());
        return Answer.ok(new EventSearch(names.byPipeline(), filter, limit, sight, before, within)
                .page().toBuilder().put("masked", sight.masked()).build());
    }

    private Answer whole(Call call) {
        Arguments query = call.query();
        LaneNames.Chosen chosen = names.chosen(query);
        boolean reveal = query.flag(Sight.REVEAL);
        int longest = (int) MessageSearch.LONGEST.toMillis();
        Duration within = Duration.ofMillis(query.number("within", longest, 1, longest));
        query.end();
        String messageId = call.variables().getFirst();
        Sight sight = Sight.of(call, reveal, audit, "events/" + messageId);
        MessageSearch search = new MessageSearch(messageId, duplicates, within, clock.millis());
        Map<String, List<LaneView>> pipelines = new TreeMap<>(names.byPipeline());
        pipelines
                .keySet()
                .removeIf(pipeline ->
                        chosen.pipeline() != null && !chosen.pipeline().equals(pipeline));
        search.in(pipelines);
        List<Json> whole = new ArrayList<>();
        for (MessageSearch.Occurrence occurrence : search.found()) {
            whole.add(sight.shown(new WholeTrace(occurrence, mapping.get()).json()));
        }
        if (whole.isEmpty() || !(whole.removeFirst() instanceof JsonObject first)) {
            throw new Refusal(
                    404,
                    "unknown_event",
                    search.complete()
                            ? "no event of that messageId is kept"
                            : "no event of that messageId is kept or it lies further back; looked at %d events%s"
                                    .formatted(
                                            search.scanned(),
                                            search.oldest()
                                                    .map(oldest -> ", the oldest received at " + Times.iso(oldest))
                                                    .orElse("")));
        }
        return Answer.ok(first.toBuilder()
                .put("repeats", new Json.Arr(whole))
                .put("complete", search.complete())
                .put("masked", sight.masked())
                .build());
    }
}
