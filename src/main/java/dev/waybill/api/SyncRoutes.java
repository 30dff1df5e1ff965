package dev.waybill.api;

import dev.waybill.access.Permission;
import dev.waybill.config.Nearest;
import dev.waybill.deliver.AddressGuard;
import dev.waybill.http.Refusal;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.PlainText;
import dev.waybill.kit.BrowserSync;
import dev.waybill.kit.Integration;
import dev.waybill.onboard.SyncCheck;
import dev.waybill.onboard.SyncCheck.Subject;
import dev.waybill.onboard.SyncFinding;
import dev.waybill.onboard.SyncLetter;
import dev.waybill.workspace.Pipeline;
import dev.waybill.workspace.Pipeline.Pin;
import dev.waybill.workspace.Workspace;
import dev.waybill.workspace.Workspace.RevisionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// Whether the pages of a pipeline's origins get their identifier, and the letter that asks for it.
final class SyncRoutes {
    /// A check asks another's server: two at once are enough for people.
    private static final int AT_ONCE = 2;

    private static final int MOST_ORIGINS = 20;

    private final Supplier<Workspace> workspace;
    private final AddressGuard guard;
    private final Semaphore free = new Semaphore(AT_ONCE);

    SyncRoutes(Supplier<Workspace> workspace, AddressGuard guard) {
        this.workspace = workspace;
        this.guard = guard;
    }

    List<Route> routes() {
        return List.of(
                Route.get("pipelines/{name}/sync-check", Permission.TRY, this::check),
                Route.get("pipelines/{name}/letter", this::letter));
    }

    private Answer check(Call call) {
        call.query().end();
        Workspace running = workspace.get();
        Pipeline pipeline = pipeline(running, call);
        List<Subject> subjects = subjects(running, pipeline);
        List<Subject> askable = subjects.stream().filter(Subject::isAskable).toList();
        List<String> origins = pipeline.origins().stream()
                .filter(origin -> !origin.contains("*"))
                .limit(MOST_ORIGINS)
                .toList();
        List<Json> rows = new ArrayList<>();
        for (SyncFinding finding : asked(pipeline, askable, origins)) {
            rows.add(finding.json().toBuilder()
                    .put("sentence", String.join(" ", finding.faults()))
                    .build());
        }
        List<Json> missing = new ArrayList<>();
        subjects.stream()
                .filter(subject -> !subject.isAskable())
                .forEach(subject -> missing.add(Json.of(subject.missing())));
        int patterns = (int) pipeline.origins().stream()
                .filter(origin -> origin.contains("*"))
                .count();
        if (patterns > 0) {
            missing.add(Json.of("The pipeline lists origins with a *; a destination allow-lists each origin by itself:"
                    + " ask with ./waybill sync-check --origin for those that your pages have."));
        }
        return Answer.ok(JsonObject.builder()
                .put("pipeline", pipeline.name())
                .put("origins", new Json.Arr(rows))
                .put("missing", new Json.Arr(missing))
                .build());
    }

    private List<SyncFinding> asked(Pipeline pipeline, List<Subject> askable, List<String> origins) {
        if (!free.tryAcquire()) {
            throw new Refusal(429, "busy", "other checks are under way; try again in some seconds");
        }
        try {
            return new SyncCheck(guard, pipeline.sync().timeout()).ask(askable, origins, _ -> {});
        } finally {
            free.release();
        }
    }

    private Answer letter(Call call) {
        call.query().end();
        Workspace running = workspace.get();
        Pipeline pipeline = pipeline(running, call);
        List<String> origins = pipeline.origins().isEmpty() ? List.of("(your site's origins)") : pipeline.origins();
        StringBuilder text = new StringBuilder();
        for (Subject subject : subjects(running, pipeline)) {
            SyncLetter.of(subject.kit())
                    .ifPresent(letter -> text.append(letter.about(
                            origins, subject.integration().parameters().get("PARTNER_ID"))));
        }
        if (text.isEmpty()) {
            throw new Refusal(
                    404,
                    "no_letter",
                    "no integration of pipeline %s has a kit with an ID sync, so there is nothing to ask for"
                            .formatted(pipeline.name()));
        }
        return Answer.ok(JsonObject.builder().put("text", text.toString()).build());
    }

    private static Pipeline pipeline(Workspace running, Call call) {
        String name = call.variables().getFirst();
        Pipeline found = running.pipelines().get(name);
        if (found == null) {
            throw new Refusal(
                    404,
                    "unknown_pipeline",
                    "the workspace that runs has no pipeline %s.%s"
                            .formatted(
                                    PlainText.harmless(name, 100),
                                    Nearest.hint(name, running.pipelines().keySet())));
        }
        return found;
    }

    private static List<Subject> subjects(Workspace running, Pipeline pipeline) {
        List<Subject> subjects = new ArrayList<>();
        for (Pin pin : pipeline.integrations()) {
            Integration pinned = running.integrations().get(new RevisionKey(pin.integration(), pin.revision()));
            BrowserSync sync = pinned == null ? null : pinned.browserSync();
            if (pinned != null && sync != null) {
                running.kits().find(pinned.kit()).ifPresent(kit -> subjects.add(new Subject(pinned, kit, sync)));
            }
        }
        return subjects;
    }
}
