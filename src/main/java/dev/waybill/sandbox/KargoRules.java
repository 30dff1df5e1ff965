package dev.waybill.sandbox;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// The documented rules of an event body. Characters are Unicode code points. Pure and safe for threads.
final class KargoRules {
    private static final int EVENT_CHARACTERS = 100;
    private static final int PARAMS_KEYS = 20;
    private static final int KEY_CHARACTERS = 100;
    private static final int VALUE_CHARACTERS = 300;
    private static final int REPORTED_ERRORS = 50;
    private static final Set<String> KNOWN_KEYS = Set.of("partner_id", "client_referer", "page_url", "event", "params");

    private final List<String> errors = new ArrayList<>();
    private int unreported;

    private KargoRules() {}

    /// Every rule that the body breaks, one sentence each; empty for a good one. Beyond 50 the rest is only counted.
    static List<String> brokenBy(byte[] body) {
        KargoRules rules = new KargoRules();
        rules.checkText(body);
        if (rules.unreported > 0) {
            rules.errors.add("and " + rules.unreported + " more");
        }
        return List.copyOf(rules.errors);
    }

    private void checkText(byte[] body) {
        Json value;
        try {
            value = JsonText.read(body);
        } catch (JacksonException notJson) {
            broken("the body is not JSON: " + JsonText.problem(notJson));
            return;
        }
        if (!(value instanceof JsonObject root)) {
            broken("the body is JSON of the wrong kind (" + value.kind() + "); send one object");
            return;
        }
        checkRoot(root);
    }

    private void checkRoot(JsonObject root) {
        for (Map.Entry<String, Json> entry : root) {
            if (!KNOWN_KEYS.contains(entry.getKey())) {
                broken(shown(entry.getKey()) + " is no key of the payload; it has partner_id, client_referer,"
                        + " page_url, event and params");
            }
        }
        requiredText("partner_id", root.get("partner_id"));
        optionalText("client_referer", root.get("client_referer"));
        optionalText("page_url", root.get("page_url"));
        String event = requiredText("event", root.get("event"));
        if (event != null) {
            atMost("event", characters(event), EVENT_CHARACTERS);
        }
        switch (root.get("params")) {
            case null -> broken("params is missing; send an object with lex_id");
            case JsonObject params -> checkParams(params);
            case Json other -> broken("params is of the wrong kind (" + other.kind() + "); send an object with lex_id");
        }
    }

    private void checkParams(JsonObject params) {
        requiredText("params.lex_id", params.get("lex_id"));
        if (params.size() > PARAMS_KEYS) {
            broken("params has %d keys; at most %d are allowed, lex_id among them"
                    .formatted(params.size(), PARAMS_KEYS));
        }
        for (Map.Entry<String, Json> entry : params) {
            String path = "params." + shown(entry.getKey());
            atMost("the key " + path, characters(entry.getKey()), KEY_CHARACTERS);
            atMost(path, characters(measured(entry.getValue())), VALUE_CHARACTERS);
        }
    }

    private static String measured(Json value) {
        return value instanceof Json.Str(String text) ? text : JsonText.write(value);
    }

    private @Nullable String requiredText(String path, @Nullable Json value) {
        switch (value) {
            case null -> broken(path + " is missing; send a non-empty string");
            case Json.Str(String text) when text.isBlank() -> broken(path + " is blank; send a non-empty string");
            case Json.Str(String text) -> {
                return text;
            }
            case Json other -> broken(path + " is of the wrong kind (" + other.kind() + "); send a non-empty string");
        }
        return null;
    }

    private void optionalText(String path, @Nullable Json value) {
        if (value != null && !(value instanceof Json.Str)) {
            broken(path + " is of the wrong kind (" + value.kind() + "); send a string or leave it out");
        }
    }

    private void atMost(String path, int found, int allowed) {
        if (found > allowed) {
            broken("%s has %d characters; at most %d are allowed".formatted(path, found, allowed));
        }
    }

    private static int characters(String text) {
        return text.codePointCount(0, text.length());
    }

    /// A key short enough to stand in a sentence.
    private static String shown(String key) {
        return characters(key) <= KEY_CHARACTERS
                ? key
                : key.substring(0, key.offsetByCodePoints(0, KEY_CHARACTERS)) + "…";
    }

    private void broken(String sentence) {
        if (errors.size() < REPORTED_ERRORS) {
            errors.add(sentence);
        } else {
            unreported++;
        }
    }
}
