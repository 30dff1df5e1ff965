package dev.waybill.playbook;

import dev.waybill.json.JsonPath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One section of a playbook.
///
/// @param outputs where each output key takes its value from, in the order of the file
/// @param exclude keys, or dotted paths, that are left out of the copied object
/// @param send whether events go at all; null when the section doesn't say
public record Rules(
        Map<JsonPath, Assignment> outputs,
        Set<JsonPath> exclude,
        List<Filter> filters,
        @Nullable Boolean send) {
    public static final Rules NONE = new Rules(Map.of(), Set.of(), List.of(), null);

    public Rules {
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        exclude = Collections.unmodifiableSet(new LinkedHashSet<>(exclude));
        filters = List.copyOf(filters);
    }

    /// These rules laid over weaker ones: an output that both assign is ours, all else adds up.
    public Rules over(Rules weaker) {
        Map<JsonPath, Assignment> allOutputs = new LinkedHashMap<>(weaker.outputs);
        allOutputs.putAll(outputs);
        Set<JsonPath> allExcluded = new LinkedHashSet<>(weaker.exclude);
        allExcluded.addAll(exclude);
        List<Filter> allFilters = new ArrayList<>(weaker.filters);
        allFilters.addAll(filters);
        return new Rules(allOutputs, allExcluded, allFilters, send != null ? send : weaker.send);
    }

    /// Only the mappings and enrichments.
    Rules outputsOnly() {
        return new Rules(outputs, Set.of(), List.of(), null);
    }
}
