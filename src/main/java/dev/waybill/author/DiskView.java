package dev.waybill.author;

import dev.waybill.config.Problem;
import dev.waybill.config.Problems;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.workspace.DirectoryStamp;
import dev.waybill.workspace.RunningWorkspace;
import dev.waybill.workspace.WorkspaceFiles;
import dev.waybill.yaml.YamlTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The workspace's files as they lie on disk now, read again only when something was written. Safe for threads.
public final class DiskView {
    private final RunningWorkspace running;
    private final Disk disk;
    private @Nullable Read last;

    private record Read(DirectoryStamp stamp, Now now) {}

    /// The files at one moment.
    ///
    /// @param problems why files can't be read
    /// @param read texts that were asked for, as JSON
    public record Now(WorkspaceFiles files, List<Problem> problems, Map<String, JsonObject> read) {
        public Now {
            problems = List.copyOf(problems);
        }

        /// What a file's text says, as JSON; an empty object when it is no YAML.
        public JsonObject json(String text) {
            return read.computeIfAbsent(text, DiskView::json);
        }
    }

    public DiskView(RunningWorkspace running, Disk disk) {
        this.running = running;
        this.disk = disk;
    }

    private static JsonObject json(String text) {
        Json json = YamlTree.json(text).orElse(Json.Null.INSTANCE);
        return json instanceof JsonObject object ? object : JsonObject.EMPTY;
    }

    public synchronized Now now() {
        DirectoryStamp stamp = DirectoryStamp.ofWorkspace(running.directory());
        if (last == null || !last.stamp().equals(stamp)) {
            Problems problems = new Problems();
            WorkspaceFiles files = WorkspaceFiles.read(running.directory(), problems);
            last = new Read(stamp, new Now(files, problems.sorted(), new ConcurrentHashMap<>()));
        }
        return last.now();
    }

    /// Where a file lies.
    public Path path(String file) {
        return running.directory().resolve(file);
    }

    /// Whether the workspace, or a part of it, can't be written.
    public boolean isReadOnly() {
        Path dir = running.directory();
        return !disk.isWritable(dir)
                || List.of(WorkspaceFiles.PIPELINES, WorkspaceFiles.INTEGRATIONS).stream()
                        .map(dir::resolve)
                        .anyMatch(part -> Files.exists(part) && !disk.isWritable(part));
    }
}
