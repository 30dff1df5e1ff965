package dev.waybill.transform;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Problems;
import java.util.List;

public final class TransformReader {
    private TransformReader() {}

    public static List<Transform> read(ConfigNode list, Problems problems) {
        return List.of();
    }
}
