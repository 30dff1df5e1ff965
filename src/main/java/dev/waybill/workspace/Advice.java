package dev.waybill.workspace;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Problems;
import dev.waybill.event.EventName;
import dev.waybill.kit.Kit;
import dev.waybill.kit.KitLibrary;
import dev.waybill.workspace.Pipeline.Source;
import dev.waybill.workspace.Workspace.RevisionKey;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is allowed, but perhaps not meant: warnings, which never stop anything. Only pinned revisions are looked at.
///
/// @param kits what integrations may be made of
record Advice(Problems problems, KitLibrary kits) {
    void all(Map<String, Pipeline> pipelines, Map<String, ConfigNode> roots, Map<RevisionKey, ConfigNode> revisions) {
        pipelines.forEach((name, pipeline) -> {
            pipeline(pipeline, roots.get(name), syncs(pipeline, revisions));
            redirect(pipeline, roots.get(name), revisions);
        });
        Set<RevisionKey> pinned = pinned(pipelines.values().stream());
        Set<RevisionKey> asked = pinned(pipelines.values().stream()
                .filter(pipeline -> pipeline.sync().sources().contains(Source.FETCH)));
        revisions.forEach((key, root) -> {
            if (pinned.contains(key)) {
                Optional<Kit> kit = kit(root);
                kit.filter(_ -> asked.contains(key)).ifPresent(known -> syncUrl(known, root));
                kit.filter(known -> known.events().contains("identify")).ifPresent(_ -> traits(root));
            }
        });
    }

    /// What may not be meant in one revision.
    void revision(ConfigNode root) {
        Optional<Kit> kit = kit(root);
        kit.ifPresent(known -> syncUrl(known, root));
        kit.filter(known -> known.events().contains("identify")).ifPresent(_ -> traits(root));
    }

    private static Set<RevisionKey> pinned(Stream<Pipeline> pipelines) {
        return pipelines
                .flatMap(pipeline -> pipeline.integrations().stream())
                .map(pin -> new RevisionKey(pin.integration(), pin.revision()))
                .collect(Collectors.toSet());
    }

    /// The integrations of a pipeline that would have browsers ask for an identifier, each with its kit's name: those
    /// that are switched on, in the order of the pins, first those that browsers can ask for.
    private Map<String, String> syncs(Pipeline pipeline, Map<RevisionKey, ConfigNode> revisions) {
        Map<String, String> syncs = new LinkedHashMap<>();
        Map<String, String> without = new LinkedHashMap<>();
        for (Pipeline.Pin pin : pipeline.integrations()) {
            ConfigNode root = revisions.get(new RevisionKey(pin.integration(), pin.revision()));
            if (root != null && pin.enabled()) {
                kit(root)
                        .filter(Kit::hasSync)
                        .ifPresent(kit -> (unset(kit, root).isEmpty() ? syncs : without)
                                .put(pin.integration(), kit.about().name()));
            }
        }
        syncs.putAll(without);
        return syncs;
    }

    private Optional<Kit> kit(ConfigNode root) {
        return child(root, "kit")
                .filter(ConfigNode.Scalar.class::isInstance)
                .flatMap(name -> kits.find(((ConfigNode.Scalar) name).text()));
    }

    private void pipeline(Pipeline pipeline, @Nullable ConfigNode root, Map<String, String> syncs) {
        if (root == null) {
            return;
        }
        if (pipeline.origins().isEmpty()) {
            problems.warning(
                    root,
                    "'origins' is empty: any website may send events with this write key, and browsers keep no"
                            + " first-party cookie; list the site's origins"
                            + (syncs.isEmpty()
                                    ? ""
                                    : ", which the destination of " + first(syncs.keySet())
                                            + " must allow-list too (see waybill sync-check)"));
        }
        Set<String> different = new LinkedHashSet<>(syncs.values());
        if (different.size() > 1) {
            problems.warning(
                    root,
                    "the kits " + String.join(", ", different)
                            + " each need an ID sync, and browsers do only the first,"
                            + " that of " + first(syncs.keySet())
                            + ": events for the others must bring their identifier themselves; or give those a pipeline"
                            + " of their own");
        }
    }

