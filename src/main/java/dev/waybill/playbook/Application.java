package dev.waybill.playbook;

import dev.waybill.event.Event;
import dev.waybill.expression.Expression;
import dev.waybill.outcome.Notice;
import dev.waybill.outcome.NoticeCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A playbook being applied to one event: the event, and what is to be told about it. Belongs to one thread.
public final class Application {
    private final Event event;
    private final @Nullable Explanation explanation;
    private final List<Notice> notices = new ArrayList<>(2);
    private @Nullable Map<String, ?> variables;
    private @Nullable String missing;

    public Application(Event event) {
        this(event, null);
    }

    /// @param explanation gets what each rule did, or null when nobody asks
    public Application(Event event, @Nullable Explanation explanation) {
        this.event = event;
        this.explanation = explanation;
    }

    public Event event() {
        return event;
    }

    /// Where to write down what each rule does; null when nobody asks.
    public @Nullable Explanation explanation() {
        return explanation;
    }

    /// Whether a condition holds for the event.
    boolean holds(Expression condition) {
        return condition.holds(variables());
    }

    /// The event as expressions see it, made when the first one asks.
    Map<String, ?> variables() {
        Map<String, ?> made = variables;
        if (made == null) {
            made = Expression.variables(event.whole());
            variables = made;
        }
        return made;
    }

    /// What was changed to make the event fit, in the order in which it was found.
    public List<Notice> notices() {
        return notices;
    }

    /// The value of this output was left out, or a part of it was.
    void leftOut(String output, String why) {
        notices.add(new Notice(NoticeCode.VALUE_LEFT_OUT, output, why));
    }

    /// A required output has no value. The first one is what the event is rejected for.
    void missing(String output) {
        if (missing == null) {
            missing = output;
        }
    }

    /// The first required output without a value, or null when all have one.
    public @Nullable String missing() {
        return missing;
    }
}
