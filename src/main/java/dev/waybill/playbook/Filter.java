package dev.waybill.playbook;

import dev.waybill.event.Event;

/// A user's rule that lets events through or keeps them back.
///
/// @param name what an event's `detail` says when this filter kept it back
/// @param action `allow` lets only events through for which the condition holds, `deny` only the others
public record Filter(String name, Action action, Condition condition) {
    public enum Action {
        ALLOW,
        DENY
    }

    public boolean lets(Event event) {
        return condition.holds(event) == (action == Action.ALLOW);
    }
}
