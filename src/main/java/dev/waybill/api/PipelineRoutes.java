package dev.waybill.api;

import dev.waybill.access.Permission;
import dev.waybill.author.Author;
import dev.waybill.author.DiskView;
import dev.waybill.author.EntityTag;
import dev.waybill.config.Nearest;
import dev.waybill.config.Problem;
import dev.waybill.http.Refusal;
import dev.waybill.journal.LaneKey;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.lane.LaneBoard;
import dev.waybill.workspace.Pipeline;
import dev.waybill.workspace.RunningWorkspace;
import dev.waybill.workspace.WorkspaceFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Pipelines: what runs, what lies on disk, and changes of their files.
record PipelineRoutes(RunningWorkspace running, DiskView disk, Author author, LaneBoard lanes) {
    List<Route> routes() {
        return List.of(
                Route.get("pipelines", this::list),
                Route.get("pipelines/{name}", this::one),
                Route.put("pipelines/{name}", Permission.DEPLOY, this::put));
    }

    private Answer put(Call call) {
        Arguments query = call.query();
        boolean confirmed = query.flag("confirm");
        query.end();
        JsonObject sent = Writing.file(call);
        EntityTag.Condition from = Writing.condition(call);
        return Writing.answer(
                () -> author.pipeline(call.caller(), call.variables().getFirst(), sent, from, confirmed));
    }

    private SortedSet<String> names(DiskView.Now now) {
        SortedSet<String> names = new TreeSet<>(running.current().pipelines().keySet());
        now.files().under(WorkspaceFiles.PIPELINES).keySet().forEach(path -> names.add(WorkspaceFiles.stem(path)));
        return names;
    }

    private Answer list(Call call) {
        call.query().end();
        DiskView.Now now = disk.now();
        SortedMap<String, Integer> latest = latest(now);
        List<Json> pipelines =
                names(now).stream().<Json>map(name -> json(name, now, latest)).toList();
        return Answer.ok(JsonObject.builder()
                        .put("pipelines", new Json.Arr(pipelines))
                        .put(
                                "problems",
                                new Json.Arr(running.problems().stream()
                                        .<Json>map(PipelineRoutes::problem)
                                        .toList()))
                        .put("publicUrl", running.current().settings().publicUrl())
                        .put("readOnly", disk.isReadOnly())
                        .build())
                .with(Writing.ETAG, EntityTag.of(now.files().under(WorkspaceFiles.PIPELINES)));
    }

    private Answer one(Call call) {
        call.query().end();
        DiskView.Now now = disk.now();
        String name = call.variables().getFirst();
        SortedSet<String> known = names(now);
        if (!known.contains(name)) {
            throw new Refusal(
                    404,
                    "not_found",
                    "there is no such pipeline; pipelines: %s.%s"
                            .formatted(
                                    known.isEmpty() ? "none yet" : String.join(", ", known),
                                    Nearest.hint(name, known)));
        }
        Answer.Whole answer = Answer.ok(json(name, now, latest(now)));
        String text = now.files().texts().get(WorkspaceFiles.pipelineFile(name));
        return text == null ? answer : answer.with(Writing.ETAG, EntityTag.of(text));
    }

    private SortedMap<String, Integer> latest(DiskView.Now now) {
        SortedMap<String, Integer> latest = new TreeMap<>();
        for (WorkspaceFiles files : List.of(now.files(), running.files())) {
            files.under(WorkspaceFiles.INTEGRATIONS)
                    .keySet()
                    .forEach(path -> latest.merge(
                            WorkspaceFiles.integration(path), Integer.parseInt(WorkspaceFiles.stem(path)), Math::max));
        }
        return latest;
    }

    private JsonObject json(String name, DiskView.Now now, SortedMap<String, Integer> latest) {
        String path = WorkspaceFiles.pipelineFile(name);
        String onDisk = now.files().texts().get(path);
        String inForce = running.files().texts().get(path);
        Pipeline pipeline = running.current().pipelines().get(name);
        JsonObject.Builder json = JsonObject.builder().put("name", name);
        if (pipeline != null) {
            PipelineJson.put(pipeline, json);
            List<Json> pins = new ArrayList<>();
            for (Pipeline.Pin pin : pipeline.integrations()) {
                pins.add(PipelineJson.pin(pin, latest.get(pin.integration()), state(name, pin.integration())));
            }
            json.put("integrations", new Json.Arr(pins));
        }
        return json.put("inForce", pipeline != null)
                .put("file", onDisk == null ? Json.Null.INSTANCE : now.json(onDisk))
                .put("etag", onDisk == null ? null : EntityTag.of(onDisk))
                .put("yaml", onDisk)
                .put("changedByHand", onDisk == null || !onDisk.equals(inForce))
                .build();
    }

    private @Nullable String state(String pipeline, String integration) {
        return lanes.lane(new LaneKey(pipeline, integration))
                .map(lane -> lane.ledger().state())
                .orElse(null);
    }

    private static JsonObject problem(Problem problem) {
        return JsonObject.builder()
                .put("path", problem.file())
                .put("line", problem.line())
                .put("at", problem.path())
                .put("message", problem.message())
                .put("severity", problem.severity().name().toLowerCase(Locale.ROOT))
                .build();
    }
}
