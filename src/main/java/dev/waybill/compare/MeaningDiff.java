package dev.waybill.compare;

import dev.waybill.kit.Meaning;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What two revisions say otherwise, whatever their files look like. Immutable.
///
/// @param groups changes that are told together, none without a change
public record MeaningDiff(List<Group> groups) {
    /// Changes of the same events, or of the settings.
    ///
    /// @param events the events, by name; empty for the settings
    /// @param every whether every event with a section in both revisions is among them
    public record Group(List<String> events, boolean every, List<Change> changes) {
        public Group {
            events = List.copyOf(events);
            changes = List.copyOf(changes);
        }
    }

    /// One thing that is said otherwise.
    ///
    /// @param what an output's path, a setting, or a word such as `filters`
    /// @param before null when only the second says it
    /// @param after null when only the first says it
    public record Change(
            String what, @Nullable String before, @Nullable String after) {}

    public MeaningDiff {
        groups = List.copyOf(groups);
    }

    public static MeaningDiff of(Meaning before, Meaning after) {
        List<Group> groups = new ArrayList<>();
        List<Change> settings = changes(before.settings(), after.settings());
        if (!settings.isEmpty()) {
            groups.add(new Group(List.of(), false, settings));
        }
        Set<String> both = new TreeSet<>(before.events().keySet());
        both.retainAll(after.events().keySet());
        groups.addAll(ofBoth(before, after, both));
        for (String name : before.events().keySet()) {
            if (!both.contains(name)) {
                groups.add(new Group(List.of(name), false, changes(special(before, name, both), Map.of())));
            }
        }
        for (String name : after.events().keySet()) {
            if (!both.contains(name)) {
                groups.add(new Group(List.of(name), false, changes(Map.of(), special(after, name, both))));
            }
        }
        return new MeaningDiff(groups);
    }

    /// A change that is the same for several events is told once.
    private static List<Group> ofBoth(Meaning before, Meaning after, Set<String> both) {
        Map<Change, Set<String>> eventsOf = new LinkedHashMap<>();
        for (String name : both) {
            changes(words(before, name), words(after, name))
                    .forEach(change -> eventsOf.computeIfAbsent(change, _ -> new LinkedHashSet<>())
                            .add(name));
        }
        Map<Set<String>, List<Change>> byEvents = new LinkedHashMap<>();
        eventsOf.forEach((change, events) ->
                byEvents.computeIfAbsent(events, _ -> new ArrayList<>()).add(change));
        Set<String> named = new LinkedHashSet<>(both);
        named.remove(Meaning.OTHERS);
        List<Group> groups = new ArrayList<>();
        byEvents.forEach((events, changes) ->
                groups.add(new Group(List.copyOf(events), events.size() > 1 && events.containsAll(named), changes)));
        groups.sort(Comparator.comparingInt(group -> -group.events().size()));
        return groups;
    }

    private static Map<String, String> words(Meaning meaning, String event) {
        return meaning.events().getOrDefault(event, Map.of());
    }

    /// What an event of only one revision has for itself: what all named ones say is left out.
    private static Map<String, String> special(Meaning meaning, String event, Set<String> both) {
        Map<String, String> special = new LinkedHashMap<>(words(meaning, event));
        Set<String> named = new LinkedHashSet<>(both);
        named.remove(Meaning.OTHERS);
        special.entrySet()
                .removeIf(said -> !said.getKey().equals("outcome")
                        && !named.isEmpty()
                        && named.stream()
                                .allMatch(name -> said.getValue()
                                        .equals(words(meaning, name).get(said.getKey()))));
        return special;
    }

    private static List<Change> changes(Map<String, String> before, Map<String, String> after) {
        Set<String> keys = new LinkedHashSet<>(before.keySet());
        keys.addAll(after.keySet());
        List<Change> changes = new ArrayList<>();
        for (String key : keys) {
            String one = before.get(key);
            String other = after.get(key);
            if (one == null || !one.equals(other)) {
                changes.add(new Change(key, one, other));
            }
        }
        return changes;
    }
}