    private static String first(Set<String> names) {
        return "'" + names.iterator().next() + "'";
    }

    private void redirect(Pipeline pipeline, @Nullable ConfigNode root, Map<RevisionKey, ConfigNode> revisions) {
        if (root == null || !pipeline.sync().sources().contains(Source.REDIRECT)) {
            return;
        }
        boolean leads = pipeline.integrations().stream()
                .filter(Pipeline.Pin::enabled)
                .map(pin -> revisions.get(new RevisionKey(pin.integration(), pin.revision())))
                .filter(Objects::nonNull)
                .anyMatch(revision -> kit(revision)
                        .filter(kit -> kit.hasRedirect()
                                && unset(kit, kit.redirectParameters(), revision)
                                        .isEmpty())
                        .isPresent());
        if (!leads) {
            problems.warning(
                    child(root, "sync", "sources").orElse(root),
                    "'redirect' leads nowhere: no integration here has a redirect URL (Kargo's is REDIRECT_URL); set it,"
                            + " or take 'redirect' out");
        }
    }

    private void syncUrl(Kit kit, ConfigNode root) {
        Optional<String> unset = unset(kit, root);
        if (unset.isPresent()) {
            problems.warning(
                    child(root, "parameters").orElse(root),
                    "'" + unset.get()
                            + "' is not set: browsers can't ask the destination who the visitor is, so that only"
                            + " events which bring the identifier themselves are sent");
        }
    }

    /// A parameter of the sync's URL that has no value.
    private static Optional<String> unset(Kit kit, ConfigNode root) {
        return unset(kit, kit.syncParameters(), root);
    }

    private static Optional<String> unset(Kit kit, List<String> parameters, ConfigNode root) {
        return parameters.stream()
                .filter(name -> !kit.hasDefault(name))
                .filter(name -> child(root, "parameters", name)
                        .filter(value -> !isBlank(value))
                        .isEmpty())
                .findFirst();
    }

    private static boolean isBlank(ConfigNode value) {
        return value instanceof ConfigNode.Scalar scalar && scalar.text().isBlank();
    }

    private void traits(ConfigNode root) {
        Optional<ConfigNode> identify = entry(child(root, "playbook", "events"), "identify");
        boolean off = identify.flatMap(event -> child(event, "send"))
                .filter(send -> send instanceof ConfigNode.Scalar scalar
                        && scalar.text().equals("false"))
                .isPresent();
        boolean excludes = identify.flatMap(event -> child(event, "exclude")).isPresent()
                || child(root, "playbook", "global", "exclude").isPresent();
        if (!off && !excludes) {
            problems.warning(
                    identify.orElse(root),
                    "identify sends all traits, which may hold e-mail addresses, names or phone numbers; leave them out"
                            + " with 'exclude' under playbook.events.identify, or write 'identify: {send: false}'");
        }
    }

    private static Optional<ConfigNode> entry(Optional<ConfigNode> events, String normalName) {
        return entries(events).entrySet().stream()
                .filter(event -> EventName.normalise(event.getKey()).equals(normalName))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static Map<String, ConfigNode> entries(Optional<ConfigNode> node) {
        return node.orElse(null) instanceof ConfigNode.Mapping mapping ? mapping.entries() : Map.of();
    }

    /// The value down these keys; empty when it is absent or `null`.
    private static Optional<ConfigNode> child(ConfigNode node, String... keys) {
        ConfigNode at = node;
        for (String key : keys) {
            ConfigNode next =
                    at instanceof ConfigNode.Mapping mapping ? mapping.entries().get(key) : null;
            if (next == null || next instanceof ConfigNode.Empty) {
                return Optional.empty();
            }
            at = next;
        }
        return Optional.of(at);
    }
}
