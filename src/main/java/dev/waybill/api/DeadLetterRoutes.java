package dev.waybill.api;

import dev.waybill.access.AuditJournal;
import dev.waybill.access.Permission;
import dev.waybill.deadletter.DeadLetters;
import dev.waybill.deadletter.Letter;
import dev.waybill.deadletter.LetterFilter;
import dev.waybill.event.EventName;
import dev.waybill.http.Refusal;
import dev.waybill.journal.LaneKey;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.lane.LaneView;
import dev.waybill.outcome.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// What was rejected, and sending it again.
record DeadLetterRoutes(DeadLetters deadLetters, LaneNames names, Replaying replaying, AuditJournal audit) {
    private static final int USUAL_LIMIT = 50;
    private static final int MAX_LIMIT = 1000;
    /// Letters are read whole, a page shows little of each: so many at once bound the memory.
    private static final int PAGE = 100;

    private static final long MAX_NANOS = Duration.ofSeconds(2).toNanos();
    private static final int MAX_GROUPS = 200;
    private static final int MAX_IDS = 10_000;
    private static final int IDS_BODY = 4 << 20;
    private static final int LONGEST_ID = 300;

    List<Route> routes() {
        return List.of(
                Route.get("dead-letters", this::list),
                Route.get("dead-letters/{id}", this::one),
                Route.post("dead-letters/replay", Permission.DEPLOY, this::replay));
    }

    private Answer list(Call call) {
        Arguments query = call.query();
        LetterFilter filter = filter(query);
        int limit = query.number("limit", USUAL_LIMIT, 1, MAX_LIMIT);
        OptionalLong before = query.cursor("before");
        boolean reveal = query.flag(Sight.REVEAL);
        query.end();
        Sight sight = Sight.of(call, reveal, audit, "dead-letters");
        if (call.accepts(LetterExport.CONTENT_TYPE)) {
            int most = query.value("limit") == null ? Integer.MAX_VALUE : limit;
            LetterExport export = new LetterExport(deadLetters, filter, most, before, sight::shown);
            return new Answer.Stream(LetterExport.CONTENT_TYPE, "dead-letters.ndjson", export::write);
        }
        long started = System.nanoTime();
        List<Json> rows = new ArrayList<>();
        do {
            DeadLetters.Page page = deadLetters.list(filter, Math.min(PAGE, limit - rows.size()), before);
            page.letters().forEach(letter -> rows.add(row(letter, sight)));
            before = page.before();
        } while (rows.size() < limit && before.isPresent() && System.nanoTime() - started < MAX_NANOS);
        return Answer.ok(JsonObject.builder()
                .put("deadLetters", new Json.Arr(rows))
                .put("next", before.isPresent() ? Json.of(before.getAsLong()) : Json.Null.INSTANCE)
                .put("counts", CountsJson.reasons(deadLetters.counts()))
                .put("groups", groups(filter))
                .put("masked", sight.masked())
                .build());
    }

    private static JsonObject row(Letter letter, Sight sight) {
        return sight.shown(
                LetterJson.row(letter), () -> RecordJson.about(letter.letter().record()));
    }

    private Json.Arr groups(LetterFilter filter) {
        return new Json.Arr(deadLetters.groups().stream()
                .filter(filter::matches)
                .limit(MAX_GROUPS)
                .map(LetterJson::group)
                .toList());
    }

    private LetterFilter filter(Arguments arguments) {
        LaneNames.Chosen chosen = names.chosen(arguments);
        Reason reason = Words.reason(arguments);
        String event = arguments.text("event");
        Long from = arguments.time("from");
        Long to = arguments.time("to");
        if (from != null && to != null && from >= to) {
            arguments.problem("from is not before to; give a range of at least a millisecond");
        }
        return new LetterFilter(
                chosen.pipeline(),
                chosen.integration(),
                reason,
                event == null ? null : EventName.normalise(event),
                from == null ? 0 : from,
                to == null ? Long.MAX_VALUE : to);
    }

    private Answer one(Call call) {
        Arguments query = call.query();
        boolean reveal = query.flag(Sight.REVEAL);
        query.end();
        String id = call.variables().getFirst();
        Sight sight = Sight.of(call, reveal, audit, "dead-letters/" + id);
        Letter letter = deadLetters
                .get(id)
                .orElseThrow(() -> new Refusal(
                        404,
                        "unknown_dead_letter",
                        "there is no dead letter of that id; an id looks like web~kargo-main~123"));
        return Answer.ok(sight.shown(LetterJson.whole(letter)).toBuilder()
                .put("masked", sight.masked())
                .build());
    }

    private Answer replay(Call call) throws IOException {
        Arguments body = call.body(IDS_BODY);
        boolean includeDelivered = body.flag("includeDelivered");
        boolean dryRun = body.flag("dryRun");
        Set<String> ids = ids(body);
        LetterFilter filter = filter(body);
        if (!ids.isEmpty() && !filter.equals(LetterFilter.ALL)) {
            body.problem("ids and a filter are both given; give one of them");
        }
        if (body.value("ids") == null && filter.equals(LetterFilter.ALL)) {
            body.problem("nothing says which; give ids, or at least one of pipeline, integration, reason, event, from,"
                    + " to");
        }
        body.end();
        LetterSelection selection = new LetterSelection(includeDelivered);
        if (ids.isEmpty()) {
            selection.add(deadLetters, filter);
        } else {
            selection.add(deadLetters, ids);
        }
        List<Replaying.Wanted> wanted = new ArrayList<>();
        for (LaneKey lane : selection.lanes()) {
            wanted.add(new Replaying.Wanted(view(lane), "dead letters", selected -> selection.select(lane, selected)));
        }
        return dryRun
                ? replaying.dryRun(wanted, includeDelivered)
                : replaying.begin(call.caller(), wanted, includeDelivered);
    }

    private LaneView view(LaneKey lane) {
        return names.board()
                .lane(lane)
                .orElseThrow(() -> new Refusal(
                        409,
                        "lane_removed",
                        "there is no lane %s any more; put the integration back into the pipeline".formatted(lane)));
    }

    private static Set<String> ids(Arguments body) {
        Json given = body.value("ids");
        Set<String> ids = new LinkedHashSet<>();
        if (given == null) {
            return ids;
        }
        if (given instanceof Json.Arr(List<Json> items) && !items.isEmpty() && items.size() <= MAX_IDS) {
            for (Json item : items) {
                String id = item.asText();
                if (id == null || id.length() > LONGEST_ID) {
                    body.problem("ids holds something that is no id; an id looks like web~kargo-main~123");
                    return ids;
                }
                ids.add(id);
            }
            return ids;
        }
        body.problem("ids is not an array of 1 to %d ids".formatted(MAX_IDS));
        return ids;
    }
}
