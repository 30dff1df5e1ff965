package dev.waybill.api;

import dev.waybill.access.AuditJournal;
import dev.waybill.http.TimedOutput;
import java.time.Duration;
import java.util.List;

/// The live tail: server-sent events, one for each outcome that a filter lets through.
record StreamRoutes(LaneNames names, LiveTail tail, AuditJournal audit) {
    private static final Duration MAX_WRITE = Duration.ofSeconds(20);

    List<Route> routes() {
        return List.of(Route.get("events/stream", this::stream));
    }

    private Answer stream(Call call) {
        Arguments query = call.query();
        EventFilter filter = EventFilter.of(query, names);
        boolean reveal = query.flag(Sight.REVEAL);
        query.end();
        Sight sight = Sight.of(call, reveal, audit, filter.subject());
        Watcher watcher = tail.watch(filter);
        return new Answer.Stream("text/event-stream", "", out -> {
            TimedOutput timed = new TimedOutput(out, MAX_WRITE);
            try {
                new TailStream(watcher, new TailRows(names, filter, sight), timed).run();
            } finally {
                tail.leave(watcher);
            }
        });
    }
}
