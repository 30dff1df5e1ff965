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
/// @param spreads objects whose keys are copied, in the order of the file
/// @param exclude keys, or dotted paths, that are left out of the copied object
/// @param send whether events go at all; null when the section doesn't say
/// @param like the event, by normalised name, whose section fills the gaps of this one; null for none
public record Rules(
        Map<JsonPath, Choice> outputs,
        List<Spread> spreads,
        Set<JsonPath> exclude,
        List<Filter> filters,
        @Nullable Boolean send,
        @Nullable String like) {
    public static final Rules NONE = new Rules(Map.of(), List.of(), Set.of(), List.of(), null, null);

    public Rules {
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        spreads = List.copyOf(spreads);
        exclude = Collections.unmodifiableSet(new LinkedHashSet<>(exclude));
        filters = List.copyOf(filters);
    }

    /// These rules laid over weaker ones: an output that both assign is ours, all else adds up.
    public Rules over(Rules weaker) {
        if (saysNothing()) {
            return weaker;
        }
        Map<JsonPath, Choice> allOutputs = new LinkedHashMap<>(weaker.outputs);
        outputs.forEach((output, choice) -> allOutputs.put(output, choice.over(weaker.outputs.get(output))));
        List<Spread> allSpreads = new ArrayList<>(weaker.spreads);
        allSpreads.addAll(spreads);
        Set<JsonPath> allExcluded = new LinkedHashSet<>(weaker.exclude);
        allExcluded.addAll(exclude);
        List<Filter> allFilters = new ArrayList<>(weaker.filters);
        allFilters.addAll(filters);
        return new Rules(allOutputs, allSpreads, allExcluded, allFilters, send != null ? send : weaker.send, like);
    }

    /// The same, known to stand there.
    Rules in(Layer place) {
        if (outputs.isEmpty() && spreads.isEmpty()) {
            return this;
        }
        Map<JsonPath, Choice> placed = new LinkedHashMap<>();
        outputs.forEach((output, choice) -> placed.put(output, choice.in(place)));
        List<Spread> placedSpreads =
                spreads.stream().map(spread -> spread.in(place)).toList();
        return new Rules(placed, placedSpreads, exclude, filters, send, like);
    }

    private boolean saysNothing() {
        return outputs.isEmpty()
                && spreads.isEmpty()
                && exclude.isEmpty()
                && filters.isEmpty()
                && send == null
                && like == null;
    }

    /// Only what fills outputs.
    Rules outputsOnly() {
        return new Rules(outputs, spreads, Set.of(), List.of(), null, null);
    }
}
