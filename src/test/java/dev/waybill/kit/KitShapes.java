package dev.waybill.kit;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Probe;
import dev.waybill.config.Problem;
import dev.waybill.config.Problems;
import dev.waybill.config.Shape;
import dev.waybill.config.YamlFile;
import java.util.List;
import java.util.Map;

/// What the readers of this package, which nobody else sees, ask of their files, and what they say of a text.
public final class KitShapes {
    private static final ConfigNode NOTHING = new ConfigNode.Empty("", "", 0);

    private KitShapes() {}

    /// An integration made of a built-in kit.
    public static Shape integration(String kit) {
        return Probe.of(root -> integration(root, new Problems()), Map.of("kit", kit));
    }

    public static List<Problem> integration(String kit, String text) {
        String whole = text.contains("kit:") ? text : "kit: " + kit + "\n" + text;
        Problems problems = new Problems();
        YamlFile.read("1.yaml", whole, problems).ifPresent(root -> integration(root, problems));
        return problems.sorted();
    }

    private static void integration(ConfigNode root, Problems problems) {
        IntegrationCompiler.compile(KitLibrary.builtIn(), "some-name", 1, root, Kits.NO_VARIABLES, problems, false);
    }

    public static Shape kit() {
        return Probe.of(root -> KitReader.read(root, NOTHING, new Problems()), Map.of());
    }

    public static List<Problem> kit(String text) {
        Problems problems = new Problems();
        YamlFile.read("kit.yaml", text, problems).ifPresent(root -> KitReader.read(root, NOTHING, problems));
        return problems.sorted();
    }

    public static Shape playbook() {
        return Probe.of(root -> KitReader.read(NOTHING, root, new Problems()), Map.of());
    }

    public static List<Problem> playbook(String text) {
        Problems problems = new Problems();
        YamlFile.read("playbook.yaml", text, problems).ifPresent(root -> KitReader.read(NOTHING, root, problems));
        return problems.sorted();
    }
}
