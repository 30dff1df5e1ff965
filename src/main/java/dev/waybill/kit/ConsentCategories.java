package dev.waybill.kit;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Problems;
import dev.waybill.config.Section;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Reads `consent.category` of a pipeline or an integration: one name, or a list of names that must all be granted.
public final class ConsentCategories {
    private static final int MAX = 20;

    /// In characters.
    private static final int MAX_LENGTH = 100;

    private static final String ALLOWED =
            "; allowed: the name of a consent category such as C0004 or Advertising, of at most " + MAX_LENGTH
                    + " characters, or a list of at most " + MAX + " names";

    private ConsentCategories() {}

    /// The names without the space around them, each once, in the order of the file; empty when the file names none. A
    /// blank name is a problem: it would switch off what it was meant to switch on.
    ///
    /// @param consent the section that holds `category`
    public static List<String> read(Section consent, Problems problems) {
        ConfigNode at = consent.value("category");
        if (at == null) {
            return List.of();
        }
        List<ConfigNode> items = at instanceof ConfigNode.Sequence list ? list.items() : List.of(at);
        if (items.size() > MAX) {
            problems.error(at, "found a list of " + items.size() + ALLOWED);
            return List.of();
        }
        Set<String> names = new LinkedHashSet<>();
        for (ConfigNode item : items) {
            String name =
                    item instanceof ConfigNode.Scalar scalar ? scalar.text().strip() : "";
            if (name.contains("${")) {
                problems.error(
                        item, "found " + item.kind() + "; here no variable is filled in, so write the name itself");
            } else if (name.isEmpty() || name.codePointCount(0, name.length()) > MAX_LENGTH) {
                problems.error(item, "found " + item.kind() + ALLOWED);
            } else {
                names.add(name);
            }
        }
        return new ArrayList<>(names);
    }
}
