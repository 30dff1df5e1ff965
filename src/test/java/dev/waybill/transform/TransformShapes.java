package dev.waybill.transform;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Probe;
import dev.waybill.config.Problem;
import dev.waybill.config.Problems;
import dev.waybill.config.Shape;
import dev.waybill.config.YamlFile;
import java.util.List;
import java.util.Map;

/// What the readers of transforms, which nobody else sees, ask of their options, and what they say of a text.
public final class TransformShapes {
    private TransformShapes() {}

    /// What stands behind the transform's name.
    public static Shape of(TransformKind kind) {
        return Probe.of(node -> kind.reading().read(new OptionReading(node, new Problems())), Map.of());
    }

    /// What is wrong with a list of transforms.
    public static List<Problem> problems(String list) {
        Problems problems = new Problems();
        ConfigNode node = YamlFile.read("transforms.yaml", list, problems).orElseThrow();
        TransformReader.read(node, problems);
        return problems.sorted();
    }
}
