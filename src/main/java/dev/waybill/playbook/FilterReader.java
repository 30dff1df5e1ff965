package dev.waybill.playbook;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Form;
import dev.waybill.config.Problems;
import dev.waybill.config.Section;
import dev.waybill.expression.Expression;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads filters, of a playbook or a pipeline: `{name, allow: CEL}` or `{name, deny: CEL}`.
public final class FilterReader {
    private FilterReader() {}

    /// The filters under a section's key `filters`; those with a problem are left out.
    public static List<Filter> all(Section section, Problems problems) {
        List<Filter> filters = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ConfigNode item : section.list("filters")) {
            Section one = Section.of(item, problems);
            Optional<Filter> filter = read(one, problems);
            if (filter.isPresent() && !names.add(filter.get().name())) {
                problems.error(
                        Reading.at(one, "name"),
                        "two filters are named '" + filter.get().name()
                                + "'; an event's detail names the one that kept it back, so each needs its own");
            }
            filter.ifPresent(filters::add);
        }
        return filters;
    }

    private static Optional<Filter> read(Section section, Problems problems) {
        Optional<String> name = section.required("name", "what an event's detail says when this filter keeps it back");
        section.takes("allow", Form.TEXT);
        section.takes("deny", Form.TEXT);
        section.means("allow", "a condition in CEL; an event is kept back unless it holds");
        section.means("deny", "a condition in CEL; an event is kept back when it holds");
        section.either("allow", "deny");
        ConfigNode allow = section.value("allow");
        ConfigNode deny = section.value("deny");
        Optional<Expression> condition = Optional.empty();
        if ((allow == null) == (deny == null)) {
            problems.error(
                    section.node(),
                    "a filter has either 'allow' or 'deny' with a condition, such as event.properties.test == true");
        } else {
            condition = Conditions.read(allow != null ? allow : deny, problems);
        }
        section.done();
        if (name.isEmpty() || condition.isEmpty()) {
            return Optional.empty();
        }
        Filter.Action action = allow != null ? Filter.Action.ALLOW : Filter.Action.DENY;
        return Optional.of(new Filter(name.get(), action, condition.get()));
    }
}
