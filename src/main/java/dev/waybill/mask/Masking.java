package dev.waybill.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import dev.waybill.json.JsonText;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;

/// Masks the events of one capture, or of one answer. Two passes over each: the first finds what stands under
/// identifying keys, the second replaces that everywhere, and what looks like an identifier by itself. Belongs to
/// one thread.
public final class Masking {
    /// What says that there is no identifier must go on saying so.
    private static final Set<String> NO_IDENTIFIERS = Set.of(
            "undefined",
            "null",
            "nan",
            "[object object]",
            "none",
            "n/a",
            "unknown",
            "anonymous",
            "guest",
            "true",
            "false",
            "yes",
            "no",
            "y",
            "n",
            "on",
            "off",
            "0",
            "1");

    /// A `name` beside one of these is a thing's or a page's.
    private static final List<String> OF_THINGS =
            List.of("sku", "product_id", "productId", "price", "category", "brand", "quantity", "path", "url", "title");

    /// Their texts are signals, not identifiers, and decide what becomes of the event.
    private static final Set<String> CONSENT = Set.of("consent", "consentManagement");

    /// Holds what destinations know the person by, or why they don't.
    private static final String PROVIDERS = "providers";

    private static final String FAILURE = "failure";

    /// Texts that decide what becomes of the event, at its top: an identifier that is the same word is left in them.
    private static final Set<String> WORDS = Set.of("type", "event", "name");

    /// A shorter identifier elsewhere in the event is likelier a word.
    private static final int SHORTEST_KNOWN = 5;

    /// Looking for more in each text of an event would take long: then all its texts are masked whole.
    private static final int MOST_KNOWN = 300;

    private final Fakes fakes = new Fakes();

    /// Longest first, so that a name inside an address is not replaced before the address.
    private final Map<String, String> known =
            new TreeMap<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    /// The event with fakes for whatever identifies a person, a device or a visit.
    public JsonObject mask(JsonObject event) {
        forget();
        learn(event);
        return masked(event);
    }

    /// Forgets what was learnt: another event follows. The same text still becomes the same fake.
    public void forget() {
        known.clear();
    }

    /// Learns what stands under the identifying keys of an event, so that it is masked wherever it stands.
    public void learn(JsonObject event) {
        learn(event, "", false);
    }

    /// The event, masked with all that was learnt.
    public JsonObject masked(JsonObject event) {
        return object(event, "", false);
    }

    /// Whether what stands under that key at the top of an event identifies.
    public static boolean identifies(String key) {
        return identifies(JsonObject.EMPTY, key, "", false);
    }

    /// A value, masked as if it stood under that key at the top of an event.
    public Json masked(String key, Json value) {
        return value(value, key, identifies(key));
    }

    /// Any text, masked with all that was learnt.
    public String maskedText(String text) {
        return text(text, true);
    }

    /// What a destination answered: where it is JSON, its keys say what identifies; any other text is masked with all
    /// that was learnt.
    public String maskedAnswer(String answer) {
        if (answer.startsWith("{") || answer.startsWith("[")) {
            try {
                Json json = JsonText.read(answer);
                learn(json, "", false);
                return JsonText.write(value(json, "", false));
            } catch (JacksonException cut) {
                // A text like any other.
            }
        }
        return maskedText(answer);
    }

    /// Forgets what was learnt and does not stand in that text.
    public void forgetAllBut(String text) {
        known.keySet().removeIf(value -> !text.contains(value));
    }

    private void learn(Json value, String parent, boolean identifies) {
        switch (value) {
            case JsonObject object -> {
                for (var entry : object) {
                    learn(entry.getValue(), entry.getKey(), identifies(object, entry.getKey(), parent, identifies));
                }
            }
            case Json.Arr(List<Json> items) -> items.forEach(item -> learn(item, parent, identifies));
            case Json.Str(String text)
            when identifies && text.length() >= SHORTEST_KNOWN && isIdentifier(text) -> know(text, fake(text));
            case Json.Num(String literal)
            when identifies
                    && literal.length() >= SHORTEST_KNOWN
                    && literal.chars().allMatch(Character::isDigit) -> know(literal, number(literal));
            default -> {}
        }
    }

