package dev.waybill.api;

import dev.waybill.config.Nearest;
import dev.waybill.kit.Integration;
import dev.waybill.workspace.Pipeline;
import dev.waybill.workspace.Workspace;
import dev.waybill.workspace.Workspace.RevisionKey;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The pipelines and revisions of the running workspace that a request names. What isn't there becomes a problem of
/// the request.
record Revisions(Workspace workspace, Arguments asked) {
    /// The pipeline that `pipeline` names; without it the only one that pins the integration, or the only one there
    /// is. Null with a problem noted.
    @Nullable
    Pipeline pipeline(@Nullable String integration) {
        List<String> all = workspace.pipelines().keySet().stream().sorted().toList();
        String named = asked.word("pipeline", all);
        if (named != null) {
            return workspace.pipelines().get(named);
        }
        if (asked.value("pipeline") != null) {
            return null;
        }
        List<Pipeline> pinning = all.stream()
                .map(workspace.pipelines()::get)
                .filter(Objects::nonNull)
                .filter(pipeline -> all.size() == 1 || pin(pipeline, integration) != null)
                .toList();
        if (pinning.size() == 1) {
            return pinning.getFirst();
        }
        asked.problem("pipeline is required, because %s; allowed: %s"
                .formatted(
                        pinning.isEmpty() ? "none pins that integration" : "several pin that integration",
                        all.isEmpty() ? "(there is none yet)" : String.join(", ", all)));
        return null;
    }

    static Pipeline.@Nullable Pin pin(Pipeline pipeline, @Nullable String integration) {
        return pipeline.integrations().stream()
                .filter(pin -> pin.integration().equals(integration))
                .findFirst()
                .orElse(null);
    }

    /// The name that `integration` gives, or null.
    @Nullable
    String integration() {
        return asked.word(
                "integration",
                workspace.integrations().keySet().stream()
                        .map(RevisionKey::integration)
                        .distinct()
                        .sorted()
                        .toList());
    }

    /// A revision; null with a problem noted.
    ///
    /// @param name the argument that named it
    @Nullable
    Integration revision(String name, String integration, int revision) {
        Integration found = workspace.integrations().get(new RevisionKey(integration, revision));
        if (found == null) {
            List<String> known = workspace.integrations().keySet().stream()
                    .filter(key -> key.integration().equals(integration))
                    .map(RevisionKey::revision)
                    .sorted()
                    .map(String::valueOf)
                    .toList();
            asked.problem("%s is %d; revisions of %s: %s.%s"
                    .formatted(
                            name,
                            revision,
                            integration,
                            String.join(", ", known),
                            Nearest.hint(Integer.toString(revision), known)));
        }
        return found;
    }
}
