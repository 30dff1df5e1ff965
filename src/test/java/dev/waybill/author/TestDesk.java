package dev.waybill.author;

import dev.waybill.access.AuditJournal;
import dev.waybill.access.AuditLog;
import dev.waybill.access.Caller;
import dev.waybill.access.Role;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import dev.waybill.kit.IntegrationCompiler;
import dev.waybill.workspace.AuditedFiles;
import dev.waybill.workspace.BrokenWorkspaceException;
import dev.waybill.workspace.FileSecrets;
import dev.waybill.workspace.RunningWorkspace;
import dev.waybill.workspace.WorkspaceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A workspace and an author of it, without a server: the test says when the files are looked at.
public final class TestDesk {
    static final Caller ANA = new Caller("ana", Role.EDITOR);
    static final Caller BEN = new Caller("ben", Role.DEPLOYER);

    final Path workspace;
    final Path data;
    final RunningWorkspace running;
    final List<String> audit = Collections.synchronizedList(new ArrayList<>());
    final Author author;

    public TestDesk(Path root) {
        this(root, new FileDisk());
    }

    TestDesk(Path root, Disk disk) {
        this(root, disk, null);
    }

    /// @param journal null for one that is a list
    TestDesk(Path root, Disk disk, @Nullable AuditJournal journal) {
        try {
            this.workspace = Files.createDirectories(root.resolve("workspace"));
            this.data = Files.createDirectories(root.resolve("data"));
            FileSecrets secrets = new FileSecrets(data.resolve("secrets"), Map.of("REGION", "eu"));
            WorkspaceReader reader =
                    new WorkspaceReader(IntegrationCompiler::compile, secrets, WorkspaceReader.Endpoints.REQUIRED);
            this.running = RunningWorkspace.open(workspace, data, reader);
            RevisionNumbers numbers = RevisionNumbers.open(data.resolve("revisions.json"));
            numbers.note(running.current());
            running.onChange(numbers::note);
            this.author = new Author(new Author.Parts(
                    running,
                    reader,
                    secrets,
                    data.resolve("secrets"),
                    numbers,
                    disk,
                    journal != null
                            ? journal
                            : (who, what, subject, from, to) ->
                                    audit.add("%s: %s %s: %s -> %s".formatted(who, what, subject, from, to)),
                    new AuditedFiles((_, _, _, _, _) -> {}),
                    Duration.ZERO));
        } catch (IOException | BrokenWorkspaceException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Its journal can't be written.
    static TestDesk withoutJournal(Path root) throws IOException {
        AuditLog closed = AuditLog.open(root.resolve("audit"), InstantSource.system(), _ -> {}, _ -> {});
        closed.close();
        return new TestDesk(root, new FileDisk(), closed);
    }

    public RunningWorkspace running() {
        return running;
    }

    public Author author() {
        return author;
    }

    /// Lets what is on disk be taken.
    void settle() {
        running.poll();
        running.poll();
    }

    void write(String path, String text) throws IOException {
        Files.createDirectories(workspace.resolve(path).getParent());
        Files.writeString(workspace.resolve(path), text);
    }

    String read(String path) throws IOException {
        return Files.readString(workspace.resolve(path));
    }

    String secret(String name) throws IOException {
        return Files.readString(data.resolve("secrets").resolve(name));
    }

    static JsonObject json(String text) {
        return (JsonObject) JsonText.read(text);
    }

    static EntityTag.Condition seeing(String text) {
        return EntityTag.Condition.of(EntityTag.of(text), "");
    }
}
