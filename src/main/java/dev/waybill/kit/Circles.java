package dev.waybill.kit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds defaults of parameters that need each other.
final class Circles {
    private final Map<String, Parameter> parameters;
    private final Set<String> done = new LinkedHashSet<>();
    private final Map<String, String> found = new LinkedHashMap<>();

    private Circles(Map<String, Parameter> parameters) {
        this.parameters = parameters;
    }

    /// Each circle once, as `A → B → A`, by the parameter that it is told from.
    static Map<String, String> in(Map<String, Parameter> parameters) {
        Circles circles = new Circles(parameters);
        parameters.keySet().forEach(name -> circles.follow(name, new ArrayList<>()));
        return circles.found;
    }

    private void follow(String name, List<String> path) {
        int begin = path.indexOf(name);
        if (begin >= 0) {
            List<String> circle = new ArrayList<>(path.subList(begin, path.size()));
            circle.add(name);
            found.putIfAbsent(name, String.join(" → ", circle));
            return;
        }
        if (done.contains(name)) {
            return;
        }
        path.add(name);
        Parameter parameter = parameters.get(name);
        if (parameter != null && parameter.fallback() != null) {
            new LinkedHashSet<>(parameter.fallback().names()).forEach(next -> follow(next, path));
        }
        path.removeLast();
        done.add(name);
    }
}
