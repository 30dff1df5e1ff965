package dev.waybill.author;

import dev.waybill.access.Audited;
import dev.waybill.access.Caller;
import dev.waybill.config.Problem;
import dev.waybill.config.Problems;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.workspace.AuditedFiles;
import dev.waybill.workspace.Workspace;
import dev.waybill.workspace.WorkspaceFiles;
import dev.waybill.workspace.WorkspaceReader;
import dev.waybill.yaml.YamlEdit;
import dev.waybill.yaml.YamlText;
import dev.waybill.yaml.YamlTree;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes the files of pipelines: new ones whole, others by changing what differs. Safe for threads.
record PipelineWriter(Desk desk) {
    static final List<String> ORDER =
            List.of("writeKey", "origins", "cookie", "consent", "filters", "identityWait", "sync", "integrations");

    private static final int LONGEST_LIST = 1000;

    /// @param confirmed whether to go on although fixtures differ
    Saved put(Caller who, String name, JsonObject sent, EntityTag.Condition from, boolean confirmed) {
        Desk.name("a pipeline", name);
        String path = WorkspaceFiles.pipelineFile(name);
        JsonObject wanted = wanted(name, sent);
        List<Finding> findings;
        String text;
        String before;
        desk.writing().lock();
        try {
            Problems now = new Problems();
            WorkspaceFiles onDisk = desk.onDisk(now);
            before = onDisk.texts().get(path);
            readable(path, wanted, now);
            unchanged(onDisk, path, before, from);
            text = before == null ? YamlText.document(wanted, ORDER) : edited(path, before, wanted);
            findings = checked(who, name, path, wanted, text, onDisk, before, confirmed);
            if (!text.equals(before)) {
                write(who, name, wanted, before, text);
            }
        } finally {
            desk.writing().unlock();
        }
        List<Finding> warnings = new ArrayList<>(findings);
        boolean changed = !text.equals(before);
        boolean inForce = changed
                ? desk.inForce(path, text, warnings)
                : text.equals(desk.running().files().texts().get(path));
        return new Saved(name, 0, path, EntityTag.of(text), before == null, inForce, warnings);
    }

    /// `name` may come along, as the answer of a GET has it.
    private static JsonObject wanted(String name, JsonObject sent) {
        Json said = sent.present("name");
        if (said != null && !name.equals(said.asText())) {
            throw Refused.invalid(List.of(Finding.error(
                    "/name",
                    "the path says '" + name + "'; leave name out, or write the same. A pipeline is its lanes'"
                            + " name too and can't get another")));
        }
        longest(sent, "");
        JsonObject.Builder wanted = JsonObject.builder();
        sent.forEach(entry -> {
            if (!entry.getKey().equals("name")) {
                wanted.put(entry.getKey(), entry.getValue());
            }
        });
        return wanted.build();
    }

    /// Lists are held against those of the file, item by item, while nobody else can write.
    private static void longest(Json value, String pointer) {
        switch (value) {
            case JsonObject object ->
                object.forEach(entry -> longest(entry.getValue(), pointer + "/" + Pointers.escaped(entry.getKey())));
            case Json.Arr(List<Json> items) -> {
                if (items.size() > LONGEST_LIST) {
                    throw Refused.invalid(List.of(Finding.error(
                            pointer, "found %d items; allowed: %d".formatted(items.size(), LONGEST_LIST))));
                }
                items.forEach(item -> longest(item, pointer));
            }
            default -> {}
        }
    }

    /// A file that can't be read is not one that isn't there.
    private static void readable(String path, JsonObject wanted, Problems onDisk) {
        for (Problem problem : onDisk.sorted()) {
            if (problem.file().equals(path)) {
                throw Refused.with(
                        Refused.Reason.NOT_EDITABLE,
                        path + " can't be changed in place: " + problem.message() + "; mend it by hand, or put the text"
                                + " of this answer in its place",
                        new Refused.Draft(path, YamlText.document(wanted, ORDER)));
            }
        }
    }

