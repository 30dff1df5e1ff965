package dev.waybill.author;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.access.Audited;
import dev.waybill.access.Caller;
import dev.waybill.config.Problems;
import dev.waybill.data.DurableDirectory;
import dev.waybill.data.DurableFile;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.workspace.AuditedFiles;
import dev.waybill.workspace.Workspace.RevisionKey;
import dev.waybill.workspace.WorkspaceFiles;
import dev.waybill.yaml.YamlTree;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Saves revisions of integrations. Safe for threads.
record RevisionWriter(Desk desk) {
    private static final int MAX_BYTES = 1 << 20;

    Saved create(Caller who, JsonObject sent) {
        String name = sent.text("name");
        if (name == null) {
            throw Refused.invalid(List.of(Finding.error(
                    "/name",
                    "'name' is missing: the integration's name, and that of its directory, such as kargo-main")));
        }
        Desk.name("an integration", name);
        return written(who, name, sent, EntityTag.Condition.NONE, true);
    }

    Saved revise(Caller who, String name, JsonObject sent, EntityTag.Condition from) {
        Desk.name("an integration", name);
        return written(who, name, sent, from, false);
    }

    List<Finding> check(Caller who, String name, JsonObject sent) {
        Desk.name("an integration", name);
        Problems problems = new Problems();
        WorkspaceFiles onDisk = desk.onDisk(problems);
        return draft(who, name, sent, newest(onDisk, name)).check(onDisk, desk.reader(), desk.variables());
    }

    private Saved written(Caller who, String name, JsonObject sent, EntityTag.Condition from, boolean fresh) {
        RevisionDraft draft;
        List<Finding> findings;
        desk.writing().lock();
        try {
            WorkspaceFiles onDisk = desk.onDisk(new Problems());
            SortedMap<Integer, String> revisions = newest(onDisk, name);
            if (fresh != revisions.isEmpty()) {
                throw fresh
                        ? new Refused(
                                Refused.Reason.EXISTS,
                                "there is an integration '%s' already; save a revision of it, or choose another name"
                                        .formatted(name))
                        : Desk.unknown("integration", name, names(onDisk));
            }
            unchanged(onDisk, name, revisions, from);
            draft = draft(who, name, sent, revisions);
            findings = draft.check(onDisk, desk.reader(), desk.variables());
            if (findings.stream().anyMatch(Finding::isError)) {
                throw Refused.invalid(findings);
            }
            if (draft.text().getBytes(UTF_8).length > MAX_BYTES) {
                throw new Refused(
                        Refused.Reason.TOO_LARGE,
                        "the file would be larger than " + MAX_BYTES + " bytes; make it smaller");
            }
            write(who, draft, revisions.isEmpty() ? null : "revision " + revisions.lastKey());
        } finally {
            desk.writing().unlock();
        }
        List<Finding> warnings = new ArrayList<>(findings);
        boolean inForce = desk.inForce(draft.path(), draft.text(), warnings);
        return new Saved(
                name, draft.key().revision(), draft.path(), EntityTag.of(draft.text()), true, inForce, warnings);
    }

    private RevisionDraft draft(Caller who, String name, JsonObject sent, SortedMap<Integer, String> revisions) {
        int number = 1 + Math.max(desk.numbers().highest(name), revisions.isEmpty() ? 0 : revisions.lastKey());
        return RevisionDraft.of(
                new RevisionKey(name, number),
                sent,
                revisions.isEmpty() ? null : revisions.get(revisions.lastKey()),
                desk.running().current().kits(),
                who);
    }

    /// The texts of an integration's revisions by number: as they are on disk, else as they run.
    private SortedMap<Integer, String> newest(WorkspaceFiles onDisk, String name) {
        SortedMap<Integer, String> revisions = new TreeMap<>();
        for (WorkspaceFiles files : List.of(desk.running().files(), onDisk)) {
            files.under(WorkspaceFiles.INTEGRATIONS + "/" + name)
                    .forEach((path, text) -> revisions.put(Integer.parseInt(WorkspaceFiles.stem(path)), text));
        }
        return revisions;
    }

    private static SortedSet<String> names(WorkspaceFiles onDisk) {
        SortedSet<String> names = new TreeSet<>();
        onDisk.under(WorkspaceFiles.INTEGRATIONS).keySet().forEach(path -> names.add(WorkspaceFiles.integration(path)));
        return names;
    }

