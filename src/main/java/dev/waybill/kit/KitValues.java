package dev.waybill.kit;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Nearest;
import dev.waybill.config.Problems;
import dev.waybill.config.Section;
import dev.waybill.json.JsonPath;
import dev.waybill.playbook.Template;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.PatternSyntaxException;

/// Reads the values that kits are made of: templates, parameters' names, paths, patterns. Each problem stands at the
/// value itself. Belongs to one thread.
///
/// @param parameters the names of the kit's parameters
record KitValues(Collection<String> parameters, Problems problems) {
    /// The value of a key, or what should have held it.
    static ConfigNode at(Section section, String key) {
        ConfigNode value = section.value(key);
        return value == null ? section.node() : value;
    }

    /// A text with places for parameters; empty when there is none.
    Optional<Template> template(Section section, String key) {
        return section.text(key).map(text -> template(at(section, key), text));
    }

    /// The same from a value that is at hand. Parameters that the kit lacks are reported.
    Template template(ConfigNode at, String text) {
        Template template = Template.parse(text);
        template.names().forEach(name -> known(at, name, "$$" + name + "$$"));
        if (template.literals().stream().anyMatch(literal -> literal.contains("$$"))) {
            problems.error(
                    at, "found '" + text + "'; a parameter's place is written $$NAME$$, with letters, digits and _");
        }
        return template;
    }

    /// The name of a parameter that must be there.
    String parameter(Section section, String key, String whatItIs) {
        Optional<String> name = section.required(key, whatItIs);
        name.ifPresent(found -> known(at(section, key), found, "'" + found + "'"));
        return name.orElse("");
    }

    private void known(ConfigNode at, String name, String shown) {
        if (!parameters.contains(name)) {
            String allowed = parameters.isEmpty() ? "none; list it under parameters" : String.join(", ", parameters);
            problems.error(
                    at,
                    shown + " is no parameter of this kit; allowed: " + allowed + "." + Nearest.hint(name, parameters));
        }
    }

    /// What a text is made into; one that can't be is reported in the words of the exception.
    <T> Optional<T> parsed(Section section, String key, Function<String, T> parser) {
        Optional<String> text = section.text(key);
        try {
            return text.map(parser);
        } catch (PatternSyntaxException e) {
            return regexFault(section, key, e.getDescription());
        } catch (com.google.re2j.PatternSyntaxException e) {
            return regexFault(section, key, e.getDescription());
        } catch (IllegalArgumentException e) {
            problems.error(at(section, key), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private <T> Optional<T> regexFault(Section section, String key, String why) {
        problems.error(at(section, key), "found " + at(section, key).kind() + ", no regular expression: " + why);
        return Optional.empty();
    }

    Optional<JsonPath> path(Section section, String key) {
        return parsed(section, key, JsonPath::parse);
    }
}
