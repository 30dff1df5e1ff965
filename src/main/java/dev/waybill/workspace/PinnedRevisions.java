package dev.waybill.workspace;

import dev.waybill.config.Problem;
import dev.waybill.config.Problem.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Holds pinned revisions to what they said when they were taken. A revision is immutable once a pipeline pins it; one
/// whose file was edited or removed all the same keeps running as it was, and that is a problem to report.
///
/// @param files the files on disk, with the pinned texts in place of changed ones
/// @param problems one for each pinned revision that was changed
record PinnedRevisions(WorkspaceFiles files, List<Problem> problems) {
    PinnedRevisions {
        problems = List.copyOf(problems);
    }

    /// Compares what is on disk with what runs. Only a revision that both pin is held.
    static PinnedRevisions hold(WorkspaceFiles onDisk, WorkspaceFiles running) {
        Map<String, String> held = new HashMap<>();
        List<Problem> problems = new ArrayList<>();
        Map<String, Set<String>> pinnedBefore = WorkspaceReader.pinnedFiles(running);
        WorkspaceReader.pinnedFiles(onDisk).forEach((path, pipelines) -> {
            String pinned = pinnedBefore.containsKey(path) ? running.texts().get(path) : null;
            String found = onDisk.texts().get(path);
            if (pinned != null && !pinned.equals(found)) {
                held.put(path, pinned);
                problems.add(problem(path, pipelines, found != null, onDisk));
            }
        });
        return new PinnedRevisions(onDisk.with(held), problems);
    }

    private static Problem problem(String path, Set<String> pipelines, boolean edited, WorkspaceFiles onDisk) {
        String integration = WorkspaceFiles.integration(path);
        String what = edited
                ? "was edited: save the change as " + next(integration, onDisk)
                        + ".yaml, pin that, and put this one back"
                : "was removed: put it back";
        return new Problem(
                Severity.ERROR,
                path,
                0,
                "",
                "revision " + WorkspaceFiles.stem(path) + " is pinned by " + String.join(", ", pipelines) + " and "
                        + what + "; still running as pinned");
    }

    private static int next(String integration, WorkspaceFiles onDisk) {
        return 1
                + onDisk.under(WorkspaceFiles.INTEGRATIONS + "/" + integration).keySet().stream()
                        .mapToInt(path -> Integer.parseInt(WorkspaceFiles.stem(path)))
                        .max()
                        .orElse(0);
    }
}