    /// Also as URLs write it.
    private void know(String text, String fake) {
        known.put(text, fake);
        String form = URLEncoder.encode(JsonText.wellFormed(text), UTF_8);
        if (!form.equals(text)) {
            String masked = URLEncoder.encode(fake, UTF_8);
            known.put(form, masked);
            known.put(form.replace("+", "%20"), masked.replace("+", "%20"));
        }
    }

    private static boolean identifies(JsonObject object, String key, String parent, boolean inside) {
        if (inside) {
            return !key.toLowerCase(Locale.ROOT).startsWith("country") && !key.equals(FAILURE);
        }
        if (parent.equals("context") && key.equals(PROVIDERS)) {
            return true;
        }
        boolean ofAThing = key.equals("name") && OF_THINGS.stream().anyMatch(beside -> object.get(beside) != null);
        return !ofAThing && IdentifyingKeys.identifies(key, parent);
    }

    private static boolean isIdentifier(String text) {
        return !text.isBlank() && !NO_IDENTIFIERS.contains(text.strip().toLowerCase(Locale.ROOT));
    }

    private String fake(String text) {
        return isIdentifier(text) ? fakes.of(text, Patterns.whole(text).orElse(Fakes::shaped)) : text;
    }

    private Json value(Json value, String parent, boolean identifies) {
        return switch (value) {
            case JsonObject object -> object(object, parent, identifies);
            case Json.Arr(List<Json> items) ->
                new Json.Arr(items.stream()
                        .map(item -> value(item, parent, identifies))
                        .toList());
            case Json.Str(String text) -> Json.of(identifies ? fake(text) : text(text, true));
            case Json.Num(String literal) when identifies || looksIdentifying(literal) -> new Json.Num(number(literal));
            default -> value;
        };
    }

    private JsonObject object(JsonObject object, String parent, boolean identifies) {
        JsonObject.Builder masked = JsonObject.builder();
        for (var entry : object) {
            String key = entry.getKey();
            Json inside = entry.getValue();
            if (parent.equals("context") && CONSENT.contains(key)) {
                masked.put(key, inside);
            } else if (parent.isEmpty() && WORDS.contains(key) && inside instanceof Json.Str(String word)) {
                masked.put(key, text(word, false));
            } else {
                masked.put(text(key, false), value(inside, key, identifies(object, key, parent, identifies)));
            }
        }
        return masked.build();
    }

    /// Whether a number would be masked if it stood there as a text.
    private boolean looksIdentifying(String literal) {
        String digits = literal.startsWith("-") ? literal.substring(1) : literal;
        return known.containsKey(digits)
                || (digits.chars().allMatch(Character::isDigit)
                        && Patterns.whole(digits).isPresent());
    }

    private String number(String literal) {
        int exponent = literal.toLowerCase(Locale.ROOT).indexOf('e');
        int end = exponent < 0 ? literal.length() : exponent;
        return fakes.of(literal.substring(0, end), Fakes::shaped) + literal.substring(end);
    }

    private String text(String text, boolean mayHoldKnown) {
        if (mayHoldKnown && known.size() > MOST_KNOWN) {
            return fakes.of(text, Fakes::shaped);
        }
        MaskedText masked = new MaskedText(text);
        QueryValues.mask(masked, this::fake);
        if (mayHoldKnown) {
            known.forEach((value, fake) -> masked.replace(raw -> occurrences(raw, value, fake)));
        }
        Patterns.mask(masked, fakes);
        return masked.toString();
    }

    private static void occurrences(MaskedText.Raw raw, String value, String fake) {
        String text = raw.text();
        List<Integer> places = new ArrayList<>();
        for (int at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length())) {
            if (!isWord(text, at - 1) && !isWord(text, at + value.length())) {
                places.add(at);
            }
        }
        places.forEach(at -> raw.put(at, at + value.length(), fake));
    }

    private static boolean isWord(String text, int at) {
        return at >= 0 && at < text.length() && Character.isLetterOrDigit(text.charAt(at));
    }
}
