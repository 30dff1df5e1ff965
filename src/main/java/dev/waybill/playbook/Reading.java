package dev.waybill.playbook;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Nearest;
import dev.waybill.config.Problems;
import dev.waybill.config.Section;
import dev.waybill.event.EventPath;
import dev.waybill.json.Json;
import dev.waybill.json.JsonPath;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the readers of a playbook's parts have in common: which outputs and parameters there are, and how paths,
/// texts and constants are read. Belongs to one thread.
record Reading(RequestShape shape, Collection<String> parameters, Problems problems) {
    private static final Pattern JSON_NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

    /// The top-level keys that an event has by the Segment spec; people may use others.
    private static final List<String> EVENT_KEYS = List.of(
            "anonymousId",
            "category",
            "channel",
            "context",
            "event",
            "groupId",
            "integrations",
            "messageId",
            "name",
            "originalTimestamp",
            "previousId",
            "properties",
            "receivedAt",
            "sentAt",
            "timestamp",
            "traits",
            "type",
            "userId",
            "version");

    /// The key `output`; empty when it was reported.
    ///
    /// @param constant whether what it is to hold is a single value, no object
    Optional<JsonPath> output(Section section, boolean constant, boolean sameForAll) {
        Optional<JsonPath> output = section.required("output", "the key of the request to fill, such as params.total")
                .flatMap(text -> jsonPath(at(section, "output"), text));
        Optional<String> objection = output.flatMap(
                path -> shape.objection(path, constant && (sameForAll || !path.equals(shape.identity()))));
        objection.ifPresent(message -> problems.error(at(section, "output"), message));
        return objection.isPresent() ? Optional.empty() : output;
    }

    /// A path into the event; empty when it was reported. A first key that looks like a slip gets a warning.
    Optional<EventPath> eventPath(ConfigNode at, String text) {
        if (!Template.parse(text).names().isEmpty()) {
            problems.error(
                    at,
                    "'" + text + "' is a connection parameter, no path into the event; it can stand alone as 'input',"
                            + " as 'default', or in the text of a template");
            return Optional.empty();
        }
        try {
            EventPath path = EventPath.parse(text);
            warnOfSlip(at, path);
            return Optional.of(path);
        } catch (IllegalArgumentException e) {
            problems.error(at, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private void warnOfSlip(ConfigNode at, EventPath path) {
        JsonPath read = path.read();
        String root = read == null ? "$" : read.keys().getFirst();
        if (read != null && !EVENT_KEYS.contains(root)) {
            Nearest.of(root, EVENT_KEYS)
                    .ifPresent(known -> problems.warning(
                            at, "events have no '" + root + "' by the Segment spec. Did you mean '" + known + "'?"));
        }
    }

    /// A path of keys; empty when it was reported.
    Optional<JsonPath> jsonPath(ConfigNode at, String text) {
        try {
            return Optional.of(JsonPath.parse(text));
        } catch (IllegalArgumentException e) {
            problems.error(at, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /// Whether every parameter named is one of the kit's; reports those that aren't.
    boolean known(ConfigNode at, List<String> names) {
        boolean all = true;
        for (String name : names) {
            if (!parameters.contains(name)) {
                all = false;
                problems.error(
                        at,
                        "$$" + name + "$$ is no parameter of this kit; allowed: " + String.join(", ", parameters) + "."
                                + Nearest.hint(name, parameters));
            }
        }
        return all;
    }

    /// A constant: a text, which may hold parameters, a number, true or false; null when it was reported.
    @Nullable
    Source constant(ConfigNode value) {
        if (!(value instanceof ConfigNode.Scalar scalar)) {
            problems.error(value, "found " + value.kind() + "; a text, a number, true or false belongs here");
            return null;
        }
        return switch (scalar.tag()) {
            case BOOLEAN -> new Source.Constant(Json.of("true".equalsIgnoreCase(scalar.text())));
            case NUMBER -> number(scalar);
            case STRING -> {
                Template template = Template.parse(scalar.text());
                if (template.names().isEmpty()) {
                    yield new Source.Constant(new Json.Str(scalar.text()));
                }
                yield known(scalar, template.names()) ? new Source.Parameters(template) : null;
            }
        };
    }

    private @Nullable Source number(ConfigNode.Scalar scalar) {
        if (JSON_NUMBER.matcher(scalar.text()).matches()) {
            return new Source.Constant(new Json.Num(scalar.text()));
        }
        problems.error(
                scalar, "found '" + scalar.text() + "', no number of JSON; write it as one, or quote it as text");
        return null;
    }

    /// Where a key's value stands, or what should have held it.
    static ConfigNode at(Section section, String key) {
        ConfigNode value = section.value(key);
        return value == null ? section.node() : value;
    }
}
