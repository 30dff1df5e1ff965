package dev.waybill.workspace;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Probe;
import dev.waybill.config.Problem;
import dev.waybill.config.Problems;
import dev.waybill.config.Shape;
import dev.waybill.config.YamlFile;
import java.util.List;
import java.util.Map;

/// What the readers of this package, which nobody else sees, ask of their files, and what they say of a text.
public final class WorkspaceShapes {
    private WorkspaceShapes() {}

    public static Shape settings() {
        return Probe.of(root -> settings(root, new Problems()), Map.of());
    }

    public static List<Problem> settings(String text) {
        Problems problems = new Problems();
        YamlFile.read("waybill.yaml", text, problems).ifPresent(root -> settings(root, problems));
        return problems.sorted();
    }

    private static void settings(ConfigNode root, Problems problems) {
        new SettingsReader(problems).read(root);
    }

    public static Shape pipeline() {
        return Probe.of(root -> pipeline(root, new Problems()), Map.of());
    }

    public static List<Problem> pipeline(String text) {
        Problems problems = new Problems();
        YamlFile.read("pipelines/web.yaml", text, problems).ifPresent(root -> pipeline(root, problems));
        return problems.sorted();
    }

    private static void pipeline(ConfigNode root, Problems problems) {
        new PipelineReader(problems).read("web", root);
    }
}