    private void unchanged(WorkspaceFiles onDisk, String path, @Nullable String before, EntityTag.Condition from) {
        if (before == null) {
            if (!from.anyOf().isEmpty()) {
                throw changed(path + " is not there any more; put it back, or create it with If-None-Match: *");
            }
            return;
        }
        if (from.absent()) {
            throw changed(path + " is there already, written " + desk.lastWritten(path, before)
                    + "; choose another name, or change that one with If-Match");
        }
        boolean byHand =
                !from.isGiven() && !before.equals(desk.running().files().texts().get(path));
        boolean same = from.holds(List.of(EntityTag.of(before), EntityTag.of(onDisk.under(WorkspaceFiles.PIPELINES))));
        if (byHand || !same) {
            throw changed(path + " is newer than what this change was made from: it was written "
                    + desk.lastWritten(path, before) + "; look at it and change it again");
        }
    }

    private static Refused changed(String detail) {
        return new Refused(Refused.Reason.CHANGED, detail);
    }

    private static String edited(String path, String before, JsonObject wanted) {
        return YamlEdit.apply(before, wanted, ORDER)
                .orElseThrow(() -> Refused.with(
                        Refused.Reason.NOT_EDITABLE,
                        path + " can't be changed in place: it is no YAML, or uses anchors and aliases in what is to"
                                + " change; change it by hand, or put the text of this answer in its place, which has"
                                + " none of its comments",
                        new Refused.Draft(path, YamlText.document(wanted, ORDER))));
    }

    /// The warnings about a file that may be written.
    private List<Finding> checked(
            Caller who,
            String name,
            String path,
            JsonObject wanted,
            String text,
            WorkspaceFiles onDisk,
            @Nullable String before,
            boolean confirmed) {
        Pointers pointers = new Pointers(wanted);
        Problems old = new Problems();
        Optional<Workspace> current = desk.running().wouldBe(onDisk, desk.reader(), old);
        Json oldFile =
                before == null ? Json.Null.INSTANCE : YamlTree.json(before).orElse(Json.Null.INSTANCE);
        List<Finding> findings = new ArrayList<>();
        Set<String> withheld = References.find(wanted, oldFile, who, (_, _) -> false, findings);
        WorkspaceReader reader = withheld.isEmpty()
                ? desk.reader()
                : desk.reader().with(new WithheldVariables(desk.variables(), withheld));
        Problems found = new Problems();
        Optional<Workspace> candidate = desk.running().wouldBe(onDisk.with(Map.of(path, text)), reader, found);
        findings.addAll(
                Desk.findings(path, old.sorted(), found.sorted(), pointers, problem -> elsewhere(wanted, problem)));
        if (findings.stream().anyMatch(Finding::isError)) {
            throw Refused.invalid(findings);
        }
        Set<String> lanes = PinChange.between(oldFile, wanted).stream()
                .filter(change -> change.to() != null)
                .map(PinChange::integration)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (!confirmed && !lanes.isEmpty() && candidate.isPresent()) {
            fixtures(name, current.orElse(desk.running().current()), candidate.get(), lanes);
        }
        return findings;
    }

    private void fixtures(String name, Workspace current, Workspace candidate, Set<String> lanes) {
        List<FixtureDifference> differing;
        try {
            differing = FixtureRun.differences(desk.running().directory(), current, candidate, name, lanes);
        } catch (IOException e) {
            throw Refused.differing(
                    "the fixtures in tests/ can't be read (" + e + "); confirm to go on without them", List.of());
        }
        if (!differing.isEmpty()) {
            throw Refused.differing(
                    "%d fixture%s would show something else with %s: %s; nothing was written; confirm to go on"
                            .formatted(
                                    differing.size(),
                                    differing.size() == 1 ? "" : "s",
                                    String.join(", ", lanes),
                                    differing.stream()
                                            .map(FixtureDifference::name)
                                            .collect(Collectors.joining(", "))),
                    differing);
        }
    }

