package dev.waybill.kit;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Problems;
import dev.waybill.event.EventName;
import dev.waybill.json.Json;
import dev.waybill.playbook.Plan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds output event names that a person would take for one and a destination counts apart: equal but for letter
/// case and separators (`signup`, `sign_up`, `Sign-Up`) or for a plural (`product_viewed`, `products_viewed`). The
/// kit's own events are looked at too. All are warnings, and one name for several events is none.
final class NearDuplicateNames {
    private final Problems problems;
    private final Map<String, Named> known = new HashMap<>();

    /// @param at the event's section in the file; null for an event that only the kit maps
    private record Named(
            String event, String output, @Nullable ConfigNode at) {
        String where() {
            return at == null
                    ? "the kit's own event '" + ObjectLimits.shown(event) + "'"
                    : "the event '" + ObjectLimits.shown(event) + "' in line " + at.line();
        }
    }

    private static final Pattern SEPARATORS = Pattern.compile("[^\\p{L}\\p{N}]+");

    private NearDuplicateNames(Problems problems) {
        this.problems = problems;
    }

    /// Looks at the playbook of an integration.
    ///
    /// @param playbook the section of the integration's file
    static void check(RequestMapper mapper, ConfigNode playbook, Problems problems) {
        NearDuplicateNames names = new NearDuplicateNames(problems);
        all(mapper, playbook).forEach(names::look);
    }

    /// The kit's own first, then the user's in the order of the file, so that the warning stands at what the user
    /// wrote.
    private static List<Named> all(RequestMapper mapper, ConfigNode playbook) {
        SortedMap<String, Plan> plans = mapper.plans().named();
        List<Named> users = new ArrayList<>();
        sections(playbook).forEach((name, section) -> {
            Plan plan = plans.remove(EventName.normalise(name));
            if (plan != null) {
                add(users, name, plan, mapper, section);
            }
        });
        List<Named> all = new ArrayList<>();
        plans.forEach((name, plan) -> add(all, name, plan, mapper, null));
        all.addAll(users);
        return all;
    }

    private static Map<String, ConfigNode> sections(ConfigNode playbook) {
        return playbook instanceof ConfigNode.Mapping mapping
                        && mapping.entries().get("events") instanceof ConfigNode.Mapping events
                ? events.entries()
                : Map.of();
    }

    private static void add(
            List<Named> to, String name, Plan plan, RequestMapper mapper, @Nullable ConfigNode section) {
        if (plan.fate() != Plan.Fate.SEND) {
            return;
        }
        for (Plan.PlannedOutput output : plan.outputs()) {
            if (output instanceof Plan.TextOutput text
                    && text.key().equals(mapper.shape().eventName())
                    && text.choice().constant() instanceof Json.Str(String value)) {
                to.add(new Named(name, value, section));
            }
        }
    }

    private void look(Named named) {
        Map<String, Named> near = new LinkedHashMap<>();
        for (String key : List.of("=" + letters(named.output(), false), "s" + letters(named.output(), true))) {
            Named earlier = key.length() == 1 ? null : known.putIfAbsent(key, named);
            if (earlier != null && !earlier.output().equals(named.output())) {
                near.putIfAbsent(earlier.output(), earlier);
            }
        }
        ConfigNode at = named.at();
        if (at != null) {
            near.values()
                    .forEach(earlier -> problems.warning(
                            at,
                            "the output name '" + ObjectLimits.shown(named.output()) + "' looks like '"
                                    + ObjectLimits.shown(earlier.output()) + "' of " + earlier.where()
                                    + "; the destination counts them apart"));
        }
    }

    /// The name's letters and digits in lower case.
    ///
    /// @param singular whether words lose their last `s`, but short ones and those in `ss`
    private static String letters(String name, boolean singular) {
        StringBuilder letters = new StringBuilder(name.length());
        for (String word : SEPARATORS.split(name.toLowerCase(Locale.ROOT), -1)) {
            boolean plural = singular && word.length() > 3 && word.endsWith("s") && !word.endsWith("ss");
            letters.append(word, 0, plural ? word.length() - 1 : word.length());
        }
        return letters.toString();
    }
}
