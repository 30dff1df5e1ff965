package dev.waybill.transform;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Form;
import dev.waybill.config.Nearest;
import dev.waybill.config.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a list of transforms, such as `[trim, {hash: sha256}]`.
public final class TransformReader {
    /// The most transforms in one list.
    public static final int MAX = 50;

    /// One item of the list, for the schemas that editors use.
    public static final Form ITEM = new Form.Described("transform");

    private TransformReader() {}

    /// Reads a list. Every mistake is reported.
    ///
    /// @param list what stands behind `transforms:`; nothing counts as an empty list
    /// @return the transforms that can be used, in the order of the file; all of them when nothing was reported.
    /// What they tell a [Transform.Misfit] starts with their name: `lowercase: found an object; a text belongs
    /// here`
    public static List<Transform> read(ConfigNode list, Problems problems) {
        if (list instanceof ConfigNode.Empty) {
            return List.of();
        }
        if (!(list instanceof ConfigNode.Sequence sequence)) {
            problems.error(
                    list,
                    "found " + list.kind() + "; a list of transforms belongs here, such as [trim, {hash: sha256}]");
            return List.of();
        }
        int size = sequence.items().size();
        if (size > MAX) {
            problems.error(list, "found " + size + " transforms; at most " + MAX + " are allowed");
        }
        List<Transform> transforms = new ArrayList<>();
        for (ConfigNode item : sequence.items()) {
            Transform transform = one(item, problems);
            if (transform != null) {
                transforms.add(transform);
            }
        }
        return List.copyOf(transforms);
    }

    private static @Nullable Transform one(ConfigNode item, Problems problems) {
        if (item instanceof ConfigNode.Scalar scalar) {
            ConfigNode nothing = new ConfigNode.Empty(item.file(), item.path(), item.line());
            return named(item, scalar.text(), nothing, problems);
        }
        if (item instanceof ConfigNode.Mapping mapping) {
            if (mapping.entries().size() == 1) {
                Map.Entry<String, ConfigNode> only =
                        mapping.entries().entrySet().iterator().next();
                return named(item, only.getKey(), only.getValue(), problems);
            }
            problems.error(
                    item,
                    "found a mapping of " + mapping.entries().size()
                            + " keys; each transform is an item of its own: a word such as trim, or one key such as"
                            + " {hash: sha256}");
            return null;
        }
        problems.error(
                item,
                "found " + item.kind() + "; a transform belongs here: a word such as trim, or one key such as"
                        + " {hash: sha256}");
        return null;
    }

    private static @Nullable Transform named(ConfigNode at, String word, ConfigNode options, Problems problems) {
        TransformKind kind = TransformKind.of(word).orElse(null);
        if (kind == null) {
            List<String> words = TransformKind.words();
            problems.error(
                    at,
                    "there is no transform '" + word + "'; allowed: " + String.join(", ", words) + "."
                            + Nearest.hint(word, words));
            return null;
        }
        boolean bare = options instanceof ConfigNode.Empty;
        if (kind.form() == TransformKind.Form.BARE && !bare) {
            problems.error(options, "'" + word + "' has no options; write the word alone");
            return null;
        }
        if (bare && !kind.canStandAlone()) {
            problems.error(at, "'" + word + "' needs its option; write " + kind.example());
            return null;
        }
        Transform transform = kind.reading().read(new OptionReading(options, problems));
        return transform == null ? null : named(word, transform);
    }

    private static Transform named(String word, Transform transform) {
        return (value, misfit) -> transform.apply(value, words -> misfit.because(word + ": " + words));
    }
}
