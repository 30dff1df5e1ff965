package dev.waybill.kit;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Problems;
import dev.waybill.config.Section;
import dev.waybill.config.Variables;
import dev.waybill.playbook.Template;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads an integration's connection parameters. No value that may be secret gets into a problem's text.
final class ConnectionReader {
    private static final Pattern PLACE = Pattern.compile("\\$\\{(secret:)?([A-Za-z0-9_][A-Za-z0-9_.-]*)}");

    private final Kit kit;
    private final Variables variables;
    private final Problems problems;
    private final Map<String, String> shown = new HashMap<>();
    private final Map<String, String> real = new HashMap<>();
    /// The placeholder of each secret's value.
    private final Map<String, String> secrets = new HashMap<>();
    /// The parameters that were given, be it with a value that can't be used.
    private final Set<String> given = new HashSet<>();

    private ConnectionReader(Kit kit, Variables variables, Problems problems) {
        this.kit = kit;
        this.variables = variables;
        this.problems = problems;
    }

    /// Reads the `parameters` section.
    ///
    /// @param requireEndpoint whether the parameters that the URL is made of must be there
    static Connection read(Kit kit, Section section, boolean requireEndpoint, Variables variables, Problems problems) {
        ConnectionReader reader = new ConnectionReader(kit, variables, problems);
        reader.read(section, requireEndpoint);
        return new Connection(reader.shown, reader.real, reader.secrets);
    }

    private void read(Section section, boolean requireEndpoint) {
        for (Parameter parameter : kit.parameters()) {
            section.means(parameter.name(), parameter.description());
            ConfigNode at = section.value(parameter.name());
            Optional<String> text = section.text(parameter.name()).filter(value -> !value.isBlank());
            if (text.isPresent() && at != null) {
                given.add(parameter.name());
                resolve(parameter, text.get(), at);
            }
        }
        Set<String> settled = new HashSet<>();
        kit.parameters().forEach(parameter -> fallback(parameter, section, settled));
        for (Parameter parameter : kit.parameters()) {
            boolean absent = !given.contains(parameter.name()) && !real.containsKey(parameter.name());
            if (absent && isNeeded(parameter, requireEndpoint)) {
                ConfigNode at = section.value(parameter.name());
                if (at == null) {
                    section.missing(parameter.name(), parameter.description());
                } else {
                    problems.error(at, "'" + parameter.name() + "' is missing: " + parameter.description());
                }
            }
        }
        ConnectionChecks.all(kit, section, real, problems);
        section.done();
    }

    private boolean isNeeded(Parameter parameter, boolean requireEndpoint) {
        return parameter.required() && (requireEndpoint || !inUrl(parameter));
    }

    private boolean inUrl(Parameter parameter) {
        Set<String> names = new LinkedHashSet<>();
        addMadeOf(kit.request().url(), names);
        return names.contains(parameter.name());
    }

    private void addMadeOf(Template template, Set<String> names) {
        for (String name : template.names()) {
            Template fallback = kit.parameter(name).map(Parameter::fallback).orElse(null);
            if (names.add(name) && fallback != null) {
                addMadeOf(fallback, names);
            }
        }
    }

    /// Fills in a default, those first that it is made of. A kit's defaults form no circle.
    private void fallback(Parameter parameter, Section section, Set<String> settled) {
        if (!settled.add(parameter.name()) || parameter.fallback() == null || given.contains(parameter.name())) {
            return;
        }
        parameter
                .fallback()
                .names()
                .forEach(name -> kit.parameter(name).ifPresent(other -> fallback(other, section, settled)));
        String shownText = parameter.fallback().fill(shown);
        String realText = parameter.fallback().fill(real);
        if (shownText != null && realText != null && fits(parameter, realText, section.node())) {
            shown.put(parameter.name(), shownText);
            real.put(parameter.name(), realText);
        }
    }

    private void resolve(Parameter parameter, String text, ConfigNode at) {
        StringBuilder shownText = new StringBuilder();
        StringBuilder realText = new StringBuilder();
        boolean complete = true;
        boolean placed = false;
        int end = 0;
        Matcher places = PLACE.matcher(text);
        while (places.find()) {
            placed = true;
            String before = text.substring(end, places.start());
            end = places.end();
            boolean secret = places.group(1) != null;
            String place = places.group();
            Optional<String> value = secret ? secret(places.group(2), at) : environment(places.group(2), at);
            complete &= value.isPresent();
            if (secret) {
                value.ifPresent(hidden -> secrets.put(hidden, place));
            }
            shownText.append(before).append(secret ? places.group() : value.orElse(""));
            realText.append(before).append(value.orElse(""));
        }
        shownText.append(text, end, text.length());
        realText.append(text, end, text.length());
        if (PLACE.matcher(text).replaceAll("").contains("${")) {
            problems.error(at, "a ${ without an end or a name; write ${ENV_NAME} or ${secret:NAME}");
            return;
        }
        if (parameter.secret() && !placed) {
            problems.warning(
                    at, "a secret stands here in the open; keep it in <data>/secrets and write ${secret:NAME}");
        }
        if (complete && fits(parameter, realText.toString(), at)) {
            shown.put(parameter.name(), parameter.secret() ? placeholder(parameter, text) : shownText.toString());
            real.put(parameter.name(), realText.toString());
        }
    }

    /// What stands for a secret parameter: its `${secret:NAME}` when it is nothing else, and never a part of its
    /// value.
    private static String placeholder(Parameter parameter, String text) {
        Matcher whole = PLACE.matcher(text);
        return whole.matches() && whole.group(1) != null ? text : "${" + parameter.name() + "}";
    }

    private Optional<String> environment(String name, ConfigNode at) {
        Optional<String> value = variables.environment(name);
        if (value.isEmpty()) {
            problems.error(at, "the environment variable " + name + " is not set; set it, or write the value here");
        }
        return value;
    }

    private Optional<String> secret(String name, ConfigNode at) {
        Optional<String> value = variables.secret(name);
        if (value.isEmpty()) {
            problems.error(at, "there is no secret " + name + "; put it into the file <data>/secrets/" + name);
        }
        return value;
    }

    private boolean fits(Parameter parameter, String value, ConfigNode at) {
        Optional<String> fault = ParameterFault.of(parameter, value)
                .or(() -> parameter.name().equals(kit.request().signingSecret())
                        ? Signing.fault(value)
                        : Optional.empty());
        fault.ifPresent(words -> problems.error(at, words));
        return fault.isEmpty();
    }
}
