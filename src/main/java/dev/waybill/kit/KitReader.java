package dev.waybill.kit;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Problems;
import dev.waybill.config.Section;
import dev.waybill.json.JsonPath;
import dev.waybill.playbook.Output;
import dev.waybill.playbook.Playbook;
import dev.waybill.playbook.PlaybookReader;
import dev.waybill.playbook.RequestShape;
import dev.waybill.playbook.Template;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Reads a kit from its two files, `kit.yaml` and `playbook.yaml`. Reports every problem and belongs to one thread.
final class KitReader {
    private static final Pattern NOTHING_SPECIAL = Pattern.compile("(?s).*");
    private static final int LONGEST = 100_000;

    private final Problems problems;

    private KitReader(Problems problems) {
        this.problems = problems;
    }

    /// The kit, or empty when there was any error.
    static Optional<Kit> read(ConfigNode kit, ConfigNode playbook, Problems problems) {
        Problems own = new Problems();
        Kit read = new KitReader(own).kit(Section.of(kit, own), Section.of(playbook, own));
        own.sorted().forEach(problems::add);
        return own.hasErrors() ? Optional.empty() : Optional.of(read);
    }

    private Kit kit(Section kit, Section playbookFile) {
        Kit.About about = new Kit.About(
                kit.required("name", "the word that integrations call it by").orElse(""),
                kit.required("title", "its name for people").orElse(""),
                kit.required("description", "one sentence for people").orElse(""),
                kit.text("docs").orElse(null));
        List<Parameter> parameters = parameters(kit);
        Section requestSection = kit.section("request");
        List<Output> outputs = outputs(requestSection);
        RequestTemplate request = request(requestSection);
        Section identitySection = kit.section("identity");
        JsonPath identityOutput = identityOutput(identitySection);
        IdentityRule identity = identity(identitySection);
        Section limitsSection = kit.section("limits");
        String eventName = limitsSection
                .section("eventName")
                .required("output", "the key that holds the event's name")
                .orElse("event");
        Kit.Limits limits = limits(limitsSection);
        VerdictRules verdicts = verdicts(kit.section("verdict"));
        kit.done();
        RequestShape shape = new RequestShape(outputs, eventName, identityOutput);
        List<String> names = parameters.stream().map(Parameter::name).toList();
        Playbook playbook = new PlaybookReader(shape, names, Set.of(), problems).read(playbookFile);
        return new Kit(about, parameters, request, shape, identity, limits, verdicts, playbook);
    }

    private List<Parameter> parameters(Section kit) {
        List<Parameter> parameters = new ArrayList<>();
        for (ConfigNode item : kit.list("parameters")) {
            Section one = Section.of(item, problems);
            Optional<String> name = one.required("name", "such as PARTNER_ID");
            String description =
                    one.required("description", "one sentence for people").orElse("");
            Parameter.Kind kind = one.oneOf("kind", Parameter.Kind.TEXT);
            boolean required = one.bool("required", false);
            boolean secret = one.bool("secret", false);
            Pattern pattern =
                    one.text("pattern").flatMap(text -> regex(one, text)).orElse(null);
            String fallback = one.text("default").orElse(null);
            one.done();
            name.ifPresent(text ->
                    parameters.add(new Parameter(text, description, kind, required, secret, pattern, fallback)));
        }
        return parameters;
    }

    private List<Output> outputs(Section request) {
        List<Output> outputs = new ArrayList<>();
        for (ConfigNode item : request.list("outputs")) {
            Section one = Section.of(item, problems);
            Optional<String> key = one.required("key", "a top-level key of the body");
            Output.Kind kind = one.oneOf("kind", Output.Kind.TEXT);
            boolean required = one.bool("required", false);
            one.done();
            key.ifPresent(text -> outputs.add(new Output(text, kind, required)));
        }
        return outputs;
    }