    /// An error of a revision comes from the pin that makes it count, any other from the write key.
    private static String elsewhere(JsonObject wanted, Problem problem) {
        if (problem.path().equals("writeKey")) {
            return "/writeKey";
        }
        if (problem.file().startsWith(WorkspaceFiles.INTEGRATIONS + "/")
                && wanted.get("integrations") instanceof Json.Arr(List<Json> items)) {
            String integration = WorkspaceFiles.integration(problem.file());
            for (int i = 0; i < items.size(); i++) {
                if (items.get(i) instanceof JsonObject pin && integration.equals(pin.text("integration"))) {
                    return "/integrations/" + i + "/revision";
                }
            }
        }
        return "";
    }

    private void write(Caller who, String name, JsonObject wanted, @Nullable String before, String text) {
        String path = WorkspaceFiles.pipelineFile(name);
        Refused.Draft draft = new Refused.Draft(path, text);
        if (!desk.isWritable(path)) {
            throw Desk.readOnly(draft, null);
        }
        audit(who, name, before, wanted);
        Path file = desk.running().directory().resolve(path);
        try (AuditedFiles.Announced announced = desk.announced().announce(path, text)) {
            if (before == null) {
                desk.disk().create(file, text);
            } else if (!desk.disk().replace(file, before, text)) {
                throw overtaken(who, name);
            }
            announced.written();
        } catch (FileAlreadyExistsException e) {
            throw overtaken(who, name);
        } catch (IOException | ReadOnlyFileSystemException e) {
            desk.notWritten(who, subject(name), Desk.why(e));
            throw Desk.readOnly(draft, e);
        }
        desk.remember(who, path, text);
    }

    private Refused overtaken(Caller who, String name) {
        desk.notWritten(who, subject(name), "it was written by hand at that moment");
        return changed(WorkspaceFiles.pipelineFile(name)
                + " was written by hand at this moment; look at it and change it again");
    }

    private static String subject(String name) {
        return WorkspaceFiles.PIPELINES + "/" + name;
    }

    private void audit(Caller who, String name, @Nullable String before, JsonObject wanted) {
        String subject = subject(name);
        JsonObject old = before != null && YamlTree.json(before).orElse(null) instanceof JsonObject object
                ? object
                : JsonObject.EMPTY;
        if (before == null) {
            desk.audit()
                    .record(
                            who.name(),
                            Audited.PIPELINE_CREATED,
                            subject,
                            null,
                            "write key " + wanted.text("writeKey"));
        }
        for (PinChange change : PinChange.between(old, wanted)) {
            desk.audit()
                    .record(
                            who.name(),
                            Audited.REVISION_PINNED,
                            subject,
                            change.from() == null ? null : change.integration() + "/" + change.from(),
                            change.to() == null ? null : change.integration() + "/" + change.to());
        }
        Set<String> keys = new LinkedHashSet<>();
        List.of(old, wanted).forEach(file -> file.forEach(entry -> keys.add(entry.getKey())));
        keys.removeIf(key -> key.equals("integrations")
                ? withoutRevisions(old).equals(withoutRevisions(wanted))
                : Objects.equals(old.get(key), wanted.get(key)));
        if (before != null && !keys.isEmpty()) {
            desk.audit().record(who.name(), Audited.PIPELINE_CHANGED, subject, shown(old, keys), shown(wanted, keys));
        }
    }

    /// The pins without what has an entry of its own.
    private static List<Json> withoutRevisions(JsonObject file) {
        List<Json> pins = new ArrayList<>();
        if (file.get("integrations") instanceof Json.Arr(List<Json> items)) {
            for (Json item : items) {
                pins.add(
                        item instanceof JsonObject pin
                                ? pin.toBuilder().put("revision", 0).build()
                                : item);
            }
        }
        return pins;
    }

    private static String shown(JsonObject file, Set<String> keys) {
        JsonObject.Builder changed = JsonObject.builder();
        keys.forEach(key -> {
            Json value = file.get(key);
            if (value != null) {
                changed.put(key, value);
            }
        });
        String text = YamlText.line(changed.build());
        return text.length() <= 500 ? text : text.substring(0, 500) + "…";
    }
}
