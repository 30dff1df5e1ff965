package dev.waybill.playbook;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Nearest;
import dev.waybill.config.Problems;
import dev.waybill.config.Section;
import dev.waybill.event.EventName;
import dev.waybill.playbook.Playbook.Unmapped;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// Reads a playbook, a kit's or a user's: the grammar is the same. Reports every problem and belongs to one thread.
public final class PlaybookReader {
    private final Set<String> kitEvents;
    private final RulesReader rules;
    private final Problems problems;

    /// A reader of one kit's playbooks.
    ///
    /// @param shape what the kit's request holds
    /// @param parameters the kit's connection parameters
    /// @param kitEvents the events that the kit's own playbook maps; empty when this reads the kit's
    public PlaybookReader(RequestShape shape, Collection<String> parameters, Set<String> kitEvents, Problems problems) {
        this.kitEvents = kitEvents;
        this.rules = new RulesReader(new Reading(shape, parameters, problems));
        this.problems = problems;
    }

    public Playbook read(Section playbook) {
        playbook.means("global", "what holds for every event");
        playbook.means("events", "what holds for one event, by its name; stronger than default and global");
        playbook.means(
                "default", "what fills the gaps of all events, and what becomes of events that have no name here");
        Rules global = rules.read(playbook.section("global"));
        Map<String, Rules> events = events(playbook.section("events"));
        Section defaults = playbook.section("default");
        defaults.means("unmapped", "what becomes of an event that has no name in events");
        defaults.means("passed", "what holds for events that are passed though they have no name in events");
        boolean says = defaults.value("unmapped") != null;
        Unmapped unmapped = defaults.oneOf("unmapped", Unmapped.FILTER);
        Rules passed = rules.read(defaults.section("passed"));
        Rules byDefault = rules.read(defaults);
        playbook.done();
        return new Playbook(global, events, byDefault, passed, says ? unmapped : null);
    }

    private Map<String, Rules> events(Section section) {
        Map<String, Rules> events = new LinkedHashMap<>();
        Map<String, String> writtenAs = new HashMap<>();
        Map<String, ConfigNode> nodes = new HashMap<>();
        section.entries().forEach((key, node) -> {
            String name = EventName.normalise(key);
            Rules own = rules.readEvent(Section.of(node, problems));
            ConfigNode at = section.place(key);
            if (name.isEmpty()) {
                problems.error(at, "an event's name can't be empty");
                return;
            }
            String twin = writtenAs.putIfAbsent(name, key);
            if (twin != null) {
                problems.error(
                        at,
                        "'" + twin + "' and '" + key + "' are the same event: names are compared in lower case, and"
                                + " spaces, '_' and '-' are alike; keep one");
                return;
            }
            warnOfSlip(name, at);
            events.put(name, own);
            nodes.put(name, node);
        });
        nodes.forEach((name, node) -> like(name, events.getOrDefault(name, Rules.NONE), events, node));
        return events;
    }

    /// What an event is like must be there, and the way there must end.
    private void like(String name, Rules own, Map<String, Rules> events, ConfigNode node) {
        if (own.like() == null) {
            return;
        }
        ConfigNode at = Reading.at(Section.of(node, problems), "like");
        Set<String> known = new LinkedHashSet<>(events.keySet());
        known.addAll(kitEvents);
        if (!known.contains(own.like())) {
            problems.error(
                    at,
                    "there is no event '" + own.like() + "' to be like; events: " + String.join(", ", known) + "."
                            + Nearest.hint(own.like(), known));
            return;
        }
        Set<String> chain = new LinkedHashSet<>();
        String next = name;
        while (next != null && chain.add(next)) {
            next = events.getOrDefault(next, Rules.NONE).like();
        }
        if (name.equals(next)) {
            problems.error(
                    at,
                    "'like' goes in a circle: " + String.join(" is like ", chain) + " is like " + name
                            + "; take one 'like' out");
        }
    }

    /// A custom event may have any name, so a slip of the pen in a kit's event name can only be a warning.
    private void warnOfSlip(String name, ConfigNode node) {
        if (kitEvents.contains(name)) {
            return;
        }
        Nearest.of(name, kitEvents)
                .filter(known -> Math.abs(known.length() - name.length()) <= 1)
                .ifPresent(known -> problems.warning(
                        node,
                        "'" + name + "' is read as a custom event, but the kit has '" + known + "'; if that is meant,"
                                + " write it so"));
    }
}
