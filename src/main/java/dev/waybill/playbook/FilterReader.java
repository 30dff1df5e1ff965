package dev.waybill.playbook;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Form;
import dev.waybill.config.Problems;
import dev.waybill.config.Section;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads one filter: `{name, allow: CEL}` or `{name, deny: CEL}`.
final class FilterReader {
    private FilterReader() {}

    static Optional<Filter> read(Section section, Problems problems) {
        Optional<String> name = section.required("name", "what an event's detail says when this filter keeps it back");
        section.takes("allow", Form.TEXT);
        section.takes("deny", Form.TEXT);
        section.means("allow", "a condition in CEL; an event is kept back unless it holds");
        section.means("deny", "a condition in CEL; an event is kept back when it holds");
        section.either("allow", "deny");
        ConfigNode allow = section.value("allow");
        ConfigNode deny = section.value("deny");
        Optional<Condition> condition = Optional.empty();
        if ((allow == null) == (deny == null)) {
            problems.error(
                    section.node(),
                    "a filter has either 'allow' or 'deny' with a condition, such as event.properties.test == true");
        } else {
            condition = condition(allow != null ? allow : deny, problems);
        }
        section.done();
        if (name.isEmpty() || condition.isEmpty()) {
            return Optional.empty();
        }
        Filter.Action action = allow != null ? Filter.Action.ALLOW : Filter.Action.DENY;
        return Optional.of(new Filter(name.get(), action, condition.get()));
    }

    private static Optional<Condition> condition(@Nullable ConfigNode node, Problems problems) {
        if (!(node instanceof ConfigNode.Scalar scalar)) {
            if (node != null) {
                problems.error(node, "found " + node.kind() + "; a condition in CEL belongs here");
            }
            return Optional.empty();
        }
        try {
            return Optional.of(CelCondition.compile(scalar.text()));
        } catch (IllegalArgumentException e) {
            problems.error(node, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
