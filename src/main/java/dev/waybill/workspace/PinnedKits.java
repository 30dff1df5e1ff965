package dev.waybill.workspace;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Problems;
import dev.waybill.config.YamlFile;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which kits of a workspace pinned revisions are made of.
final class PinnedKits {
    private PinnedKits() {}

    /// The kits that these revisions use and that have a `kit.yaml`, each with the revisions' files.
    ///
    /// @param revisions paths of revisions' files
    static Map<String, Set<String>> of(WorkspaceFiles files, Set<String> revisions) {
        Set<String> own = Set.copyOf(files.kits());
        Map<String, Set<String>> kits = new TreeMap<>();
        for (String path : revisions) {
            kit(files, path)
                    .filter(own::contains)
                    .ifPresent(kit ->
                            kits.computeIfAbsent(kit, _ -> new TreeSet<>()).add(path));
        }
        return kits;
    }

    private static Optional<String> kit(WorkspaceFiles files, String path) {
        String text = files.texts().get(path);
        Optional<ConfigNode> root = text == null ? Optional.empty() : YamlFile.read(path, text, new Problems());
        return root.flatMap(node -> node instanceof ConfigNode.Mapping mapping
                        && mapping.entries().get("kit") instanceof ConfigNode.Scalar kit
                ? Optional.of(kit.text())
                : Optional.empty());
    }
}
