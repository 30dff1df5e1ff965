package dev.waybill.workspace;

import dev.waybill.kit.Integration;
import java.util.Map;

/// Everything that the files of a workspace say. Immutable.
///
/// @param settings `waybill.yaml`
/// @param pipelines by file name without `.yaml`
/// @param integrations every revision that a file holds, compiled
public record Workspace(
        Settings settings, Map<String, Pipeline> pipelines, Map<RevisionKey, Integration> integrations) {
    public Workspace {
        pipelines = Map.copyOf(pipelines);
        integrations = Map.copyOf(integrations);
    }

    /// Names one revision of one integration.
    public record RevisionKey(String integration, int revision) {
        @Override
        public String toString() {
            return integration + "/" + revision;
        }
    }
}