    private void unchanged(
            WorkspaceFiles onDisk, String name, SortedMap<Integer, String> revisions, EntityTag.Condition from) {
        if (revisions.isEmpty()) {
            return;
        }
        int number = revisions.lastKey();
        String text = revisions.getOrDefault(number, "");
        String path = WorkspaceFiles.revisionFile(name, number);
        if (!from.holds(List.of(EntityTag.of(text), EntityTag.of(onDisk.under(WorkspaceFiles.INTEGRATIONS))))) {
            throw new Refused(
                    Refused.Reason.CHANGED,
                    "revision %d of %s is newer than what this change was made from: %s, written %s; look at it and save again"
                            .formatted(number, name, described(text), desk.lastWritten(path, text)));
        }
    }

    private static String described(String text) {
        JsonObject file = YamlTree.json(text).orElse(null) instanceof JsonObject object ? object : JsonObject.EMPTY;
        String note = file.text("note");
        String author = file.text("author");
        return (note == null ? "without a note" : "'" + cut(note) + "'") + (author == null ? "" : " of " + cut(author));
    }

    private static String cut(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }

    /// @param before the revision that it follows, for the journal
    private void write(Caller who, RevisionDraft draft, @Nullable String before) {
        Refused.Draft file = new Refused.Draft(draft.path(), draft.text());
        boolean writable = desk.isWritable(draft.path());
        if (writable || !draft.secrets().isEmpty()) {
            reserve(draft.key());
            keep(who, draft);
        }
        if (!writable) {
            throw Desk.readOnly(file, null);
        }
        audit(who, draft, before);
        try (AuditedFiles.Announced announced = desk.announced().announce(draft.path(), draft.text())) {
            desk.disk().create(desk.running().directory().resolve(draft.path()), draft.text());
            announced.written();
        } catch (FileAlreadyExistsException e) {
            desk.notWritten(who, subject(draft), "it was written by hand at that moment");
            throw new Refused(
                    Refused.Reason.CHANGED,
                    draft.path() + " was written by hand at this moment; look at it and save again");
        } catch (IOException | ReadOnlyFileSystemException e) {
            desk.notWritten(who, subject(draft), Desk.why(e));
            throw Desk.readOnly(file, e);
        }
        desk.remember(who, draft.path(), draft.text());
    }

    private static String subject(RevisionDraft draft) {
        return "integrations/" + draft.key();
    }

    /// Also for a file that can't be written: its secrets bear the number, and somebody may put it there.
    private void reserve(RevisionKey key) {
        try {
            desk.numbers().reserve(key.integration(), key.revision());
        } catch (IOException e) {
            throw notDurable(e);
        }
    }

    /// The secrets first: a file must never be read without them. They stay when the file can't be written, because
    /// somebody may put it there.
    private void keep(Caller who, RevisionDraft draft) {
        for (String secret : draft.secrets().keySet()) {
            desk.audit().record(who.name(), Audited.SECRET_CHANGED, subject(draft), null, "${secret:" + secret + "}");
        }
        for (var secret : draft.secrets().entrySet()) {
            try (AuditedFiles.Announced announced = desk.announced().announce("secrets/" + secret.getKey(), null)) {
                Path directory = desk.secrets();
                DurableDirectory.create(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                DurableFile.write(
                        directory.resolve(secret.getKey()), secret.getValue().getBytes(UTF_8));
                announced.written();
            } catch (IOException e) {
                desk.notWritten(who, subject(draft), Desk.why(e));
                throw notDurable(e);
            }
        }
    }

    private static Refused notDurable(IOException failure) {
        return new Refused(
                Refused.Reason.NOT_DURABLE,
                "the server's data directory can't be written (%s), and nothing was saved; mend that and save again"
                        .formatted(Desk.why(failure)));
    }

    private void audit(Caller who, RevisionDraft draft, @Nullable String before) {
        Json note = draft.file().present("note");
        String words = "revision " + draft.key().revision()
                + (note == null || note.asText() == null ? "" : ": " + cut(String.valueOf(note.asText())));
        Audited what = before == null ? Audited.INTEGRATION_CREATED : Audited.REVISION_SAVED;
        desk.audit().record(who.name(), what, subject(draft), before, words);
    }
}
