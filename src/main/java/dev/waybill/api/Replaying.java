package dev.waybill.api;

import dev.waybill.access.AuditJournal;
import dev.waybill.access.Audited;
import dev.waybill.access.Caller;
import dev.waybill.http.Refusal;
import dev.waybill.journal.LaneKey;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.lane.LaneBoard;
import dev.waybill.lane.LaneStatus.State;
import dev.waybill.lane.LaneView;
import dev.waybill.lane.ReplayFeed;
import dev.waybill.lane.ReplayJob;
import dev.waybill.lane.ReplayJobs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Makes replays, and says what was made.
record Replaying(LaneBoard lanes, AuditJournal audit) {
    static final String DOUBLE_COUNTING =
            "events that were delivered already are sent again; the destination may count them twice";

    /// A replay that is asked for.
    ///
    /// @param what what was asked for, for people
    record Wanted(LaneView lane, String what, ReplayJobs.Selector selector) {}

    /// Counts what the replays would send.
    Answer dryRun(List<Wanted> wanted, boolean again) throws IOException {
        long[] selected = new long[1];
        for (Wanted one : wanted) {
            one.selector().select((_, _) -> selected[0]++);
        }
        JsonObject.Builder answer =
                JsonObject.builder().put("selected", selected[0]).put("dryRun", true);
        return Answer.ok(warned(answer, again).build());
    }

    /// How the audit journal names a lane.
    static String subject(LaneKey lane) {
        return "lanes/" + lane.pipeline() + "/" + lane.integration();
    }

    /// Begins the replays.
    ///
    /// @param caller who asked for them
    /// @throws Refusal 409 when a lane was removed; then none has begun
    Answer begin(Caller caller, List<Wanted> wanted, boolean again) throws IOException {
        for (Wanted one : wanted) {
            if (one.lane().lane().isEmpty()) {
                throw removed(one.lane());
            }
        }
        List<ReplayJob> jobs = new ArrayList<>();
        for (Wanted one : wanted) {
            ReplayJob job = begin(one).job();
            jobs.add(job);
            audit.record(
                    caller.name(),
                    Audited.REPLAY_STARTED,
                    subject(job.lane()),
                    null,
                    "%s: %d events, %s".formatted(job.id(), job.selected(), one.what()));
        }
        JsonObject.Builder answer = JsonObject.builder();
        if (jobs.size() == 1) {
            answer.put("id", jobs.getFirst().id());
        }
        long selected = jobs.stream().mapToLong(ReplayJob::selected).sum();
        List<Json> begun = jobs.stream().<Json>map(Replaying::begun).toList();
        answer.put("selected", selected).put("replays", new Json.Arr(begun));
        return new Answer.Whole(202, warned(answer, again).build());
    }

    private static JsonObject begun(ReplayJob job) {
        return JsonObject.builder()
                .put("id", job.id())
                .put("pipeline", job.lane().pipeline())
                .put("integration", job.lane().integration())
                .put("selected", job.selected())
                .build();
    }

    private ReplayFeed begin(Wanted wanted) throws IOException {
        try {
            return lanes.replay(wanted.lane(), wanted.what(), wanted.selector());
        } catch (IllegalStateException meanwhile) {
            throw removed(wanted.lane());
        }
    }

    /// The refusal of whatever needs a lane that works.
    static Refusal removed(LaneView lane) {
        return new Refusal(
                409,
                "lane_" + State.REMOVED.text(),
                "lane %s was removed; put the integration back into the pipeline".formatted(lane.key()));
    }

    private static JsonObject.Builder warned(JsonObject.Builder answer, boolean again) {
        return again ? answer.put("warning", DOUBLE_COUNTING) : answer;
    }
}
