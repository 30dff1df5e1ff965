package dev.waybill.playbook;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/// A playbook as its file says it, before the connection parameters are known.
///
/// @param global for every event
/// @param events by normalised name, or by type for `page`, `identify`, `screen`, `group` and `alias`
/// @param defaults what fills the gaps of every event, and the whole section of an event in no other
/// @param passed what an event in no section gets besides, when it passes
/// @param unmapped what becomes of an event in no section; null when the file doesn't say
public record Playbook(
        Rules global,
        Map<String, Rules> events,
        Rules defaults,
        Rules passed,
        @Nullable Unmapped unmapped) {
    public enum Unmapped {
        FILTER,
        PASS
    }

    public Playbook {
        events = Collections.unmodifiableMap(new LinkedHashMap<>(events));
    }

    /// This playbook laid over the kit's own, section by section.
    public Playbook over(Playbook kit) {
        BinaryOperator<Rules> lay = (under, top) -> top.over(under);
        Map<String, Rules> all = new LinkedHashMap<>(kit.events);
        events.forEach((name, rules) -> all.merge(name, rules, lay));
        return new Playbook(
                global.over(kit.global),
                all,
                defaults.over(kit.defaults),
                passed.over(kit.passed),
                unmapped != null ? unmapped : kit.unmapped);
    }

    /// Everything that applies to an event with a section of its own.
    Rules forMapped(Rules own) {
        return own.over(global.over(defaults.outputsOnly()));
    }

    /// Everything that applies to an event in no section.
    Rules forUnmapped() {
        return defaults.over(global.over(passed));
    }
}
