package dev.waybill.api;

import dev.waybill.access.AuditJournal;
import dev.waybill.access.Session;
import dev.waybill.access.Sessions;
import dev.waybill.access.Visitor;
import dev.waybill.http.TimedOutput;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/// The live tail: server-sent events, one for each outcome that a filter lets through. A session's streams end with it.
record StreamRoutes(LaneNames names, LiveTail tail, Sessions sessions, AuditJournal audit) {
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
        BooleanSupplier allowed = call.visitor() instanceof Visitor.SignedIn(Session session)
                ? () -> sessions.holds(session)
                : () -> true;
        Watcher watcher = tail.watch(filter);
        return new Answer.Stream("text/event-stream", "", out -> {
            TimedOutput timed = new TimedOutput(out, MAX_WRITE);
            try {
                new TailStream(watcher, new TailRows(names, filter, sight), allowed, timed).run();
            } finally {
                tail.leave(watcher);
            }
        });
    }
}
