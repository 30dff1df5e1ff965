package dev.waybill.api;

import dev.waybill.access.Permission;
import dev.waybill.author.Author;
import dev.waybill.author.DiskView;
import dev.waybill.author.EntityTag;
import dev.waybill.author.HiddenSecrets;
import dev.waybill.author.Refused;
import dev.waybill.compare.MeaningDiff;
import dev.waybill.config.Nearest;
import dev.waybill.http.Refusal;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.kit.Integration;
import dev.waybill.onboard.Confirmations;
import dev.waybill.workspace.Pipeline;
import dev.waybill.workspace.RunningWorkspace;
import dev.waybill.workspace.WorkspaceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Integrations and their revisions: what there is, what one says, and new ones.
record IntegrationRoutes(RunningWorkspace running, DiskView disk, Author author, Confirmations confirmations) {
    List<Route> routes() {
        return List.of(
                Route.get("integrations", this::list),
                Route.get("integrations/{name}/diff", this::diff),
                Route.get("integrations/{name}/{revision}", this::one),
                Route.post("integrations", Permission.EDIT, this::create),
                Route.post("integrations/{name}/revisions", Permission.EDIT, this::revise),
                Route.post("integrations/{name}/check", Permission.EDIT, this::check));
    }

    private Answer create(Call call) {
        call.query().end();
        JsonObject sent = Writing.file(call);
        return Writing.answer(() -> author.create(call.caller(), sent));
    }

    private Answer revise(Call call) {
        call.query().end();
        JsonObject sent = Writing.file(call);
        EntityTag.Condition from = Writing.condition(call);
        return Writing.answer(
                () -> author.revise(call.caller(), call.variables().getFirst(), sent, from));
    }

    private Answer check(Call call) {
        call.query().end();
        JsonObject sent = Writing.file(call);
        try {
            return Answer.ok(JsonObject.builder()
                    .put(
                            "problems",
                            Writing.findings(
                                    author.check(call.caller(), call.variables().getFirst(), sent)))
                    .build());
        } catch (Refused refused) {
            return Writing.refused(refused);
        }
    }

    /// The texts of all revisions: as they run, and what else is on disk.
    private SortedMap<String, NavigableMap<Integer, String>> revisions(DiskView.Now now) {
        SortedMap<String, NavigableMap<Integer, String>> all = new TreeMap<>();
        for (WorkspaceFiles files : List.of(now.files(), running.files())) {
            files.under(WorkspaceFiles.INTEGRATIONS)
                    .forEach((path, text) -> all.computeIfAbsent(WorkspaceFiles.integration(path), _ -> new TreeMap<>())
                            .put(Integer.parseInt(WorkspaceFiles.stem(path)), text));
        }
        return all;
    }

    private Answer list(Call call) {
        call.query().end();
        DiskView.Now now = disk.now();
        List<Json> integrations = revisions(now).entrySet().stream()
                .<Json>map(entry -> integration(entry.getKey(), entry.getValue(), now))
                .toList();
        return Answer.ok(JsonObject.builder()
                        .put("integrations", new Json.Arr(integrations))
                        .put("readOnly", disk.isReadOnly())
                        .build())
                .with(Writing.ETAG, EntityTag.of(now.files().under(WorkspaceFiles.INTEGRATIONS)));
    }

    private JsonObject integration(String name, NavigableMap<Integer, String> revisions, DiskView.Now now) {
        List<Json> rows = revisions.entrySet().stream()
                .<Json>map(entry -> revision(name, entry.getKey(), entry.getValue(), now))
                .toList();
        Map.Entry<Integer, String> newest = revisions.lastEntry();
        return JsonObject.builder()
                .put("name", name)
                .put("kit", now.json(newest.getValue()).text("kit"))
                .put("revisions", new Json.Arr(rows))
                .put("latest", newest.getKey())
                .put("confirmed", ConfirmationRoutes.confirmed(confirmations, name))
                .build();
    }

