package dev.waybill.workspace;

import dev.waybill.config.Problem;
import dev.waybill.config.Problems;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/// What `waybill check` finds, without running anything.
///
/// @param problems by file and line; warnings among them
/// @param notes whole sentences on how the files differ from what a server runs
public record WorkspaceCheck(List<Problem> problems, List<String> notes) {
    public WorkspaceCheck {
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }

    /// Checks the files alone.
    public static WorkspaceCheck of(Path dir, WorkspaceReader reader) {
        Problems found = new Problems();
        reader.read(dir, found);
        return new WorkspaceCheck(found.sorted(), List.of());
    }

    /// Checks the files, and against what the server of a data directory took last.
    public static WorkspaceCheck against(Path data, Path dir, WorkspaceReader reader) {
        Problems found = new Problems();
        WorkspaceFiles onDisk = WorkspaceFiles.read(dir, found);
        reader.read(onDisk, found);
        boolean broken = found.hasErrors();
        Optional<WorkspaceFiles> lastGood = new SavedWorkspace(data).load(found);
        if (lastGood.isEmpty()) {
            return new WorkspaceCheck(
                    found.sorted(), List.of("No server has taken a workspace into " + data + " yet."));
        }
        PinnedRevisions held = PinnedRevisions.hold(onDisk, lastGood.get());
        held.problems().forEach(found::add);
        return new WorkspaceCheck(found.sorted(), notes(broken, held.files(), lastGood.get()));
    }

    private static List<String> notes(boolean broken, WorkspaceFiles onDisk, WorkspaceFiles running) {
        NavigableSet<String> differing = new TreeSet<>();
        onDisk.texts().entrySet().stream()
                .filter(file -> !file.getValue().equals(running.texts().get(file.getKey())))
                .map(Map.Entry::getKey)
                .forEach(differing::add);
        running.texts().keySet().stream()
                .filter(path -> !onDisk.texts().containsKey(path))
                .forEach(differing::add);
        if (differing.isEmpty()) {
            return List.of("The server took these files.");
        }
        String names = String.join(", ", differing);
        return List.of(
                broken
                        ? "The server stays with the last good workspace until the errors are gone; it differs in: "
                                + names + "."
                        : "The server has not taken these changes yet (it does within 2 s when it runs): " + names
                                + ".");
    }
}
