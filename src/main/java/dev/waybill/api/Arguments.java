package dev.waybill.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.config.Nearest;
import dev.waybill.http.Refusal;
import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// What a request asks for, from its query or its body. Reading goes on after a mistake; [#end()] reports them all, and
/// names that nobody asked about. Belongs to one thread.
final class Arguments {
    private static final int MAX_TEXT = 1000;
    private static final int MAX_SHOWN = 60;

    private final Map<String, Json> given;
    private final Set<String> known = new TreeSet<>();
    private final List<String> problems = new ArrayList<>();

    private Arguments(Map<String, Json> given) {
        this.given = given;
    }

    static Arguments ofQuery(String raw) {
        Map<String, Json> given = new LinkedHashMap<>();
        Arguments arguments = new Arguments(given);
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            if (!value.isBlank() && given.put(name, Json.of(value)) != null) {
                arguments.problem("%s is given twice; give it once".formatted(shown(name)));
            }
        }
        return arguments;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException odd) {
            throw new Refusal(400, "bad_parameter", "the query holds a % that is not followed by two hex digits");
        }
    }

    static Arguments ofBody(byte[] body) {
        Map<String, Json> given = new LinkedHashMap<>();
        if (body.length > 0) {
            object(body).forEach(entry -> {
                if (!(entry.getValue() instanceof Json.Null)) {
                    given.put(entry.getKey(), entry.getValue());
                }
            });
        }
        return new Arguments(given);
    }

    static JsonObject object(byte[] body) {
        Json json;
        try {
            json = JsonText.read(body);
        } catch (JacksonException e) {
            throw new Refusal(400, "invalid_json", JsonText.problem(e));
        }
        if (json instanceof JsonObject object) {
            return object;
        }
        throw new Refusal(400, "not_an_object", "the body is of type %s; send a JSON object".formatted(json.kind()));
    }

    /// Whether nothing at all is asked for.
    boolean isEmpty() {
        return given.isEmpty();
    }

    /// The value as it came, or null when absent.
    @Nullable
    Json value(String name) {
        known.add(name);
        return given.get(name);
    }

    /// A text of at most 1000 characters, or null when absent.
    @Nullable
    String text(String name) {
        Json value = value(name);
        if (value == null) {
            return null;
        }
        String text = value.asText();
        if (text == null || text.isBlank() || text.length() > MAX_TEXT) {
            problem("%s is %s; a string of 1 to %d characters is allowed".formatted(name, shown(value), MAX_TEXT));
            return null;
        }
        return text;
    }

    /// A text of at most 1000 characters that must not be shown again, or null when absent.
    @Nullable
    String secret(String name) {
        Json value = value(name);
        if (value == null) {
            return null;
        }
        String text = value.asText();
        if (text == null || text.isEmpty() || text.length() > MAX_TEXT) {
            problem("%s is no string of 1 to %d characters".formatted(name, MAX_TEXT));
            return null;
        }
        return text;
    }

    /// Where a list goes on: a number that an earlier page gave; empty when absent.
    OptionalLong cursor(String name) {
        String text = text(name);
        if (text == null) {
            return OptionalLong.empty();
        }
        if (!text.matches("[0-9]{1,18}")) {
            problem(name + " is no cursor; give the next of the page before, as it is");
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(text));
    }

    /// One of the allowed words, or null when absent.
    @Nullable
    String word(String name, Collection<String> allowed) {
        String text = text(name);
        if (text == null || allowed.contains(text)) {
            return text;
        }
        problem("%s is '%s'; allowed: %s.%s"
                .formatted(
                        name,
                        shown(text),
                        allowed.isEmpty() ? "(there is none yet)" : String.join(", ", allowed),
                        Nearest.hint(shown(text), allowed)));
        return null;
    }

    /// A whole number within bounds.
    ///
    /// @param absent what it is when absent
    int number(String name, int absent, int least, int most) {
        Json value = value(name);
        if (value == null) {
            return absent;
        }
        String digits = value instanceof Json.Num(String literal) ? literal : value.asText();
        if (digits != null && digits.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(digits);
            if (number >= least && number <= most) {
                return number;
            }
        }
        problem("%s is %s; a whole number from %d to %d is allowed".formatted(name, shown(value), least, most));
        return absent;
    }

    /// False when absent.
    boolean flag(String name) {
        Json value = value(name);
        if (value == null || value == Json.Bool.FALSE || "false".equals(value.asText())) {
            return false;
        }
        if (value != Json.Bool.TRUE && !"true".equals(value.asText())) {
            problem("%s is %s; true or false is allowed".formatted(name, shown(value)));
        }
        return true;
    }

    /// A time in milliseconds of the epoch, or null when absent.
    @Nullable
    Long time(String name) {
        Json value = value(name);
        if (value == null) {
            return null;
        }
        String text = value instanceof Json.Num(String literal) ? literal : value.asText();
        Long time = text == null ? null : Times.parse(text);
        if (time == null) {
            problem("%s is %s; allowed: a time such as 2026-11-23T08:00:00Z or 2026-11-23T03:00:00-05:00, a date"
                            .formatted(name, shown(value))
                    + " such as 2026-11-23 (its start in UTC), or milliseconds of the epoch");
        }
        return time;
    }

    /// Notes something else that is wrong: what was found and what is allowed.
    void problem(String problem) {
        problems.add(problem);
    }

    /// Ends the reading.
    ///
    /// @throws Refusal 400 with everything that is wrong
    void end() {
        for (String name : given.keySet()) {
            if (!known.contains(name)) {
                problem("%s is not known here; known: %s.%s"
                        .formatted(shown(name), String.join(", ", known), Nearest.hint(shown(name), known)));
            }
        }
        if (!problems.isEmpty()) {
            throw new Refusal(400, "bad_parameter", String.join("; ", problems));
        }
    }

    private static String shown(Json value) {
        return switch (value) {
            case Json.Str(String text) -> "'" + shown(text) + "'";
            case Json.Num(String literal) -> shown(literal);
            case Json.Bool bool -> bool == Json.Bool.TRUE ? "true" : "false";
            case Json other -> "of type " + other.kind();
        };
    }

    private static String shown(String text) {
        return JsonText.wellFormed(text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…");
    }
}