    private JsonObject revision(String name, int revision, String text, DiskView.Now now) {
        String path = WorkspaceFiles.revisionFile(name, revision);
        JsonObject file = now.json(text);
        String onDisk = now.files().texts().get(path);
        String inForce = running.files().texts().get(path);
        List<Json> pinnedBy = running.current().pipelines().values().stream()
                .filter(pipeline -> pipeline.integrations().stream()
                        .anyMatch(pin -> pin.integration().equals(name) && pin.revision() == revision))
                .map(Pipeline::name)
                .sorted()
                .<Json>map(Json::of)
                .toList();
        return JsonObject.builder()
                .put("revision", revision)
                .put("note", file.text("note"))
                .put("author", file.text("author"))
                .put("savedAt", savedAt(path))
                .put("pinnedBy", new Json.Arr(pinnedBy))
                .put("inForce", inForce != null)
                .put("changedByHand", inForce != null && !inForce.equals(onDisk))
                .build();
    }

    private @Nullable String savedAt(String path) {
        try {
            return Files.getLastModifiedTime(disk.path(path))
                    .toInstant()
                    .truncatedTo(ChronoUnit.MILLIS)
                    .toString();
        } catch (IOException gone) {
            return null;
        }
    }

    private Answer one(Call call) {
        call.query().end();
        DiskView.Now now = disk.now();
        String name = call.variables().getFirst();
        NavigableMap<Integer, String> revisions = revisions(now).get(name);
        int revision = number(call.variables().get(1));
        // As it lies on disk: a change is made from that. One whose file is gone is shown as it runs.
        String path = WorkspaceFiles.revisionFile(name, revision);
        String runs = running.files().texts().get(path);
        String text = now.files().texts().getOrDefault(path, runs);
        if (revisions == null) {
            throw unknown(name, now);
        }
        if (text == null) {
            throw new Refusal(
                    404,
                    "not_found",
                    "there is no such revision of %s; revisions: %s"
                            .formatted(
                                    name,
                                    String.join(
                                            ", ",
                                            revisions.keySet().stream()
                                                    .map(String::valueOf)
                                                    .toList())));
        }
        HiddenSecrets shown = HiddenSecrets.of(text, running.current().kits());
        String etag = EntityTag.of(text);
        return Answer.ok(JsonObject.builder()
                        .put("name", name)
                        .put("revision", revision)
                        .put("etag", etag)
                        .put("inForce", text.equals(runs))
                        .put("file", shown.file())
                        .put("yaml", shown.yaml())
                        .build())
                .with(Writing.ETAG, etag);
    }

    private static int number(String text) {
        return text.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(text) : 0;
    }

    private Refusal unknown(String name, DiskView.Now now) {
        List<String> known = List.copyOf(revisions(now).keySet());
        return new Refusal(
                404,
                "not_found",
                "there is no such integration; integrations: %s.%s"
                        .formatted(known.isEmpty() ? "none yet" : String.join(", ", known), Nearest.hint(name, known)));
    }

    private Answer diff(Call call) {
        Arguments query = call.query();
        String name = call.variables().getFirst();
        Integration from = revision(query, "from", name);
        Integration to = revision(query, "to", name);
        query.end();
        if (from == null || to == null) {
            throw new IllegalStateException("what is missing was refused");
        }
        MeaningDiff diff = MeaningDiff.of(from.meaning(), to.meaning());
        return Answer.ok(JsonObject.builder()
                .put("integration", name)
                .put("from", from.revision())
                .put("to", to.revision())
                .put("same", diff.groups().isEmpty())
                .put(
                        "groups",
                        new Json.Arr(diff.groups().stream()
                                .<Json>map(IntegrationRoutes::json)
                                .toList()))
                .build());
    }

    private @Nullable Integration revision(Arguments query, String argument, String name) {
        if (running.current().integrations().keySet().stream()
                .noneMatch(key -> key.integration().equals(name))) {
            throw unknown(name, disk.now());
        }
        if (query.value(argument) == null) {
            query.problem(argument + " is required: the number of a revision");
            return null;
        }
        int revision = query.number(argument, 0, 1, 999_999_999);
        return revision == 0 ? null : new Revisions(running.current(), query).revision(argument, name, revision);
    }

    private static JsonObject json(MeaningDiff.Group group) {
        List<Json> changes = group.changes().stream()
                .<Json>map(change -> JsonObject.builder()
                        .put("what", change.what())
                        .put("before", change.before())
                        .put("after", change.after())
                        .build())
                .toList();
        return JsonObject.builder()
                .put(
                        "events",
                        new Json.Arr(group.events().stream().<Json>map(Json::of).toList()))
                .put("settings", group.events().isEmpty())
                .put("every", group.every())
                .put("changes", new Json.Arr(changes))
                .build();
    }
}
