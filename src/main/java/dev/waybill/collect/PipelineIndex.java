package dev.waybill.collect;

import dev.waybill.http.ClientAddress;
import dev.waybill.kit.Kit;
import dev.waybill.workspace.Pipeline;
import dev.waybill.workspace.Workspace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The pipelines of one workspace as requests look for them. Immutable; made anew when the workspace is replaced.
///
/// @param identityKits the kits whose destinations demand an identifier, by name
record PipelineIndex(
        Workspace workspace, Map<String, Entry> byWriteKey, Map<String, Kit> identityKits, ClientAddress clients) {
    record Entry(Pipeline pipeline, Origins origins) {}

    static PipelineIndex of(Workspace workspace) {
        Map<String, Entry> byWriteKey = new HashMap<>();
        for (Pipeline pipeline : workspace.pipelines().values()) {
            byWriteKey.put(pipeline.writeKey(), new Entry(pipeline, new Origins(pipeline.origins())));
        }
        return new PipelineIndex(
                workspace,
                Map.copyOf(byWriteKey),
                workspace.kits().all().stream()
                        .filter(Kit::needsIdentity)
                        .collect(Collectors.toUnmodifiableMap(kit -> kit.about().name(), Function.identity())),
                new ClientAddress(workspace.settings().trustedProxies()));
    }

    @Nullable
    Entry find(@Nullable String writeKey) {
        return writeKey == null ? null : byWriteKey.get(writeKey);
    }

    /// Whether any pipeline takes events from the origin; a preflight doesn't say for which it asks.
    boolean anyTakes(String origin) {
        return anyLists(origin)
                || entries().stream().anyMatch(entry -> entry.origins().open());
    }

    boolean anyLists(String origin) {
        return entries().stream().anyMatch(entry -> entry.origins().list(origin));
    }

    private List<Entry> entries() {
        return List.copyOf(byWriteKey.values());
    }
}
