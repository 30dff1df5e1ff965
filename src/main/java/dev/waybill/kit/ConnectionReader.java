package dev.waybill.kit;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Problems;
import dev.waybill.config.Section;
import dev.waybill.config.Variables;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads an integration's connection parameters. No value that may be secret gets into a problem's text.
final class ConnectionReader {
    private static final Pattern PLACE = Pattern.compile("\\$\\{(secret:)?([A-Za-z0-9_][A-Za-z0-9_.-]*)}");
    private static final int LONGEST = 4_096;

    private final Kit kit;
    private final Variables variables;
    private final Problems problems;
    private final Map<String, String> shown = new HashMap<>();
    private final Map<String, String> real = new HashMap<>();

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
        return new Connection(reader.shown, reader.real);
    }

    private void read(Section section, boolean requireEndpoint) {
        for (Parameter parameter : kit.parameters()) {
            section.means(parameter.name(), parameter.description());
            ConfigNode given = section.value(parameter.name());
            Optional<String> text = section.text(parameter.name())
                    .filter(value -> !value.isBlank())
                    .or(() -> Optional.ofNullable(parameter.fallback()));
            ConfigNode at = given == null ? section.node() : given;
            if (text.isPresent()) {
                resolve(parameter, text.get(), at);
            } else if (given == null && isNeeded(parameter, requireEndpoint)) {
                section.missing(parameter.name(), parameter.description());
            } else if (isNeeded(parameter, requireEndpoint)) {
                problems.error(at, "'" + parameter.name() + "' is missing: " + parameter.description());
            }
        }
        auth(section);
        section.done();
    }

    private boolean isNeeded(Parameter parameter, boolean requireEndpoint) {
        return parameter.required() && (requireEndpoint || !inUrl(parameter));
    }

    private boolean inUrl(Parameter parameter) {
        return kit.request().url().names().contains(parameter.name());
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
            Optional<String> value = secret ? secret(places.group(2), at) : environment(places.group(2), at);
            complete &= value.isPresent();
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

    /// What stands for a secret parameter: its `${secret:NAME}` when it is nothing else, and never a part of its value.
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
        String fault = fault(parameter, value);
        if (fault != null) {
            problems.error(at, fault);
        }
        return fault == null;
    }

    private static @Nullable String fault(Parameter parameter, String value) {
        if (value.isBlank()) {
            return "the value is empty; " + parameter.description();
        }
        if (value.length() > LONGEST) {
            return "the value has " + value.length() + " characters; allowed: " + LONGEST;
        }
        if (parameter.pattern() != null && !parameter.pattern().matcher(value).matches()) {
            return "the value does not match " + parameter.pattern().pattern() + "; " + parameter.description();
        }
        return parameter.kind() == Parameter.Kind.URL ? urlFault(value) : null;
    }

    private static @Nullable String urlFault(String value) {
        try {
            URI uri = new URI(value);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (!web || uri.getHost() == null) {
                return "the value is no absolute http or https URL; allowed: such as https://host/path";
            }
            if (uri.getRawUserInfo() != null) {
                return "a user name or password in a URL is not allowed; take it out";
            }
            return uri.getRawFragment() == null ? null : "a URL to send to has no '#' part; take it out";
        } catch (URISyntaxException e) {
            return "the value is no URL: " + e.getReason() + "; allowed: such as https://host/path";
        }
    }

    private void auth(Section section) {
        RequestTemplate.Auth auth = kit.request().auth();
        if (auth == null) {
            return;
        }
        boolean header = real.containsKey(auth.header());
        boolean query = real.containsKey(auth.query());
        if (header && query) {
            problems.error(section.node(), auth.header() + " and " + auth.query() + " exclude each other; keep one");
        }
        if ((header || query) && section.value(auth.token()) == null) {
            problems.error(
                    section.node(),
                    "'" + auth.token() + "' is missing: " + (header ? auth.header() : auth.query())
                            + " says how to send it");
        }
    }
}
