package dev.waybill.playbook;

import dev.waybill.expression.Expression;
import java.util.Locale;

/// A user's rule that lets events through or keeps them back.
///
/// @param name what an event's `detail` says when this filter kept it back
/// @param action `allow` lets only events through for which the condition holds, `deny` only the others
public record Filter(String name, Action action, Expression condition) {
    public enum Action {
        ALLOW,
        DENY
    }

    public boolean lets(Application application) {
        return application.holds(condition) == (action == Action.ALLOW);
    }

    /// In words of the playbook file, for people who compare two.
    public String description() {
        return action.name().toLowerCase(Locale.ROOT) + " " + condition;
    }
}
