package dev.waybill.playbook;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A text with places for connection parameters, written `$$NAME$$`. Immutable.
///
/// @param literals what stands before, between and after the places: one more than there are names
/// @param names the parameters, in the order of their places
public record Template(List<String> literals, List<String> names) {
    private static final Pattern PLACE = Pattern.compile("\\$\\$([A-Za-z0-9_]+)\\$\\$");

    public Template {
        literals = List.copyOf(literals);
        names = List.copyOf(names);
    }

    public static Template parse(String text) {
        List<String> literals = new ArrayList<>();
        List<String> names = new ArrayList<>();
        Matcher places = PLACE.matcher(text);
        int end = 0;
        while (places.find()) {
            literals.add(text.substring(end, places.start()));
            names.add(places.group(1));
            end = places.end();
        }
        literals.add(text.substring(end));
        return new Template(literals, names);
    }

    /// The text as it was written.
    public String text() {
        StringBuilder text = new StringBuilder(literals.getFirst());
        for (int i = 0; i < names.size(); i++) {
            text.append("$$").append(names.get(i)).append("$$").append(literals.get(i + 1));
        }
        return text.toString();
    }

    /// The text with the parameters' values in their places; null when one of them has none.
    public @Nullable String fill(Map<String, String> values) {
        StringBuilder text = new StringBuilder(literals.getFirst());
        for (int i = 0; i < names.size(); i++) {
            String value = values.get(names.get(i));
            if (value == null) {
                return null;
            }
            text.append(value).append(literals.get(i + 1));
        }
        return text.toString();
    }

    /// As it was written.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(literals.getFirst());
        for (int i = 0; i < names.size(); i++) {
            text.append("$$").append(names.get(i)).append("$$").append(literals.get(i + 1));
        }
        return text.toString();
    }
}
