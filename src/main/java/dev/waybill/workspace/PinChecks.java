package dev.waybill.workspace;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Nearest;
import dev.waybill.config.Problems;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What only shows across files: pins without a revision, and write keys used twice.
///
/// @param roots each pipeline's file, to say where
/// @param revisions the revisions that have a file, by integration
record PinChecks(
        Problems problems,
        Map<String, Pipeline> pipelines,
        Map<String, ConfigNode> roots,
        Map<String, Set<Integer>> revisions) {
    void all() {
        Map<String, String> byWriteKey = new HashMap<>();
        pipelines.forEach((name, pipeline) -> {
            String other = pipeline.writeKey().isEmpty() ? null : byWriteKey.putIfAbsent(pipeline.writeKey(), name);
            if (other != null) {
                problems.error(
                        at(name, "writeKey"),
                        "the write key '" + pipeline.writeKey() + "' is also that of pipelines/" + other
                                + ".yaml; each pipeline needs its own");
            }
            List<Pipeline.Pin> pins = pipeline.integrations();
            for (int i = 0; i < pins.size(); i++) {
                pin(pins.get(i), item(name, i));
            }
        });
    }

    private void pin(Pipeline.Pin pin, ConfigNode item) {
        if (pin.integration().isEmpty()) {
            return;
        }
        Set<Integer> existing = revisions.get(pin.integration());
        if (existing == null) {
            String known = revisions.isEmpty() ? "none yet" : String.join(", ", revisions.keySet());
            problems.error(
                    within(item, "integration"),
                    "found '" + pin.integration() + "'; there is no integrations/" + pin.integration()
                            + "/; integrations: " + known + "." + Nearest.hint(pin.integration(), revisions.keySet()));
        } else if (pin.revision() > 0 && !existing.contains(pin.revision())) {
            String known = existing.stream().map(String::valueOf).collect(Collectors.joining(", "));
            problems.error(
                    within(item, "revision"),
                    "found " + pin.revision() + "; there is no "
                            + WorkspaceFiles.revisionFile(pin.integration(), pin.revision()) + "; revisions: " + known);
        }
    }

    private ConfigNode item(String pipeline, int i) {
        return at(pipeline, "integrations") instanceof ConfigNode.Sequence list
                ? list.items().get(i)
                : at(pipeline, "integrations");
    }

    private ConfigNode at(String pipeline, String key) {
        return within(roots.getOrDefault(pipeline, new ConfigNode.Empty(pipeline, "", 0)), key);
    }

    /// The value of a key, or what should have held it.
    private static ConfigNode within(ConfigNode node, String key) {
        return node instanceof ConfigNode.Mapping mapping ? mapping.entries().getOrDefault(key, node) : node;
    }
}
