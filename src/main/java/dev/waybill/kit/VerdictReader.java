package dev.waybill.kit;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Form;
import dev.waybill.config.Problems;
import dev.waybill.config.Section;
import dev.waybill.json.Json;
import dev.waybill.json.JsonPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a kit's `verdict`.
final class VerdictReader {
    private static final Pattern STATUS = Pattern.compile("[2-5](xx|\\d\\d)");
    private static final String ALLOWED = "is no status; allowed: such as 404, or 4xx for a class";

    private final KitValues values;
    private final Problems problems;

    VerdictReader(KitValues values, Problems problems) {
        this.values = values;
        this.problems = problems;
    }

    VerdictRules read(Section section) {
        Map<Integer, Verdict> classes = new HashMap<>();
        Map<Integer, Verdict> codes = new HashMap<>();
        for (Verdict verdict : Verdict.values()) {
            String word = verdict.name().toLowerCase(Locale.ROOT);
            section.itemsTake(word, new Form.Matching(STATUS.pattern()));
            for (ConfigNode item : section.list(word)) {
                String text = item instanceof ConfigNode.Scalar scalar ? scalar.text() : "";
                if (!STATUS.matcher(text).matches()) {
                    problems.error(item, item.kind() + " " + ALLOWED);
                } else if ((text.endsWith("xx") ? classes : codes).put(status(text), verdict) != null) {
                    problems.error(item, "'" + text + "' stands under two verdicts; keep one");
                }
            }
        }
        List<BodyRule> byBody = new ArrayList<>();
        section.list("body").forEach(item -> rule(Section.of(item, problems)).ifPresent(byBody::add));
        section.done();
        DefaultVerdicts.fillUp(classes, codes);
        return new VerdictRules(byBody, classes, codes);
    }

    private static int status(String text) {
        return Integer.parseInt(text.endsWith("xx") ? text.substring(0, 1) : text);
    }

    private Optional<BodyRule> rule(Section one) {
        one.required("path", "keys into the answer's JSON, such as status or error.code");
        Optional<JsonPath> path = values.path(one, "path");
        one.required("means", "delivered, retry, setup or rejected");
        Verdict means = one.oneOf("means", Verdict.REJECTED);
        one.takes("status", new Form.Matching(STATUS.pattern()));
        one.takes("equals", Form.TEXT);
        one.either("equals", "exists");
        int status = one.text("status").map(text -> ruleStatus(one, text)).orElse(0);
        ConfigNode equals = one.value("equals");
        boolean given = one.value("exists") != null;
        boolean exists = one.bool("exists", true);
        one.done();
        if (given && !exists) {
            problems.error(KitValues.at(one, "exists"), "found 'false'; allowed: true, or equals: VALUE");
        } else if (given == (equals != null)) {
            problems.error(
                    one.node(),
                    "says " + (given ? "both equals: VALUE and" : "neither equals: VALUE nor")
                            + " exists: true; one of them belongs here");
        }
        Json value = equals == null ? null : value(equals);
        return path.map(found -> new BodyRule(status, found, value, means));
    }

    private int ruleStatus(Section one, String text) {
        if (STATUS.matcher(text).matches()) {
            return status(text);
        }
        problems.error(KitValues.at(one, "status"), "'" + text + "' " + ALLOWED);
        return 0;
    }

    private @Nullable Json value(ConfigNode node) {
        if (!(node instanceof ConfigNode.Scalar scalar)) {
            problems.error(node, "found " + node.kind() + "; a text, a number, true or false belongs here");
            return null;
        }
        return switch (scalar.tag()) {
            case BOOLEAN -> Json.of(Boolean.parseBoolean(scalar.text().toLowerCase(Locale.ROOT)));
            case NUMBER -> new Json.Num(scalar.text());
            case STRING -> new Json.Str(scalar.text());
        };
    }
}
