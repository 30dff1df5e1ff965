package dev.waybill.api;

import dev.waybill.access.Permission;
import dev.waybill.config.Problem;
import dev.waybill.config.Problems;
import dev.waybill.config.YamlFile;
import dev.waybill.decide.Decider;
import dev.waybill.dryrun.DryRun;
import dev.waybill.event.Event;
import dev.waybill.http.Refusal;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.kit.Integration;
import dev.waybill.kit.IntegrationCompiler;
import dev.waybill.workspace.Pipeline;
import dev.waybill.workspace.Pipeline.Mode;
import dev.waybill.workspace.Pipeline.Pin;
import dev.waybill.workspace.Pipeline.StartFrom;
import dev.waybill.workspace.RevisionCompiler;
import dev.waybill.workspace.Workspace;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A dry run of one event against a saved revision, or one that was sent along.
record MapRoutes(Supplier<Workspace> workspace, InstantSource clock) {
    private static final int MAX_BODY = 1 << 20;
    private static final int MAX_REVISION = 999_999_999;
    private static final String UNSAVED = "file";
    private static final RevisionCompiler COMPILER = IntegrationCompiler::compile;

    List<Route> routes() {
        return List.of(Route.post("map", Permission.VIEW, this::map));
    }

    private Answer map(Call call) {
        Workspace running = workspace.get();
        Arguments body = call.body(MAX_BODY);
        Json event = body.value("event");
        if (event == null) {
            body.problem("event is required: the event as it would be sent to the collector, with its type");
        }
        DryRun.Lane lane = body.value(UNSAVED) == null ? saved(running, body) : unsaved(running, body);
        boolean explain = body.flag("explain");
        body.end();
        if (lane == null || event == null) {
            throw new IllegalStateException("what is missing was refused");
        }
        DryRun run = new DryRun(List.of(lane), running.settings().limits());
        byte[] bytes = JsonText.bytes(event);
        return Answer.ok(
                explain
                        ? explained(run.explain(bytes, clock.millis()), lane)
                        : run.decide(1, bytes, clock.millis()).getFirst().line());
    }

    private static JsonObject explained(DryRun.Explained explained, DryRun.Lane lane) {
        Event read = explained.event();
        JsonObject.Builder line = explained.line().toBuilder()
                .put("steps", StepsJson.steps(explained.explanation(), explained.notices()));
        if (read != null) {
            Integration integration = lane.decider().integration();
            line.put(
                    "decision",
                    StepsJson.decision(
                            Identified.of(integration, read), lane.decider().pipeline(), integration));
        }
        return line.build();
    }

    private static DryRun.@Nullable Lane saved(Workspace running, Arguments body) {
        Revisions revisions = new Revisions(running, body);
        String name = revisions.integration();
        int revision = body.number("revision", 0, 1, MAX_REVISION);
        if (body.value("integration") == null) {
            body.problem("integration is required, or file: a revision that is not saved");
        }
        Pipeline pipeline = name == null ? null : revisions.pipeline(name);
        if (name == null || pipeline == null) {
            return null;
        }
        Pin pinned = Revisions.pin(pipeline, name);
        if (revision == 0 && pinned == null) {
            body.problem("revision is required, because pipeline %s does not pin %s".formatted(pipeline.name(), name));
            return null;
        }
        int wanted = revision == 0 && pinned != null ? pinned.revision() : revision;
        Integration integration = revisions.revision("revision", name, wanted);
        Pin pin = pinned == null
                ? live(name, wanted)
                : new Pin(name, wanted, pinned.enabled(), pinned.mode(), pinned.startFrom());
        return integration == null ? null : new DryRun.Lane(new Decider(pipeline, pin, integration), true);
    }

    private static DryRun.@Nullable Lane unsaved(Workspace running, Arguments body) {
        String given = body.text("integration");
        Pipeline pipeline = running.pipelines().isEmpty() || body.value("pipeline") == null
                ? Pipeline.withDefaults("map", "", List.of())
                : new Revisions(running, body).pipeline(given);
        if (body.value("revision") != null) {
            body.problem("revision goes with a saved one; file is not saved");
        }
        String name = given == null ? "unsaved" : given;
        Json file = body.value(UNSAVED);
        if (!(file instanceof JsonObject) && (file == null || file.asText() == null)) {
            body.problem("file is no text and no object; send an integration's file as YAML text or as JSON");
            return null;
        }
        String text = file.asText();
        Integration integration = compiled(running, name, text == null ? JsonText.write(file) : text);
        return pipeline == null ? null : new DryRun.Lane(new Decider(pipeline, live(name, 1), integration), false);
    }

    private static Integration compiled(Workspace running, String name, String yaml) {
        Problems problems = new Problems();
        Optional<Integration> compiled = YamlFile.read(UNSAVED, yaml, problems)
                .flatMap(root ->
                        COMPILER.compile(running.kits(), name, 1, root, new StandInVariables(), problems, false));
        return compiled.filter(_ -> !problems.hasErrors())
                .orElseThrow(() -> new Refusal(
                        400,
                        "invalid_revision",
                        problems.sorted().stream()
                                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                                .map(Problem::toString)
                                .collect(Collectors.joining("; "))));
    }

    private static Pin live(String integration, int revision) {
        return new Pin(integration, revision, true, Mode.LIVE, new StartFrom.Now());
    }
}
