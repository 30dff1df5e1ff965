package dev.waybill.workspace;

import dev.waybill.kit.Integration;
import dev.waybill.kit.KitLibrary;
import java.util.Map;

/// Everything that the files of a workspace say. Immutable.
///
/// @param settings `waybill.yaml`
/// @param pipelines by file name without `.yaml`
/// @param integrations every revision that a file holds, compiled
/// @param kits those that come with Waybill and the workspace's own
public record Workspace(
        Settings settings,
        Map<String, Pipeline> pipelines,
        Map<RevisionKey, Integration> integrations,
        KitLibrary kits) {
    /// A workspace without kits of its own.
    public Workspace(Settings settings, Map<String, Pipeline> pipelines, Map<RevisionKey, Integration> integrations) {
        this(settings, pipelines, integrations, KitLibrary.builtIn());
    }

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
