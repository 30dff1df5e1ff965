package dev.waybill.playbook;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
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

    /// A playbook that says nothing.
    public static final Playbook EMPTY = new Playbook(Rules.NONE, Map.of(), Rules.NONE, Rules.NONE, null);

    public Playbook {
        events = Collections.unmodifiableMap(new LinkedHashMap<>(events));
    }

    Rules event(String name) {
        return events.getOrDefault(name, Rules.NONE);
    }
}
