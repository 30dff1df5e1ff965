package dev.waybill.workspace;

import dev.waybill.config.Problem;
import dev.waybill.config.Problem.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Holds pinned revisions to what they said when they were taken. A revision is immutable once a pipeline pins it, and
/// with it the workspace's kit that it is made of; one whose file was edited or removed all the same keeps running as
/// it was, and that is a problem to report.
///
/// @param files the files on disk, with the pinned texts in place of changed ones
/// @param problems one for each pinned file that was changed
record PinnedRevisions(WorkspaceFiles files, List<Problem> problems) {
    PinnedRevisions {
        problems = List.copyOf(problems);
    }

    /// Compares what is on disk with what runs. Only a revision that both pin is held.
    static PinnedRevisions hold(WorkspaceFiles onDisk, WorkspaceFiles running) {
        Map<String, String> held = new HashMap<>();
        Set<String> added = new HashSet<>();
        List<Problem> problems = new ArrayList<>();
        Map<String, Set<String>> pinnedBefore = WorkspaceReader.pinnedFiles(running);
        Map<String, Set<String>> both = WorkspaceReader.pinnedFiles(onDisk);
        both.keySet().retainAll(pinnedBefore.keySet());
        both.forEach((path, pipelines) -> {
            String pinned = running.texts().get(path);
            String found = onDisk.texts().get(path);
            if (pinned != null && !pinned.equals(found)) {
                held.put(path, pinned);
                problems.add(problem(path, pipelines, found != null, onDisk));
            }
        });
        PinnedKits.of(running, both.keySet()).forEach((kit, revisions) -> {
            for (String file : List.of(WorkspaceFiles.KIT, WorkspaceFiles.PLAYBOOK)) {
                String path = WorkspaceFiles.kitFile(kit, file);
                String pinned = running.texts().get(path);
                String found = onDisk.texts().get(path);
                if (pinned == null && found != null) {
                    added.add(path);
                    problems.add(kitProblem(path, kit, revisions, both, null));
                } else if (pinned != null && !pinned.equals(found)) {
                    held.put(path, pinned);
                    problems.add(kitProblem(path, kit, revisions, both, found != null));
                }
            }
        });
        return new PinnedRevisions(onDisk.without(added).with(held), problems);
    }

    private static Problem problem(String path, Set<String> pipelines, boolean edited, WorkspaceFiles onDisk) {
        String integration = WorkspaceFiles.integration(path);
        String what = edited
                ? "was edited: save the change as " + next(integration, onDisk)
                        + ".yaml, pin that, and put this one back"
                : "was removed: put it back";
        return error(
                path,
                "revision " + WorkspaceFiles.stem(path) + " is pinned by " + String.join(", ", pipelines) + " and "
                        + what + "; still running as pinned");
    }

    /// @param edited whether the file was edited, not removed; null when it was added
    private static Problem kitProblem(
            String path, String kit, Set<String> revisions, Map<String, Set<String>> pinned, @Nullable Boolean edited) {
        Set<String> pipelines = new TreeSet<>();
        revisions.forEach(revision -> pipelines.addAll(pinned.getOrDefault(revision, Set.of())));
        String elsewhere = "save the change as a kit of another name, make a revision of that and pin it, and ";
        String what = edited == null
                ? "was added: " + elsewhere + "remove this file"
                : edited ? "was edited: " + elsewhere + "put this one back" : "was removed: put it back";
        return error(
                path,
                "the kit " + kit + " is used by " + String.join(", ", revisions) + ", pinned by "
                        + String.join(", ", pipelines) + ", and this file of it " + what + "; still running as pinned");
    }

    private static Problem error(String path, String message) {
        return new Problem(Severity.ERROR, path, 0, "", message);
    }

    private static int next(String integration, WorkspaceFiles onDisk) {
        return 1
                + onDisk.under(WorkspaceFiles.INTEGRATIONS + "/" + integration).keySet().stream()
                        .mapToInt(path -> Integer.parseInt(WorkspaceFiles.stem(path)))
                        .max()
                        .orElse(0);
    }
}
