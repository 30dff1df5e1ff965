package dev.waybill.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.json.Json;
import dev.waybill.json.JsonText;
import java.net.URLEncoder;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The secret values of an integration in every form in which they may come back in a text, each with what stands for
/// it. Immutable.
final class SecretTexts {
    /// Shorter values stand in any text by chance.
    private static final int SHORTEST = 4;

    /// The longest first: one value may be a part of another.
    private final SortedMap<String, String> placeholders =
            new TreeMap<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    /// @param values the placeholder of each value
    SecretTexts(Map<String, String> values) {
        values.forEach((value, placeholder) -> {
            if (value.length() >= SHORTEST) {
                forms(value).forEach(form -> placeholders.putIfAbsent(form, placeholder));
            }
        });
    }

    /// As it is, as in a form, as JavaScript writes it in a URL, and inside a JSON string, where some escape `/` too.
    private static List<String> forms(String value) {
        String form = URLEncoder.encode(value, UTF_8);
        String component = form.replace("+", "%20")
                .replace("%21", "!")
                .replace("%27", "'")
                .replace("%28", "(")
                .replace("%29", ")")
                .replace("%7E", "~");
        String quoted = JsonText.write(Json.of(value));
        String json = quoted.substring(1, quoted.length() - 1);
        return List.of(value, form, component, json, json.replace("/", "\\/"));
    }

    /// The text with placeholders for all values. Where an answer of full length was cut off within a value, its
    /// beginning is replaced too.
    String hide(String text) {
        boolean cut = text.length() * 4L >= Answer.BODY_LIMIT
                && text.getBytes(UTF_8).length > Answer.BODY_LIMIT - Character.BYTES * 2;
        String safe = text;
        for (Map.Entry<String, String> each : placeholders.entrySet()) {
            safe = safe.replace(each.getKey(), each.getValue());
        }
        return cut ? withoutBeginning(safe) : safe;
    }

    private String withoutBeginning(String text) {
        for (Map.Entry<String, String> each : placeholders.entrySet()) {
            String value = each.getKey();
            for (int length = Math.min(value.length() - 1, text.length()); length >= SHORTEST; length--) {
                if (text.regionMatches(text.length() - length, value, 0, length)) {
                    return text.substring(0, text.length() - length) + each.getValue();
                }
            }
        }
        return text;
    }

    /// Without the values.
    @Override
    public String toString() {
        return "SecretTexts";
    }
}
