package dev.waybill.api;

import dev.waybill.http.TimedOutput;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/// The live tail: server-sent events, one for each outcome that a filter lets through.
record StreamRoutes(LaneNames names, LiveTail tail) {
    private static final Duration MAX_WRITE = Duration.ofSeconds(20);

    List<Route> routes() {
        return List.of(Route.get("events/stream", this::stream));
    }

    private Answer stream(Call call) {
        Arguments query = call.query();
        EventFilter filter = EventFilter.of(query, names);
        query.end();
        Watcher watcher = tail.watch(filter);
        return new Answer.Stream("text/event-stream", "", out -> {
            TimedOutput timed = new TimedOutput(out, MAX_WRITE);
            try {
                new TailStream(watcher, new TailRows(names, filter), UnaryOperator.identity(), timed).run();
            } finally {
                tail.leave(watcher);
            }
        });
    }
}
