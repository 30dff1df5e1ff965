package dev.waybill.transform;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.ConfigNode.Tag;
import dev.waybill.config.Form;
import dev.waybill.config.Problems;
import dev.waybill.config.Section;
import dev.waybill.event.LetterCase;
import dev.waybill.json.Json;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the options of `lookup`.
final class LookupReading {
    private LookupReading() {}

    static @Nullable Transform read(Section section, Problems problems) {
        boolean ignoreCase = section.bool("ignoreCase", false);
        ConfigNode otherwise = section.value("default");
        Json fallback = otherwise == null ? null : value(otherwise, problems);
        ConfigNode tableNode = section.value("table");
        section.done();
        if (tableNode == null) {
            section.missing("table", "a mapping of texts to values, such as {gb: UK, us: USA}");
            return null;
        }
        Map<String, ConfigNode> entries = Section.of(tableNode, problems).entries();
        if (tableNode instanceof ConfigNode.Mapping && entries.isEmpty()) {
            problems.error(tableNode, "the table is empty; write at least one entry, such as {gb: UK}");
        }
        Map<String, Json> table = new HashMap<>();
        Map<String, String> writtenAs = new HashMap<>();
        entries.forEach((key, node) -> {
            String known = ignoreCase ? LetterCase.lower(key) : key;
            String twin = writtenAs.putIfAbsent(known, key);
            if (twin != null) {
                problems.error(
                        node, "'" + twin + "' and '" + key + "' are the same text when the case is ignored; keep one");
            }
            Json value = value(node, problems);
            if (value != null) {
                table.put(known, value);
            }
        });
        return EachValue.text(new Lookup(table, fallback, ignoreCase));
    }

    private static @Nullable Json value(ConfigNode node, Problems problems) {
        Section.valueTakes(node, Form.TEXT);
        if (node instanceof ConfigNode.Empty) {
            return Json.Null.INSTANCE;
        }
        if (!(node instanceof ConfigNode.Scalar scalar)) {
            problems.error(node, "found " + node.kind() + "; a text, a number or a boolean belongs here");
            return null;
        }
        if (scalar.tag() == Tag.BOOLEAN) {
            return Json.of(Boolean.parseBoolean(scalar.text().toLowerCase(Locale.ROOT)));
        }
        if (scalar.tag() == Tag.STRING) {
            return new Json.Str(scalar.text());
        }
        BigDecimal number = Decimals.of(scalar.text());
        if (number == null) {
            problems.error(
                    node,
                    "found " + node.kind() + "; allowed: a decimal number of at most 400 digits; write '"
                            + scalar.text() + "' in quotes if a text is meant");
            return null;
        }
        return new Json.Num(Decimals.literal(scalar.text(), number));
    }
}