    private RequestTemplate request(Section section) {
        String method = section.text("method").orElse("POST");
        Template url =
                Template.parse(section.required("url", "such as $$ENDPOINT$$").orElse(""));
        Map<String, Template> headers = new LinkedHashMap<>();
        Section headerSection = section.section("headers");
        headerSection
                .entries()
                .keySet()
                .forEach(name -> headerSection
                        .text(name)
                        .ifPresent(value -> headers.put(name.toLowerCase(Locale.ROOT), Template.parse(value))));
        RequestTemplate.Auth auth = null;
        if (section.value("auth") != null) {
            Section authSection = section.section("auth");
            auth = new RequestTemplate.Auth(
                    authSection.required("token", "the parameter that holds it").orElse(""),
                    authSection
                            .required("header", "the parameter that names a header")
                            .orElse(""),
                    authSection
                            .required("query", "the parameter that names a query key")
                            .orElse(""));
            authSection.done();
        }
        section.done();
        return new RequestTemplate(method, url, Map.copyOf(headers), auth);
    }

    private JsonPath identityOutput(Section section) {
        JsonPath nowhere = new JsonPath(List.of("params", "id"));
        Optional<JsonPath> output = section.required("output", "the key that holds the person's identifier")
                .flatMap(text -> path(section, text));
        if (output.isPresent() && output.get().keys().size() != 2) {
            problems.error(
                    section.node(),
                    "the identifier stands in a key of an object output, such as params.lex_id; found '" + output.get()
                            + "'");
            return nowhere;
        }
        return output.orElse(nowhere);
    }

    private IdentityRule identity(Section section) {
        int maxLength = section.integer("maxLength", 300, 1, LONGEST);
        Pattern usual = section.required("usual", "a regular expression for the shape that identifiers have")
                .flatMap(text -> regex(section, text))
                .orElse(NOTHING_SPECIAL);
        String usualName = section.required("usualName", "that shape in words").orElse("");
        JsonPath failure =
                section.text("failure").flatMap(text -> path(section, text)).orElse(null);
        section.done();
        return new IdentityRule(maxLength, usual, usualName, failure);
    }

    private static Kit.Limits limits(Section section) {
        Section eventName = section.section("eventName");
        eventName.value("output");
        int name = eventName.integer("length", LONGEST, 1, LONGEST);
        eventName.done();
        Section object = section.section("object");
        String output =
                object.required("output", "the object whose keys are limited").orElse("");
        int keys = object.integer("keys", LONGEST, 1, LONGEST);
        int keyLength = object.integer("keyLength", LONGEST, 1, LONGEST);
        int valueLength = object.integer("valueLength", LONGEST, 1, LONGEST);
        object.done();
        section.done();
        return new Kit.Limits(name, output, keys, keyLength, valueLength);
    }

    private VerdictRules verdicts(Section section) {
        Map<Integer, Verdict> classes = new HashMap<>();
        Map<Integer, Verdict> codes = new HashMap<>();
        for (Verdict verdict : Verdict.values()) {
            for (String text : section.texts(verdict.name().toLowerCase(Locale.ROOT))) {
                Map<Integer, Verdict> target = text.matches("[2-5]xx") ? classes : codes;
                if (!text.matches("[2-5](xx|\\d\\d)")) {
                    problems.error(
                            section.node(), "'" + text + "' is no status; allowed: such as 404, or 4xx for a class");
                } else if (target.put(status(text), verdict) != null) {
                    problems.error(section.node(), "'" + text + "' stands under two verdicts; keep one");
                }
            }
        }
        section.done();
        return new VerdictRules(classes, codes);
    }

    private static int status(String text) {
        return Integer.parseInt(text.endsWith("xx") ? text.substring(0, 1) : text);
    }

    private Optional<Pattern> regex(Section at, String text) {
        try {
            return Optional.of(Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            problems.error(at.node(), "'" + text + "' is no regular expression: " + e.getDescription());
            return Optional.empty();
        }
    }

    private Optional<JsonPath> path(Section at, @Nullable String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(JsonPath.parse(text));
        } catch (IllegalArgumentException e) {
            problems.error(at.node(), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
