package dev.waybill.api;

import dev.waybill.access.AuditJournal;
import dev.waybill.access.Permission;
import dev.waybill.compare.RevisionComparison;
import dev.waybill.kit.Integration;
import dev.waybill.lane.LaneView;
import dev.waybill.log.EventLog;
import dev.waybill.log.LogItem;
import dev.waybill.log.LogReader;
import dev.waybill.log.LogRecord;
import dev.waybill.workspace.Pipeline;
import dev.waybill.workspace.Workspace;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Two revisions over the last events of a pipeline. Bounded in events and time.
record CompareRoutes(LaneNames names, Supplier<Workspace> workspace, AuditJournal audit) {
    private static final int USUAL_LAST = 1000;
    private static final int MAX_LAST = 100_000;
    private static final int USUAL_EXAMPLES = 3;
    private static final int MAX_EXAMPLES = 10;
    private static final int MAX_REVISION = 999_999_999;
    private static final long MAX_NANOS = Duration.ofSeconds(10).toNanos();

    List<Route> routes() {
        return List.of(Route.post("compare", Permission.VIEW, this::compare));
    }

    private Answer compare(Call call) {
        Arguments query = call.query();
        boolean reveal = query.flag(Sight.REVEAL);
        query.end();
        Arguments body = call.body();
        Revisions revisions = new Revisions(workspace.get(), body);
        String name = revisions.integration();
        int last = body.number("last", USUAL_LAST, 1, MAX_LAST);
        int examples = body.number("examples", USUAL_EXAMPLES, 0, MAX_EXAMPLES);
        for (String required : List.of("integration", "from", "to")) {
            if (body.value(required) == null) {
                body.problem(required + " is required");
            }
        }
        Integration from = revision(revisions, body, "from", name);
        Integration to = revision(revisions, body, "to", name);
        Pipeline pipeline = name == null ? null : revisions.pipeline(name);
        body.value("pipeline");
        body.end();
        if (pipeline == null || from == null || to == null) {
            throw new IllegalStateException("what is missing was refused");
        }
        Sight sight = Sight.of(call, reveal, audit, "compare: integrations/" + name);
        RevisionComparison comparison = new RevisionComparison(pipeline, from, to, examples);
        List<LaneView> lanes = names.byPipeline().getOrDefault(pipeline.name(), List.of());
        boolean complete = lanes.isEmpty() || over(lanes.getFirst().log(), last, comparison);
        return Answer.ok(sight.shown(comparison.result().json()).toBuilder()
                .put("complete", complete)
                .put("masked", sight.masked())
                .build());
    }

    private static @Nullable Integration revision(
            Revisions revisions, Arguments body, String argument, @Nullable String name) {
        int revision = body.number(argument, 0, 1, MAX_REVISION);
        return name == null || revision == 0 ? null : revisions.revision(argument, name, revision);
    }

    /// Returns whether there was time for all of them.
    private static boolean over(EventLog log, int last, RevisionComparison comparison) {
        long started = System.nanoTime();
        long end = log.end();
        try (LogReader reader = log.reader(Math.max(0, end - last))) {
            for (LogItem item = reader.next(); item != null && item.sequence() < end; item = reader.next()) {
                if (System.nanoTime() - started > MAX_NANOS) {
                    return false;
                }
                switch (item) {
                    case LogItem.Entry(long _, LogRecord record) -> comparison.add(record);
                    case LogItem.Damaged damaged -> comparison.addUnreadable(damaged.next() - damaged.sequence());
                }
            }
        }
        return true;
    }
}
